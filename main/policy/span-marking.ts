/**
 * What a span of a document is marked. A person's marking of the passage speaks for it, or else the document's own, or else the case's
 * system-high. A mark that stands in the text and that nobody has looked at yet can only raise it; so does what a person marked the same
 * bytes at another place, and, where nobody marked an attachment, what its message is marked.
 */
import type { Marking } from '../../preload/contract/domains/basics.ts';
import { listByContent, listPassages, readBody, readContent, readDocument, readDocumentState, readPages, type CaseStore, type DocumentRow, type PassageRow } from '../store/index.ts';
import { joinMarkings } from './markings.ts';
import { findMarks, type FoundMark } from './portion-marks.ts';

/** A span's marking, where it comes from, and the mark in the text that waits for a person, when one raised it. */
export interface SpanMarking {
  readonly marking: Marking;
  readonly from: 'passage' | 'document' | 'case';
  readonly waiting: FoundMark | null;
}

/** A document's marks: those that people set, and those found in its text. */
export interface DocumentMarks {
  readonly own: Marking | null;
  readonly passages: readonly PassageRow[];
  readonly found: readonly FoundMark[];
  /** Joined markings of the documents with the same bytes, and of an unmarked attachment's messages; null when none has one. */
  readonly floor: Marking | null;
  /** Passages that people marked in documents with the same bytes. */
  readonly elsewhere: readonly PassageRow[];
  readonly textVersion: number | null;
}

/** How a mark that was found is answered for: by a passage that a person marked, or dismissed, over the same span. */
export function settledBy(mark: FoundMark, { passages, textVersion }: DocumentMarks): PassageRow | null {
  return passages.find((passage) => passage.start === mark.start && passage.end === mark.end && passage.text_version === textVersion) ?? null;
}

/** Texts whose marks are remembered, per case; a large text is not read again for each look at its document. */
const mostRemembered = 200;
const foundByText = new WeakMap<CaseStore, Map<string, readonly FoundMark[]>>();

function foundIn(store: CaseStore, content: number, textVersion: number, chars: number): readonly FoundMark[] {
  const known = foundByText.get(store) ?? new Map<string, readonly FoundMark[]>();
  foundByText.set(store, known);
  const key = `${content} ${textVersion} ${chars}`; // a text may grow: what OCR reads is added to its end
  const remembered = known.get(key);
  if (remembered !== undefined) return remembered;
  const body = readBody(store.read, content);
  const found = body === null ? [] : findMarks(body, readPages(store.read, content));
  if (known.size >= mostRemembered) known.delete(known.keys().next().value ?? key);
  known.set(key, found);
  return found;
}

/** Reads a document's marks, those that stand in its text included. */
export function readMarks(store: CaseStore, document: DocumentRow): DocumentMarks {
  const { marking: own } = readDocumentState(store.read, document.document);
  const passages = listPassages(store.read, document.document);
  if (document.content === null) return { own, passages, found: [], floor: readFloor(store, document, own, []), elsewhere: [], textVersion: null };
  const twins = twinsOf(store, document);
  const { textVersion, chars } = readContent(store.read, document.content);
  return { own, passages, found: foundIn(store, document.content, textVersion, chars), floor: readFloor(store, document, own, twins), elsewhere: twins.flatMap((other) => listPassages(store.read, other.document)), textVersion };
}

/** A document's place among others. */
type Placed = Pick<DocumentRow, 'document' | 'content' | 'parent'>;

function twinsOf(store: CaseStore, { document, content }: Placed): DocumentRow[] {
  return content === null ? [] : listByContent(store.read, content).filter((other) => other.document !== document);
}

function readFloor(store: CaseStore, document: Placed, own: Marking | null, twins: readonly DocumentRow[]): Marking | null {
  const around = twins.map((other) => readDocumentState(store.read, other.document).marking);
  if (own === null) for (let { parent } = document; parent !== null; ({ parent } = readDocument(store.read, parent))) around.push(readDocumentState(store.read, parent).marking);
  return joinAll(around);
}

/** What a document counts as, its text not looked through. `own` is its own marking. */
export function standingMarking(store: CaseStore, document: Placed, own: Marking | null): Marking {
  return markingOfDocument({ own, floor: readFloor(store, document, own, twinsOf(store, document)) }, store.marking);
}

function joinAll(markings: readonly (Marking | null)[]): Marking | null {
  return markings.reduce<Marking | null>((sum, marking) => (sum === null || marking === null ? sum ?? marking : joinMarkings(sum, marking)), null);
}

/** What a document counts as beside its text: its own marking or its case's, and what raises that. */
export function markingOfDocument({ own, floor }: Pick<DocumentMarks, 'own' | 'floor'>, systemHigh: Marking): Marking {
  return joinAll([own ?? systemHigh, floor]) ?? systemHigh;
}

/** A title has no marking of its own: it counts as its document, and as any mark that stands in it. */
export function markingOfTitle(marks: DocumentMarks, systemHigh: Marking, title: string): Marking {
  return joinAll([markingOfDocument(marks, systemHigh), ...findMarks(title, []).map(({ least }) => least)]) ?? systemHigh;
}

const covers = (outer: { readonly start: number; readonly end: number }, start: number, end: number): boolean => outer.start <= start && end <= outer.end;
const isWithin = (inner: PassageRow, outer: PassageRow): boolean => covers(outer, inner.start, inner.end) && inner.end - inner.start < outer.end - outer.start;
const meets = (one: { readonly start: number; readonly end: number }, start: number, end: number): boolean => one.start < end && start < one.end;

/** The marking of [start, end), end after start, of a document with these marks. `systemHigh` is the case's. */
export function markingOfSpan(marks: DocumentMarks, systemHigh: Marking, start: number, end: number): SpanMarking {
  const base = marks.own ?? systemHigh;
  const spoken = marks.passages.filter((passage) => passage.marking !== null && meets(passage, start, end));
  const current = spoken.filter((passage) => passage.text_version === marks.textVersion);
  // Between two edges of passages every place has the same ones over it. One speaks instead of those that it lies within; all others join.
  const edges = [...new Set([start, end, ...current.flatMap((passage) => [passage.start, passage.end])])].filter((edge) => edge >= start && edge <= end).sort((a, b) => a - b);
  let marking: Marking | null = null;
  let isWhole = true;
  for (const [index, from] of edges.slice(0, -1).entries()) {
    const to = edges[index + 1] ?? end;
    const over = current.filter((passage) => covers(passage, from, to));
    isWhole &&= over.length > 0;
    const here = joinAll(over.filter((passage) => !over.some((inner) => isWithin(inner, passage))).map((passage) => passage.marking)) ?? base;
    marking = marking === null ? here : joinMarkings(marking, here);
  }
  let sum = marking ?? base;
  // Offsets of a text that was read anew since are not trusted to lower anything.
  for (const stale of spoken.filter((passage) => !current.includes(passage))) sum = joinMarkings(sum, stale.marking ?? base);
  sum = joinAll([sum, marks.floor, ...marks.elsewhere.filter((passage) => meets(passage, start, end)).map((passage) => passage.marking)]) ?? sum;
  let waiting: FoundMark | null = null;
  for (const mark of marks.found) {
    if (!meets(mark, start, end) || settledBy(mark, marks) !== null) continue;
    const raised = joinMarkings(sum, mark.least);
    if (raised === joinMarkings(sum, sum)) continue;
    waiting ??= mark;
    sum = raised;
  }
  return { marking: sum, from: isWhole && current.length > 0 ? 'passage' : marks.own === null ? 'case' : 'document', waiting };
}

