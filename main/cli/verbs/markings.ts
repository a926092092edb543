import type { ReadMarking } from '../../../preload/contract/domains/markings.ts';
import { writeJson, type CliIo } from '../options.ts';
import { exitCodes, type ExitCode, type Verb } from '../verb.ts';

function show(marking: ReadMarking, io: CliIo, json: boolean): ExitCode {
  if (json) writeJson(io, marking);
  else io.out(`${marking.banner}\n${marking.portion}\n`);
  return exitCodes.done;
}

/** Reads one marking. */
export const markingParse: Verb = {
  name: 'marking parse',
  usage: 'TEXT',
  summary: 'Read a banner line or portion mark: US classification, CUI or TLP. Needs no vault.',
  options: {},
  words: [1, 1],
  needsVault: false,
  run: async ({ words: [text = ''], session, io, json }) => show(await session.call('markings.read', { text }), io, json),
};

/** Rolls several up. */
export const markingRollUp: Verb = {
  name: 'marking rollup',
  usage: 'TEXT…',
  summary: 'The banner line of a document with these portions. Needs no vault.',
  options: {},
  words: [1, 10_000],
  needsVault: false,
  run: async ({ words, session, io, json }) => show(await session.call('markings.roll-up', { texts: [...words] }), io, json),
};
