import type { AnnotationId, Marking } from '../../preload/contract/domains/basics.ts';
import type { Annotation, Label } from '../../preload/contract/domains/annotations.ts';
import { audited } from '../audit/index.ts';
import { AppError } from '../base/errors.ts';
import { newId } from '../base/ids.ts';
import { appendOp, countAnnotations, listAnnotations, pageAt, readAnnotation, readBody, readContent, readDocument, readHeads, readPages, type AnnotationRow, type CaseStore, type DocumentRow, type Op, type OpValue } from '../store/index.ts';
import { joinMarkings, markingOfSpan, readMarks, viewMarking, type DocumentMarks } from '../policy/index.ts';
import { anchorIn, findAnchor } from './anchor.ts';
import { webAnnotation } from './web-annotation.ts';

/** The label list of a case. */
const labels: readonly Label[] = [
  { label: 'person', name: 'Person', tag: 'PER', slot: 1 },
  { label: 'organisation', name: 'Organisation', tag: 'ORG', slot: 2 },
  { label: 'thing', name: 'Thing', tag: 'THG', slot: 3 },
  { label: 'amount', name: 'Amount', tag: 'AMT', slot: 4 },
  { label: 'date-place', name: 'Date, place', tag: 'DAT', slot: 5 },
  { label: 'claim', name: 'Claim', tag: 'CLM', slot: 6 },
];

/** The labels that a span may carry. */
export function annotationLabels(): readonly Label[] {
  return labels;
}

function knownLabel(label: string): string {
  if (!labels.some((known) => known.label === label)) throw new AppError('case.unknown-label', 'There is no such label.', { data: { label: label.slice(0, 80) } });
  return label;
}

const entityOf = (id: AnnotationId): string => `annotation:${id}`;

function keep(store: CaseStore, id: AnnotationId, value: OpValue<'annotation.set'>, action: string, document: DocumentRow): Op {
  return audited(
    store,
    (db) => appendOp(store, db, { entity: entityOf(id), kind: 'annotation.set', value, marking: value?.marking ?? null }),
    (op) => ({ action, objects: [id, document.id, op.id], marking: joinMarkings(store.marking, value?.marking ?? store.marking), detail: value === null ? {} : { label: value.label, chars: value.end - value.start } }),
  ).result;
}

/** Marks a span of a document. The quote is read from the stored text. Throws case.bad-span, case.no-text or case.unknown-label. */
export function addAnnotation(store: CaseStore, document: DocumentRow, span: { readonly start: number; readonly end: number }, label: string, note: string): { readonly annotation: Annotation; readonly op: Op } {
  knownLabel(label);
  const body = document.content === null ? null : readBody(store.read, document.content);
  if (body === null || document.content === null) throw new AppError('case.bad-span', 'This document has no text to mark.', { data: { document: document.id } });
  const anchor = anchorIn(body, span.start, span.end);
  if (anchor === null) throw new AppError('case.bad-span', 'This is not a span of the document.', { data: { document: document.id, start: span.start, end: span.end, chars: body.length } });
  const id = newId<AnnotationId>(store.ids);
  const { textVersion } = readContent(store.read, document.content);
  const op = keep(store, id, { document: document.id, label, ...anchor, textVersion, note, createdAt: store.clock.nowMs(), marking: null, markingReason: null }, 'annotation.added', document);
  return { annotation: show(store, mustRead(store, id)), op };
}

function mustRead(store: CaseStore, id: AnnotationId): AnnotationRow {
  const row = readAnnotation(store.read, id);
  if (row === null) throw new AppError('case.unknown-annotation', 'There is no such annotation.', { data: { annotation: id } });
  return row;
}

/** Changes an annotation's label, note or marking; a null marking lets that of its span stand. Throws case.unknown-annotation or case.unknown-label. */
export function changeAnnotation(store: CaseStore, id: AnnotationId, change: { readonly label?: string | undefined; readonly note?: string | undefined; readonly marking?: { readonly to: Marking | null; readonly reason: string } | undefined }): { readonly annotation: Annotation; readonly op: Op } {
  const row = mustRead(store, id);
  const document = readDocument(store.read, row.document);
  const value = { ...standing(store, row, document), label: change.label === undefined ? row.label : knownLabel(change.label), note: change.note ?? row.note, ...(change.marking === undefined ? {} : { marking: change.marking.to, markingReason: change.marking.reason }) };
  const op = keep(store, id, value, 'annotation.changed', document);
  return { annotation: show(store, mustRead(store, id)), op };
}

function standing(store: CaseStore, row: AnnotationRow, document: DocumentRow): NonNullable<OpValue<'annotation.set'>> {
  const { label, quote, prefix, suffix, start, end, note, marking } = row;
  return { document: document.id, label, quote, prefix, suffix, start, end, textVersion: row.text_version, note, createdAt: row.created_at, marking, markingReason: readHeads(store.read, entityOf(row.id), 'annotation.set')[0]?.value?.markingReason ?? null };
}

/** Removes an annotation; undo brings it back. Throws case.unknown-annotation. */
export function removeAnnotation(store: CaseStore, id: AnnotationId): Op {
  const row = mustRead(store, id);
  return keep(store, id, null, 'annotation.removed', readDocument(store.read, row.document));
}

/** An annotation as the interface shows it, its anchor checked against the text when that was read anew since. */
function show(store: CaseStore, row: AnnotationRow, marksOf: (document: DocumentRow) => DocumentMarks = (document) => readMarks(store, document)): Annotation {
  const document = readDocument(store.read, row.document);
  const content = document.content === null ? null : readContent(store.read, document.content);
  let place: ReturnType<typeof findAnchor> = { state: 'exact', start: row.start, end: row.end };
  if (content === null) place = { ...place, state: 'lost' };
  else if (content.textVersion !== row.text_version) place = findAnchor(readBody(store.read, content.content) ?? '', row);
  const [head] = readHeads(store.read, entityOf(row.id), 'annotation.set');
  return {
    annotation: row.id,
    document: document.id,
    documentNumber: document.document,
    title: document.title,
    label: row.label,
    quote: row.quote,
    start: place.start,
    end: place.end,
    page: content === null || content.pageCount === null ? null : pageAt(readPages(store.read, content.content), place.start),
    anchor: place.state,
    note: row.note,
    who: (head?.actor ?? row.actor) === store.actor.person.id ? store.actor.person.name : row.actor,
    createdAt: row.created_at,
    changedAt: row.changed_at,
    marking: viewMarking(row.marking ?? markingOfSpan(marksOf(document), store.marking, place.start, Math.max(place.start + 1, place.end)).marking),
    markingIsOwn: row.marking !== null,
  };
}

/** Reads the marks of each document once; a list is in the order of documents, so only the last is held. */
function rememberMarks(store: CaseStore): (document: DocumentRow) => DocumentMarks {
  let last: { readonly document: number; readonly marks: DocumentMarks } | null = null;
  return (document) => {
    if (last?.document !== document.document) last = { document: document.document, marks: readMarks(store, document) };
    return last.marks;
  };
}

/** Annotations of a document in text order, or of the case by document. */
export function listCaseAnnotations(store: CaseStore, document: DocumentRow | null, label: string | null, offset: number, limit: number): { readonly total: number; readonly annotations: Annotation[] } {
  const of = document?.document ?? null;
  const marksOf = rememberMarks(store);
  return { total: countAnnotations(store.read, of, label), annotations: listAnnotations(store.read, of, label, offset, limit).map((row) => show(store, row, marksOf)) };
}

/** Every annotation of the case as W3C Web Annotation JSON-LD, in batches. */
export function* exportAnnotations(store: CaseStore): Generator<Record<string, unknown>[]> {
  const batch = 500;
  const marksOf = rememberMarks(store);
  for (let offset = 0; ; offset += batch) {
    const rows = listAnnotations(store.read, null, null, offset, batch);
    if (rows.length === 0) return;
    yield rows.map((row) => {
      const document = readDocument(store.read, row.document);
      const content = document.content === null ? null : readContent(store.read, document.content);
      const shown = show(store, row, marksOf);
      const name = labels.find((known) => known.label === row.label)?.name ?? row.label;
      return webAnnotation(shown, row, { path: document.path, mediaType: content?.mediaType ?? null, sha256: content === null ? null : Buffer.from(content.sha256).toString('hex'), labelName: name });
    });
  }
}
