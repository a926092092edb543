/** Writing what is queued to batch files. Each request passes the guard as any send does; what may not go is held. An item is leased to its file before the file has its name. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { BatchId, BulkRunId } from '../../../preload/contract/domains/basics.ts';
import type { BatchFormat, BulkBatch } from '../../../preload/contract/domains/bulk.ts';
import { audited } from '../../audit/index.ts';
import { toBase32 } from '../../base/bytes.ts';
import { AppError, isAppError } from '../../base/errors.ts';
import { canonicalJson } from '../../base/json.ts';
import { newId } from '../../base/ids.ts';
import type { PersonalData } from '../../entities/index.ts';
import { batchForm, hostOf, type BatchForm, type ModelRequest } from '../../models/index.ts';
import { joinMarkings, type Cleared } from '../../policy/index.ts';
import { endBulkItem, hasBulkAnswer, insertBulkBatch, leaseBulkItem, listQueuedItems, listUnnamedBatches, nameBulkBatch, withdrawBulkBatch, type BulkItemRow, type BulkRunRow, type CaseStore, type EndpointRow } from '../../store/index.ts';
import type { Marking } from '../../../preload/contract/domains/basics.ts';
import { requestItem, type ItemRequest } from './item-request.ts';
import { keepSending, wordsOf, type KeptWords } from './sending.ts';
import type { BulkKind } from './kind.ts';

/** A file that is being written under a name that says that it is not whole. */
export interface BatchFile {
  readonly write: (line: string) => Promise<void>;
  /** Everything is on disk; answers its SHA-256. */
  readonly finish: () => Promise<Uint8Array>;
  /** Gives it its name. */
  readonly publish: () => Promise<void>;
  /** Removes what was written. */
  readonly discard: () => Promise<void>;
}

/** How long an item stays with its file: what has not come back by then waits in the queue again. */
const batchLeaseMs = 48 * 60 * 60_000;
/** Items that are looked at in one turn of the engine. */
const itemsAtOnce = 20;
const heldAtOnce = 100;
/** Lines whose words are kept in one transaction. */
const keptAtOnce = 50;

/** The id of a request in a file of either form. It follows from what is asked, so that a reply can be held against the request as it would be made today. */
export function requestId(store: Pick<CaseStore, 'crypto'>, batch: BatchId, key: Uint8Array, request: ModelRequest, { idChars }: Pick<BatchForm, 'idChars'>): string {
  const hash = store.crypto.sha384(canonicalJson({ batch, key: Buffer.from(key).toString('hex'), system: request.system, messages: request.messages.map(({ role, text }) => ({ role, text })), maxTokens: request.maxTokens ?? null, schema: request.schema ?? null }));
  return toBase32(hash).slice(0, idChars);
}

interface OpenFile {
  readonly batch: BatchId;
  readonly name: string;
  readonly file: BatchFile;
  readonly written: Written[];
  /** What was written and not kept yet. */
  readonly unkept: KeptWords[];
  bytes: number;
  marking: Marking;
}

interface Written {
  readonly item: BulkItemRow;
  readonly id: string;
}

/** Takes back the files of a run, or of all runs, that never got their name: nothing of them can come back. None of these may be being written. */
export function withdrawUnnamed(store: CaseStore, of: BulkRunId | null): void {
  for (const { batch, run } of listUnnamedBatches(store.read)) {
    if (of !== null && run !== of) continue;
    audited(store, (db) => withdrawBulkBatch(db, batch), (requests) => ({ action: 'bulk.batch-withdrawn', objects: [run, batch], marking: store.marking, outcome: 'failed', detail: { requests } }));
  }
}

/** Writes all that is queued. `open` begins a file of a name. Throws bulk.no-batch-form, bulk.nothing-to-do, what `open` throws, or the signal's reason; files that have their name stay. */
export async function exportBatches(
  tools: { readonly store: CaseStore; readonly personalData: PersonalData; readonly endpoint: EndpointRow; readonly kind: BulkKind; readonly open: (name: string) => Promise<BatchFile> },
  run: BulkRunRow, format: BatchFormat, queued: number, onProgress: (done: number, total: number) => void, signal: AbortSignal,
): Promise<{ readonly batches: BulkBatch[]; readonly held: number }> {
  const { store, personalData, endpoint, kind } = tools;
  const { spec } = run;
  const form = batchForm(endpoint, format);
  const opened = kind.open(spec.parameters);
  const batches: BulkBatch[] = [];
  const refused: { readonly item: BulkItemRow; readonly made: ItemRequest; readonly rule: string }[] = [];
  let held = 0;
  const open: { file: OpenFile | null } = { file: null };

  const keepHeld = (): void => {
    const all = refused.splice(0);
    if (all.length === 0) return;
    held += all.length;
    audited(
      store,
      (db) => { for (const { item, rule } of all) endBulkItem(db, item.item, 'held', { code: 'policy.refused', sentence: rule }, store.clock.nowMs()); },
      () => ({ action: 'model.cleared', objects: [endpoint.id, run.id, ...all.map(({ made }) => made.document.id)], marking: all.reduce<Marking>((sum, { made }) => (made.outcome.kind === 'refused' ? joinMarkings(sum, made.outcome.rollUp) : sum), store.marking), outcome: 'refused', detail: { ceiling: endpoint.profile.ceiling, host: hostOf(endpoint.profile), model: spec.endpoint.model, refused: all.length, passages: all.length } }),
    );
  };
  /** Keeps what lines of the open file say. All of it is kept before the file has its name. */
  const keepWritten = ({ batch, unkept, written }: OpenFile): void => {
    const all = unkept.splice(0);
    const [first] = all;
    if (first === undefined) return;
    audited(
      store,
      (db) => { for (const words of all) keepSending(store, db, words); },
      () => ({ action: 'bulk.batch-written', objects: [run.id, endpoint.id, batch], marking: all.reduce<Marking>((sum, { rollUp }) => joinMarkings(sum, rollUp), first.rollUp), detail: { requests: all.length, from: written.length - all.length + 1 } }),
    );
  };
  const close = async (): Promise<void> => {
    if (open.file === null) return;
    keepWritten(open.file);
    const { batch, name, file, written, marking, bytes } = open.file;
    const sha256 = await file.finish();
    signal.throwIfAborted();
    const made: BulkBatch = { batch, format, name, requests: written.length, sha256: Buffer.from(sha256).toString('hex'), model: spec.endpoint.model, exportedAt: store.clock.nowMs(), returned: 0 };
    audited(
      store,
      (db) => {
        insertBulkBatch(db, run.id, { ...made, sha256 });
        for (const { item, id } of written) leaseBulkItem(db, item.item, store.clock.nowMs() + batchLeaseMs, { id: batch, request: Buffer.from(id) });
      },
      () => ({ action: 'bulk.batch-exported', objects: [run.id, endpoint.id, batch], marking, detail: { format, requests: written.length, bytes, sha256: made.sha256, ceiling: endpoint.profile.ceiling, model: spec.endpoint.model } }),
    );
    try {
      await file.publish();
    } catch (error) {
      withdrawUnnamed(store, run.id);
      throw error;
    }
    open.file = null;
    store.bookkeep((db) => nameBulkBatch(db, batch, made.exportedAt));
    batches.push(made);
  };
  const add = async (item: BulkItemRow, made: ItemRequest, cleared: Cleared<ModelRequest>): Promise<void> => {
    if (open.file !== null && open.file.written.length >= form.mostRequests) await close();
    for (;;) {
      const batch = open.file?.batch ?? newId<BatchId>(store.ids);
      const id = requestId(store, batch, item.key, made.request, form);
      const line = form.line(id, cleared);
      const bytes = Buffer.byteLength(line) + 1;
      if (open.file !== null && open.file.bytes + bytes > form.mostBytes) {
        await close();
        continue; // another file has another id
      }
      const name = `bulk-${run.id.slice(0, 8)}-${batch.slice(0, 8)}.jsonl`;
      const current: OpenFile = open.file ?? { batch, name, file: await tools.open(name), written: [], unkept: [], bytes: 0, marking: cleared.rollUp };
      open.file = current;
      await current.file.write(`${line}\n`);
      current.bytes += bytes;
      current.marking = joinMarkings(current.marking, cleared.rollUp);
      current.written.push({ item, id });
      current.unkept.push(wordsOf(store, item, made, cleared.rollUp, { batch, format, name, line: current.written.length, text: line }));
      if (current.unkept.length >= keptAtOnce) keepWritten(current);
      return;
    }
  };

  try {
    let seen = 0;
    for (let after = 0; ;) {
      const items = listQueuedItems(store.read, run.id, after, itemsAtOnce);
      const last = items.at(-1);
      if (last === undefined) break;
      after = last.item;
      for (const item of items) {
        signal.throwIfAborted();
        seen += 1;
        if (hasBulkAnswer(store.read, item.key)) {
          store.bookkeep((db) => endBulkItem(db, item.item, 'done', null, store.clock.nowMs()));
          continue;
        }
        let made: ItemRequest;
        try {
          made = await requestItem({ store, personalData, spec, kind, opened, endpoint: () => endpoint }, item, signal);
        } catch (error) {
          if (!isAppError(error, 'case.no-text')) throw error;
          store.bookkeep((db) => endBulkItem(db, item.item, 'failed', { code: 'bulk.text-changed', sentence: 'The text was read anew since it was queued.' }, store.clock.nowMs()));
          continue;
        }
        if (made.outcome.kind === 'cleared') await add(item, made, made.outcome.cleared);
        else refused.push({ item, made, rule: made.outcome.rule });
        if (refused.length >= heldAtOnce) keepHeld();
        await nextTurn();
      }
      onProgress(seen, Math.max(seen, queued));
    }
    keepHeld();
    await close();
  } catch (error) {
    try {
      await open.file?.file.discard();
    } finally {
      keepHeld();
    }
    throw error;
  }
  if (batches.length === 0 && held === 0) throw new AppError('bulk.nothing-to-do', 'Nothing of this run waits to be sent.');
  return { batches, held };
}
