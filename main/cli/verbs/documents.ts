import { join } from 'node:path';
import type { CaseId } from '../../../preload/contract/domains/basics.ts';
import { makeOutputFolder, openOutput } from '../files.ts';
import type { Session } from '../session.ts';
import { stringOption, writeJson } from '../options.ts';
import { exitCodes, type Verb } from '../verb.ts';

/** Writes every canonical text to FOLDER/ID.txt, as the windows come. */
async function writeTexts(session: Session, of: CaseId, folder: string): Promise<void> {
  let open: ReturnType<typeof openOutput> | null = null;
  try {
    await session.call('documents.texts', { case: of }, ({ document, text, isLast }) => {
      open ??= openOutput(join(folder, `${document}.txt`), '--text');
      open.write(text);
      if (!isLast) return;
      open.close();
      open = null;
    });
  } finally {
    (open as ReturnType<typeof openOutput> | null)?.close();
  }
}

/** Lists every document of a case, one a line; with --text also writes each canonical text. */
export const documents: Verb = {
  name: 'documents',
  usage: '--vault DIR --case ID|NAME [--text DIR]',
  summary: 'List every document of a case; with --text write each text to DIR/ID.txt.',
  options: { text: { type: 'string' } },
  words: [0, 0],
  run: async ({ options, session, io, json }) => {
    const info = await session.openCase();
    const folder = stringOption(options, 'text');
    if (folder !== null) makeOutputFolder(folder, '--text');
    await session.call('documents.list', { case: info.case }, ({ lines }) => {
      for (const line of lines) {
        if (json) writeJson(io, line);
        else io.out(`${line.id}  ${line.state.padEnd(11)}  ${line.path}${line.reason === null ? '' : `  (${line.reason.sentence})`}\n`);
      }
    });
    if (folder !== null) await writeTexts(session, info.case, folder);
    return exitCodes.done;
  },
};
