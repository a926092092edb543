import type { OpId, Verdict } from '../../preload/contract/domains/basics.ts';
import type { Output, Progress } from '../../preload/contract/routes.ts';
import { audited } from '../audit/index.ts';
import { bug } from '../base/errors.ts';
import { appendOp, countCodedSince, countVerdicts, listDecided, listOps, readContent, readDocument, readDocumentState, readHeads, type CaseStore, type DocumentRow, type Op, type ReadDb } from '../store/index.ts';

const hourMs = 60 * 60_000;
const entityOf = (document: DocumentRow): string => `document:${document.id}`;

/** Codes a document, or takes its code back with null. Durable when it returns. */
export function setVerdict(store: CaseStore, document: DocumentRow, verdict: Verdict | null): Op {
  return setVerdicts(store, [document], verdict)[0] ?? bug('a document was coded without an op');
}

/** Codes documents in one act, one op each in their order. Durable when it returns. */
export function setVerdicts(store: CaseStore, documents: readonly DocumentRow[], verdict: Verdict | null): Op[] {
  return audited(
    store,
    (db) => documents.map((document) => appendOp(store, db, { entity: entityOf(document), kind: 'document.coded', value: { verdict } })),
    (ops) => ({ action: 'document.coded', objects: ops.flatMap((op, at) => [documents[at]?.id ?? '', op.id]), marking: store.marking, detail: { verdict, ...(ops.length > 1 ? { documents: ops.length } : {}) } }),
  ).result;
}

/** Writes a document's note; an empty text removes it. Durable when it returns. */
export function setNote(store: CaseStore, document: DocumentRow, text: string): Op {
  return audited(
    store,
    (db) => appendOp(store, db, { entity: entityOf(document), kind: 'document.noted', value: { text } }),
    (op) => ({ action: 'document.noted', objects: [document.id, op.id], marking: store.marking, detail: { chars: text.length } }),
  ).result;
}

/** Counts over the documents that a reviewer is to decide on: duplicates are folded. */
export function codingCounts(store: CaseStore): Output<'coding.counts'> {
  const { total, byVerdict } = countVerdicts(store.read);
  return {
    total,
    coded: byVerdict.relevant + byVerdict['not-relevant'] + byVerdict.deferred,
    relevant: byVerdict.relevant,
    notRelevant: byVerdict['not-relevant'],
    deferred: byVerdict.deferred,
    lastHour: countCodedSince(store.read, store.clock.nowMs() - hourMs),
  };
}

const historyKinds = { 'document.coded': 'coded', 'document.noted': 'noted', 'document.marked': 'marked' } as const;

/** Every decision on a document, newest first. */
export function codingHistory(store: CaseStore, document: DocumentRow): Output<'coding.history'>['entries'] {
  const entries: Output<'coding.history'>['entries'] = [];
  for (const op of listOps(store.read, entityOf(document))) {
    if (!(op.kind in historyKinds)) continue;
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- checked on the line above
    const kind = historyKinds[op.kind as keyof typeof historyKinds];
    const verdict = op.kind === 'document.coded' && op.value !== null && 'verdict' in op.value ? op.value.verdict : null;
    entries.push({ op: op.id, at: op.hlc.ms, who: op.actor === store.actor.person.id ? store.actor.person.name : null, kind, verdict, undo: op.undoes !== null });
  }
  return entries.reverse();
}

/** The standing codes of the case, in the order of their documents, with the hash that other copies know them by. */
export function* exportCodes(store: CaseStore): Generator<Progress<'coding.export'>['lines'][number]> {
  for (const number of listDecided(store.read)) {
    const line = codeLine(store.read, store, number);
    if (line !== null) yield line;
  }
}

function codeLine(db: ReadDb, store: CaseStore, number: number): Progress<'coding.export'>['lines'][number] | null {
  const document = readDocument(db, number);
  const state = readDocumentState(db, number);
  const [head] = readHeads(db, entityOf(document), 'document.coded');
  if (head === undefined || state.verdict === null) return null;
  const sha256 = document.content === null ? null : Buffer.from(readContent(db, document.content).sha256).toString('hex');
  return {
    document: document.id, path: document.path, sha256, type: document.type, verdict: state.verdict, note: state.note ?? '',
    who: head.actor === store.actor.person.id ? store.actor.person.name : head.actor, at: new Date(head.atMs).toISOString(), op: head.op satisfies OpId,
  };
}
