import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CaseId, DocumentId } from '../../../preload/contract/domains/basics.ts';
import type { DocumentLine } from '../../../preload/contract/domains/documents.ts';
import type { Session } from '../session.ts';
import { stringOption, writeJson } from '../options.ts';
import { exitCodes, type Verb } from '../verb.ts';

/** The whole canonical text of a document, window by window. */
async function readText(session: Session, of: CaseId, document: DocumentId): Promise<string> {
  const parts: string[] = [];
  for (let from = 0; ;) {
    const { text, from: start, chars } = await session.call('documents.text', { case: of, document, from, limit: 2_000_000 });
    parts.push(text);
    from = start + text.length;
    if (from >= chars || text.length === 0) return parts.join('');
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
    if (folder !== null) mkdirSync(folder, { recursive: true });
    const withText: DocumentLine[] = [];
    await session.call('documents.list', { case: info.case }, ({ lines }) => {
      for (const line of lines) {
        if (json) writeJson(io, line);
        else io.out(`${line.id}  ${line.state.padEnd(11)}  ${line.path}${line.reason === null ? '' : `  (${line.reason.sentence})`}\n`);
        if (folder !== null && line.state === 'text') withText.push(line);
      }
    });
    for (const line of withText) writeFileSync(join(folder ?? '', `${line.id}.txt`), await readText(session, info.case, line.id));
    return exitCodes.done;
  },
};
