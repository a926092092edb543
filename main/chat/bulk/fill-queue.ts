import { setImmediate as nextTurn } from 'node:timers/promises';
import type { BulkItemState, BulkScope } from '../../../preload/contract/domains/bulk.ts';
import { AppError } from '../../base/errors.ts';
import type { Searcher } from '../../search/index.ts';
import { findDocument, insertBulkItem, readBody, readContent, readDocument, setBulkListed, type BulkRunRow, type BulkSpec, type CaseStore } from '../../store/index.ts';
import { cutChunks } from './chunks.ts';
import { keyOf } from './item-request.ts';

/** Why a document is held that has nothing to send. */
const withoutText = { code: 'no-text', sentence: 'It has no text.' };
/** Documents whose items go into the queue in one transaction. */
const documentsAtOnce = 50;

/** Numbers of the documents of a scope, each once. Throws search.bad-query, case.unknown-document, or the signal's reason. */
export async function documentsOf({ store, searcher }: { readonly store: CaseStore; readonly searcher: Searcher }, scope: BulkScope, signal: AbortSignal): Promise<readonly number[]> {
  switch (scope.kind) {
    case 'case': return [...(await searcher.openSet({ kind: 'queue', coding: 'any', types: [], order: 'ingested' }, { signal })).documents];
    case 'search': return [...(await searcher.openSet({ kind: 'search', query: scope.query, coding: 'any', types: [], order: 'ingested' }, { signal })).documents];
    case 'list': return [...(await searcher.openSet(scope.source, { signal })).documents];
    case 'documents': return [...new Set(scope.documents.map((id) => {
      const document = findDocument(store.read, id);
      if (document === null) throw new AppError('case.unknown-document', 'There is no such document in this case.', { data: { document: id } });
      return document.document;
    }))];
  }
}

/** An item of a document that is not in the queue yet; `key` null: the document has no text. */
export interface NewItem {
  readonly document: number;
  readonly start: number;
  readonly end: number;
  readonly key: Buffer | null;
}

/** The items of a document, in the order of its text. */
export function itemsOf(store: CaseStore, spec: BulkSpec, chunkChars: number, number: number): NewItem[] {
  const document = readDocument(store.read, number);
  const content = document.content === null || document.state !== 'text' ? null : readContent(store.read, document.content);
  const whole = content === null ? null : content.chars <= chunkChars ? [{ start: 0, end: content.chars }] : cutChunks(readBody(store.read, content.content) ?? '', chunkChars);
  if (content === null || whole === null || content.chars === 0) return [{ document: number, start: 0, end: 0, key: null }];
  return whole.map(({ start, end }) => ({ document: number, start, end, key: keyOf(store, spec, { sha256: content.sha256, textVersion: content.textVersion, title: document.title, start, end }) }));
}

/** Puts the documents of a run's scope into its queue, a few in each turn of the engine; those that are there stay as they are. Rejects as `documentsOf`, or with the signal's reason. */
export async function fillQueue(tools: { readonly store: CaseStore; readonly searcher: Searcher }, run: BulkRunRow, chunkChars: number, onMore: (added: Readonly<Record<'queued' | 'held' | 'documents', number>>) => void, signal: AbortSignal): Promise<void> {
  const { store } = tools;
  const numbers = await documentsOf(tools, run.spec.scope, signal);
  for (let at = 0; at < numbers.length; at += documentsAtOnce) {
    signal.throwIfAborted();
    const items = numbers.slice(at, at + documentsAtOnce).flatMap((number) => itemsOf(store, run.spec, chunkChars, number));
    onMore(store.bookkeep((db) => {
      const added = { queued: 0, held: 0, documents: 0 };
      for (const { document, start, end, key } of items) {
        const state: BulkItemState & keyof typeof added = key === null ? 'held' : 'queued';
        const isNew = insertBulkItem(db, run.id, { key: key ?? Buffer.alloc(48), document, start, end, state, reason: key === null ? withoutText : null, at: store.clock.nowMs() });
        if (!isNew) continue;
        added[state] += 1;
        if (start === 0) added.documents += 1;
      }
      return added;
    }));
    await nextTurn();
  }
  store.bookkeep((db) => setBulkListed(db, run.id));
}
