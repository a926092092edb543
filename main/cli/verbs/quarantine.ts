import { exitCodes, type Verb } from '../verb.ts';

/** Writes what was not read as a table. */
export const quarantineExport: Verb = {
  name: 'quarantine export',
  usage: '--vault DIR --case ID|NAME',
  summary: 'Write every file without text or in quarantine as CSV: why, how often it was read, what to do.',
  options: {},
  words: [0, 0],
  run: async ({ session, io }) => {
    const info = await session.openCase();
    await session.call('ingest.failures-csv', { case: info.case, folder: null }, ({ text }) => io.out(text));
    return exitCodes.done;
  },
};
