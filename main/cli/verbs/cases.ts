import { resolve } from 'node:path';
import { readMarkingOption } from '../marking-option.ts';
import { needOption, writeJson } from '../options.ts';
import { exitCodes, type Verb } from '../verb.ts';

/** Makes a case. */
export const caseCreate: Verb = {
  name: 'case create',
  usage: '--vault DIR --name NAME --marking MARKING',
  summary: 'Make a case with a name and a marking.',
  options: { name: { type: 'string' }, marking: { type: 'string' } },
  words: [0, 0],
  run: async ({ options, session, io, json }) => {
    const name = needOption(options, 'name');
    const marking = await readMarkingOption(session, 'marking', needOption(options, 'marking'));
    await session.unlock();
    const info = await session.call('cases.create', { name, marking });
    if (json) writeJson(io, { case: info.case });
    else io.out(`${info.case}\n`);
    return exitCodes.done;
  },
};

/** Lists cases, one a line. */
export const caseList: Verb = {
  name: 'case list',
  usage: '--vault DIR',
  summary: 'List the cases of a vault.',
  options: {},
  words: [0, 0],
  run: async ({ session, io, json }) => {
    await session.unlock();
    const { cases } = await session.call('cases.list', { archived: true });
    for (const info of cases) {
      const line = { case: info.case, name: info.name, marking: info.marking.banner, documents: info.documents, archived: info.archived, damaged: info.damaged };
      if (json) writeJson(io, line);
      else io.out(`${line.case}  ${line.name}  (${line.marking}, ${line.documents} documents${line.archived ? ', archived' : ''}${line.damaged ? ', DAMAGED' : ''})\n`);
    }
    return exitCodes.done;
  },
};

/** Writes a whole case to a folder. */
export const exportCase: Verb = {
  name: 'export',
  usage: 'DIR --vault DIR --case ID|NAME',
  summary: 'Write the whole case to an empty folder, readable without Redoubt.',
  options: {},
  words: [1, 1],
  run: async ({ words: [folder = ''], session, io, json }) => {
    const info = await session.openCase();
    const { files } = await session.call('cases.export', { case: info.case, folder: resolve(folder) }, ({ done, total }) => io.err(`${done} of ${total ?? '?'}\r`));
    if (json) writeJson(io, { files });
    else io.out(`${files} files written.\n`);
    return exitCodes.done;
  },
};
