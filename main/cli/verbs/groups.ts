import { writeJson } from '../options.ts';
import { exitCodes, type Verb } from '../verb.ts';

/** Lists near-duplicates and threads. */
export const groups: Verb = {
  name: 'groups',
  usage: '--vault DIR --case ID|NAME',
  summary: 'Compare what waits, then list near-duplicates with their similarity, and threads with what adds nothing, one group a line.',
  options: {},
  words: [0, 0],
  run: async ({ session, io, json }) => {
    const info = await session.openCase();
    const { near, threads, texts } = await session.call('groups.list', { case: info.case }, ({ groups: found }) => {
      for (const group of found) {
        if (json) writeJson(io, group);
        else if (group.kind === 'near') io.out(`near    ${group.members.map(({ path, similarity }) => `${path} ${Math.round(100 * similarity)}%`).join('  ')}\n`);
        else io.out(`thread  ${group.members.map(({ path, inclusive }) => `${path}${inclusive ? '' : ' (adds nothing)'}`).join('  ')}\n`);
      }
    });
    io.err(`${near} groups of near-duplicates and ${threads} threads among ${texts} texts\n`);
    return exitCodes.done;
  },
};
