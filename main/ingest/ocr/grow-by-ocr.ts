/**
 * What OCR read becomes part of a document's canonical text.
 *
 * Decision. A canonical text only ever grows at its end: pages that OCR read are added behind what stood there, in page order, each a span
 * of its own. Text pages of a mixed document therefore come first and scanned ones after them. The other ways were looked at: putting
 * pages where they belong moves every offset behind them, and hits, selections, citations and annotations that a window or a person
 * holds at that moment would point elsewhere; keeping several versions of a text asks each of their readers to know about versions.
 * This way an offset means the same for ever, marks that were dismissed stay dismissed, and nothing has to be anchored anew.
 */
import { audited } from '../../audit/index.ts';
import type { DocumentId, StateReason } from '../../../preload/contract/domains/basics.ts';
import { reasons } from '../extracted.ts';
import { foundDates } from '../found-dates.ts';
import { languageOf } from '../language.ts';
import {
  endWaitingItems, firstOcrFailure, growText, insertFoundDates, listByContent, listUnplacedPages, placeOcrPage, readContent, tallyOcr, updateDocumentStates, type CaseStore, type ContentRow, type OcrTally, type WriteDb,
} from '../../store/index.ts';

/** Pages are added once there are this many, or as many as were added before: adding costs as much as the text is long. */
const leastAdded = 8;

/** True when enough pages wait to become part of the text, or no page is left to be read. */
export function isGrowthDue({ byState, placed }: OcrTally): boolean {
  const unplaced = byState.read - placed;
  return byState.waiting === 0 || unplaced >= Math.max(leastAdded, placed);
}

/** Adds the pages that were read to the text, in one transaction with its audit record. Answers the jobs whose files have text now, one entry a file. */
export function growByOcr(store: CaseStore, content: number, reader: string): readonly number[] {
  let jobs: readonly number[] = [];
  audited(
    store,
    (db) => {
      const documents = listByContent(db, content);
      const before = readContent(db, content);
      const tally = tallyOcr(db, content);
      let length = before.chars;
      let added = '';
      const pages = listUnplacedPages(db, content);
      for (const { page, text } of pages) {
        const gap = length === 0 ? '' : '\n\n';
        const start = length + gap.length;
        added += gap + text;
        length = start + text.length;
        placeOcrPage(db, content, page, start, length);
      }
      insertFoundDates(db, content, foundDates(added));
      const state = length === 0 ? 'no-text' as const : 'text' as const;
      const reason = reasonAfter(tally, state, before.reason, firstOcrFailure(db, content));
      const [first] = documents;
      growText(db, content, added, { state, reason, extractor: withReader(before.extractor, reader), language: before.language ?? languageOf(added) }, shownOf(before, first?.name ?? ''));
      updateDocumentStates(db, content, state, reason);
      if (tally.byState.waiting === 0 || state === 'text') jobs = endWaitingItems(db, content, state === 'text' ? null : reason);
      return { documents: documents.map(({ id }) => id), pages: pages.length };
    },
    ({ documents, pages }) => ({ action: 'ocr.committed', objects: documents satisfies readonly DocumentId[], marking: store.marking, detail: { pages } }),
  );
  return jobs;
}

/** Gives a content whose pages were put into the queue the reason that says so. */
export function sayThatOcrWaits(db: WriteDb, content: number): void {
  const { state, reason, extractor } = readContent(db, content);
  if (state === 'quarantined' || extractor === null) return;
  const now = reasonAfter(tallyOcr(db, content), state, reason, firstOcrFailure(db, content));
  growText(db, content, '', { state, reason: now, extractor }, { subject: '', people: '' });
  updateDocumentStates(db, content, state, now);
}

const shownOf = ({ title, author }: Pick<ContentRow, 'title' | 'author'>, name: string): { readonly subject: string; readonly people: string } => ({
  subject: title === null || title === '' || title === name ? name : `${title}\n${name}`,
  people: author === null ? '' : `author: ${author}`,
});

function withReader(extractor: string | null, reader: string): string {
  return extractor === null ? reader : extractor.includes(reader) ? extractor : `${extractor} + ${reader}`;
}

/** Why a content is as it is, while OCR reads it and after. What its own extractor said stays, when it is not about the want of text. */
function reasonAfter({ byState }: OcrTally, state: 'text' | 'no-text', before: StateReason | null, failure: StateReason | null): StateReason | null {
  const own = before === null || before.code.startsWith('ocr.') || solvedByOcr.has(before.code) ? null : before;
  const pages = byState.waiting + byState.read + byState.nothing + byState.failed;
  if (byState.waiting > 0) return state === 'text' ? (own ?? ocrReasons.pagesPending(byState.waiting, pages)) : ocrReasons.pending(pages);
  if (byState.failed > 0) return own ?? (byState.failed === pages && failure !== null ? failure : ocrReasons.pagesFailed(byState.failed, pages));
  return state === 'text' ? own : (own ?? ocrReasons.nothingFound(pages));
}

/** Why a content is as it is before OCR has read any of its `pages`. */
export function reasonWhileWaiting(pages: number, state: 'text' | 'no-text', own: StateReason | null): StateReason | null {
  return reasonAfter({ byState: { waiting: pages, off: 0, read: 0, nothing: 0, failed: 0 }, placed: 0 }, state, own, null);
}

/** What an extractor says of a document whose words are in its pictures. */
const solvedByOcr = new Set(['pdf.no-text-layer', 'pdf.no-character-map', 'image.not-read', 'file.blank', 'password.needed']);

const pagesOf = (count: number): string => (count === 1 ? '1 page' : `${count} pages`);

/** Reasons of OCR. A code is a promise to scripts: never rename one. */
export const ocrReasons = {
  pending: (pages: number): StateReason => ({ code: 'ocr.pending', sentence: `Its words are in a picture: ${pagesOf(pages)} will be read by OCR.` }),
  pagesPending: (waiting: number, pages: number): StateReason => ({ code: 'ocr.pages-pending', sentence: `${waiting} of ${pagesOf(pages)} without text of their own will still be read by OCR.` }),
  nothingFound: (pages: number): StateReason => ({ code: 'ocr.nothing-found', sentence: `OCR looked at ${pagesOf(pages)} and found no words.` }),
  pagesFailed: (failed: number, pages: number): StateReason => ({ code: 'ocr.pages-failed', sentence: `${failed} of the ${pagesOf(pages)} that OCR looked at could not be read.` }),
  damaged: { code: 'ocr.picture-damaged', sentence: 'The picture is damaged and could not be decoded.' },
  tooLarge: { code: 'image.too-large', sentence: 'The picture has more than 64 million pixels, or a side longer than 32,000, so it is not decoded. The original is kept.' },
  notDecoded: { code: 'image.not-decoded', sentence: 'The picture is packed in a way that is not decoded, so OCR does not read it. What the file says of itself was read.' },
  passwordNeeded: reasons.passwordNeeded,
  crashed: { code: 'ocr.crashed', sentence: 'Ended the OCR process twice.' },
  timeout: { code: 'ocr.timeout', sentence: 'OCR took too long over it, twice.' },
  memory: { code: 'ocr.memory', sentence: 'OCR ran out of memory over it, twice.' },
} as const;

