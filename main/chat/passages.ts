/** Passages for a model: what the reader found, widened to the paragraph around it, numbered, each with its place in the stored text. */
import type { Marking } from '../../preload/contract/domains/basics.ts';
import { readBody, readDocument, type CaseStore, type DocumentRow } from '../store/index.ts';
import { rememberMarks } from './span-marks.ts';
import type { FoundSentence } from './reader/index.ts';

const widestChars = 900;

export interface Passage {
  /** From 1, as the prompt numbers it. */
  readonly number: number;
  readonly document: DocumentRow;
  readonly start: number;
  readonly end: number;
  /** Word for word body.slice(start, end). */
  readonly text: string;
  readonly marking: Marking;
  /** True when a mark in the text raised it that nobody has accepted or dismissed. */
  readonly isWaiting: boolean;
  /** What its document's title counts as. */
  readonly titleMarking: Marking;
}

/** The paragraph around a span, cut to a length that a small context can hold. */
function widen(body: string, start: number, end: number): { readonly start: number; readonly end: number } {
  const before = body.lastIndexOf('\n\n', start);
  const after = body.indexOf('\n\n', end);
  let from = before < 0 ? 0 : before + 2;
  let to = after < 0 ? body.length : after;
  const room = Math.max(0, widestChars - (end - start));
  if (start - from > room / 2) from = nextBreak(body, start - Math.floor(room / 2), start);
  if (to - end > room / 2) to = lastBreak(body, end, end + Math.floor(room / 2));
  return { start: from, end: to };
}

/** The first place after a blank at or after `from`, so that no word is cut; `limit` when there is none. */
function nextBreak(body: string, from: number, limit: number): number {
  for (let at = from; at < limit; at += 1) if (/\s/.test(body[at] ?? '')) return at + 1;
  return limit;
}

/** The last blank before `to`, at least `limit`. */
function lastBreak(body: string, limit: number, to: number): number {
  for (let at = Math.min(to, body.length); at > limit; at -= 1) if (/\s/.test(body[at] ?? '')) return at;
  return limit;
}

/** Numbered passages around the found sentences, best first, those that overlap joined into one. */
export function toPassages(store: CaseStore, found: readonly FoundSentence[]): Passage[] {
  const passages: Passage[] = [];
  const marksOf = rememberMarks(store);
  for (const sentence of found) {
    const document = readDocument(store.read, sentence.document);
    const body = document.content === null ? null : readBody(store.read, document.content);
    if (body === null) continue;
    const { start, end } = widen(body, sentence.start, sentence.end);
    const overlapping = passages.some((passage) => passage.document.document === document.document && start < passage.end && passage.start < end);
    if (overlapping) continue;
    passages.push({ number: passages.length + 1, document, start, end, text: body.slice(start, end), titleMarking: marksOf.ofTitle(document), ...marksOf.ofSpan({ document, start, end }) });
  }
  return passages;
}
