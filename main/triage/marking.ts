/** A person marks: a case, a document, passages of it, an answer. Each is an op with its reason; nothing else changes a marking. */
import type { Marking, PassageId, TurnId } from '../../preload/contract/domains/basics.ts';
import type { DocumentMarking, FoundMarkView, PassageMark } from '../../preload/contract/domains/markings.ts';
import { audited } from '../audit/index.ts';
import { AppError, bug } from '../base/errors.ts';
import { newId } from '../base/ids.ts';
import { joinMarkings, markingOfDocument, markingOfSpan, readMarks, settledBy, viewMarking, type DocumentMarks, type FoundMark } from '../policy/index.ts';
import { appendOp, readBody, readContent, readHeads, readPages, readPassage, readTurn, type CaseStore, type DocumentRow, type Op, type PassageRow } from '../store/index.ts';

/** A span to be marked; `marking` null says that what stands there as a mark is none. */
export interface SpanToMark {
  readonly start: number;
  readonly end: number;
  readonly marking: Marking | null;
}

/** Marks the case: what is unmarked in it counts as this from now on. Durable when it returns. */
export function markCase(store: CaseStore, marking: Marking, reason: string): Op {
  const before = store.marking;
  const { result } = audited(
    store,
    (db) => appendOp(store, db, { entity: 'case', kind: 'case.marked', value: { marking, reason } }),
    (op) => ({ action: 'case.marked', objects: [store.id, op.id], marking: joinMarkings(before, marking), detail: { before, after: marking } }),
  );
  store.readMarking();
  return result;
}

/** Marks a document, or with null lets it count as its case again. Durable when it returns. */
export function markDocument(store: CaseStore, document: DocumentRow, marking: Marking | null, reason: string): Op {
  const before = readMarks(store, document).own;
  return audited(
    store,
    (db) => appendOp(store, db, { entity: `document:${document.id}`, kind: 'document.marked', value: { marking, reason }, marking }),
    (op) => ({ action: 'document.marked', objects: [document.id, op.id], marking: joinMarkings(before ?? store.marking, marking ?? store.marking), detail: { before, after: marking } }),
  ).result;
}

/** Marks passages in one act; a span that was marked before takes the new marking. Durable when it returns. Throws case.bad-span. */
export function markPassages(store: CaseStore, document: DocumentRow, spans: readonly SpanToMark[], reason: string): Op[] {
  const body = document.content === null ? null : readBody(store.read, document.content);
  if (document.content === null || body === null) throw new AppError('case.bad-span', 'This document has no text to mark.', { data: { document: document.id } });
  const wrong = spans.find(({ start, end }) => start >= end || end > body.length);
  if (wrong !== undefined) throw new AppError('case.bad-span', 'This is not a span of the document.', { data: { document: document.id, start: wrong.start, end: wrong.end, chars: body.length } });
  const { textVersion } = readContent(store.read, document.content);
  const pages = readPages(store.read, document.content);
  const marks = readMarks(store, document);
  return audited(
    store,
    (db) => spans.map(({ start, end, marking }) => {
      const known = marks.passages.find((passage) => passage.start === start && passage.end === end && passage.text_version === textVersion);
      const page = pages.find((one) => one.start === start && one.end === end)?.page ?? null;
      const value = { document: document.id, start, end, page, textVersion, marking, reason };
      return appendOp(store, db, { entity: `passage:${known?.id ?? newId<PassageId>(store.ids)}`, kind: 'passage.marked', value, marking });
    }),
    (ops) => ({ action: 'passages.marked', objects: [document.id, ...ops.map((op) => op.id)], marking: spans.reduce((sum, { marking }) => joinMarkings(sum, marking ?? sum), marks.own ?? store.marking), detail: { passages: spans.length, dismissed: spans.filter(({ marking }) => marking === null).length } }),
  ).result;
}

/** Takes a passage's marking away. Throws case.unknown-passage. */
export function unmarkPassage(store: CaseStore, document: DocumentRow, id: PassageId): Op {
  const row = readPassage(store.read, id);
  if (row === null || row.document !== document.document) throw new AppError('case.unknown-passage', 'There is no such marked passage.', { data: { passage: id } });
  return audited(
    store,
    (db) => appendOp(store, db, { entity: `passage:${id}`, kind: 'passage.marked', value: null }),
    (op) => ({ action: 'passage.unmarked', objects: [document.id, id, op.id], marking: row.marking ?? store.marking }),
  ).result;
}

/** Marks an answer that rolls up to `rollUp` today, or with null lets its roll-up stand. Durable when it returns. Throws case.unknown-turn. */
export function markAnswer(store: CaseStore, id: TurnId, marking: Marking | null, reason: string, rollUp: Marking): Op {
  const turn = readTurn(store.read, id);
  if (turn === null || turn.answer === null) throw new AppError('case.unknown-turn', 'There is no such answer in this case.', { data: { turn: id } });
  return audited(
    store,
    (db) => appendOp(store, db, { entity: `turn:${id}`, kind: 'turn.marked', value: { marking, reason, rollUp }, marking }),
    (op) => ({ action: 'turn.marked', objects: [id, op.id], marking: joinMarkings(rollUp, marking ?? rollUp), detail: { rollUp, after: marking } }),
  ).result;
}

/** Everything that is known of a document's markings. */
export function describeMarking(store: CaseStore, document: DocumentRow): DocumentMarking {
  const marks = readMarks(store, document);
  const [head] = readHeads(store.read, `document:${document.id}`, 'document.marked');
  const chars = document.content === null ? 0 : readContent(store.read, document.content).chars;
  return {
    marking: viewMarking(markingOfDocument(marks, store.marking)),
    own: marks.own === null || head === undefined ? null : { marking: viewMarking(marks.own), reason: head.value.reason, who: nameOf(store, head.actor), at: head.atMs },
    rollUp: chars === 0 ? null : viewMarking(markingOfSpan(marks, store.marking, 0, chars).marking),
    passages: marks.passages.map((row) => passageView(store, row, marks)),
    found: marks.found.filter((mark) => settledBy(mark, marks) === null).map(foundView),
  };
}

function nameOf(store: CaseStore, actor: string): string {
  return actor === store.actor.person.id ? store.actor.person.name : actor;
}

function passageView(store: CaseStore, row: PassageRow, marks: DocumentMarks): PassageMark {
  return {
    passage: row.id, start: row.start, end: row.end, page: row.page, marking: row.marking === null ? null : viewMarking(row.marking),
    isStale: row.text_version !== (marks.textVersion ?? bug('a marked passage without a text')), reason: row.reason, who: nameOf(store, row.actor), at: row.marked_at,
  };
}

function foundView({ marking, least: _least, ...mark }: FoundMark): FoundMarkView {
  return { ...mark, marking: marking === null ? null : viewMarking(marking) };
}
