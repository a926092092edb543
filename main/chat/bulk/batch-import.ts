/** Taking in what came back of batch files: unordered, in part, more than once, and not trusted. Nothing in it is believed but for what is held against the request that was made. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { BatchId } from '../../../preload/contract/domains/basics.ts';
import type { BulkImport } from '../../../preload/contract/domains/bulk.ts';
import { audited } from '../../audit/index.ts';
import { AppError, isAppError } from '../../base/errors.ts';
import type { PersonalData } from '../../entities/index.ts';
import { batchForm, isSameModel, type BatchForm, type BatchReply } from '../../models/index.ts';
import { endBulkItem, findBatchItem, findBatchSending, listBulkBatches, type BulkItemRow, type BulkRunRow, type CaseStore, type EndpointRow } from '../../store/index.ts';
import { classify } from './ask-item.ts';
import { requestId } from './batch-export.ts';
import { requestItem, type ItemRequest } from './item-request.ts';
import { addSpent, judgeText, keepAnswer } from './keep-answer.ts';
import type { BulkKind } from './kind.ts';

/** Refused lines that are named; all are counted. */
const mostRefused = 100;

/** Whether a value holds the text as one of its strings. */
function holds(value: unknown, text: string): boolean {
  if (typeof value === 'string') return value === text;
  if (Array.isArray(value)) return value.some((one) => holds(one, text));
  return value !== null && typeof value === 'object' && Object.values(value).some((one) => holds(one, text));
}

/** Why a line is not taken, in words for people. */
const why = {
  notJson: 'It is no JSON.', tooLong: 'It is longer than an answer can be.', noId: 'It has no custom_id or recordId.', foreign: 'Its id is of no request of this run.', repeated: 'Its id stands in this file before.',
  otherModel: 'Another model answered than was asked.', otherRequest: 'It repeats another request than was made.', changed: 'The document or the endpoint is no longer what the request was made of.',
} as const;

/** Takes in the lines of a file; null is a line too long to be read. Throws bulk.unknown-batch for a run without files, bulk.bad-batch-file when no line is of them, or the signal's reason. */
export async function importBatch(
  tools: { readonly store: CaseStore; readonly personalData: PersonalData; readonly endpoint: EndpointRow; readonly kind: BulkKind; readonly onKept: () => void },
  run: BulkRunRow, lines: AsyncIterable<string | null>, sha256: () => string, onProgress: (done: number, total: number) => void, signal: AbortSignal,
): Promise<BulkImport> {
  const { store, personalData, endpoint, kind } = tools;
  const { spec } = run;
  const batches = listBulkBatches(store.read, run.id);
  const [newest] = batches;
  if (newest === undefined) throw new AppError('bulk.unknown-batch', 'No batch file was written for this run.', { data: { run: run.id } });
  const total = batches.reduce((sum, { requests }) => sum + requests, 0);
  const forms = new Map(batches.map(({ batch, format }): [BatchId, BatchForm] => [batch, batchForm(endpoint, format)]));
  const opened = kind.open(spec.parameters);
  const counts = { kept: 0, failed: 0, known: 0 };
  const refused: BulkImport['refused'] = [];
  let refusedLines = 0;
  const seen = new Set<string>();
  const refuse = (line: number, reason: string): void => {
    refusedLines += 1;
    if (refused.length < mostRefused) refused.push({ line, why: reason });
  };
  const read = (text: string): { readonly reply: BatchReply | null } | null => {
    try {
      const value: unknown = JSON.parse(text);
      return { reply: [...forms.values()].map((form) => form.read(value)).find((reply) => reply !== null) ?? null };
    } catch (error) {
      if (error instanceof SyntaxError) return null;
      throw error;
    }
  };
  const fail = (item: BulkItemRow, made: ItemRequest, reason: { readonly code: string; readonly sentence: string }, usage: { readonly promptTokens: number | null; readonly completionTokens: number | null }): void => {
    counts.failed += 1;
    store.bookkeep((db) => {
      addSpent(db, item, made, usage, true);
      endBulkItem(db, item.item, 'failed', reason, store.clock.nowMs());
    });
  };
  /** Holds a reply against its request. Answers why it is not taken, or null when it was. */
  const take = async (reply: BatchReply): Promise<string | null> => {
    const item = findBatchItem(store.read, run.id, Buffer.from(reply.id));
    const form = item?.batch === null || item?.batch === undefined ? undefined : forms.get(item.batch);
    if (item === null || item.batch === null || form === undefined) return why.foreign;
    if (seen.has(reply.id)) return why.repeated;
    seen.add(reply.id);
    if (item.state === 'done' || item.state === 'failed') {
      counts.known += 1;
      return null;
    }
    if (reply.model !== null && !isSameModel(spec.endpoint.model, reply.model)) return why.otherModel;
    let made: ItemRequest;
    try {
      made = await requestItem({ store, personalData, spec, kind, opened, endpoint: () => endpoint }, item, signal);
    } catch (error) {
      if (isAppError(error, 'case.no-text')) return why.changed;
      throw error;
    }
    if (requestId(store, item.batch, item.key, made.request, form) !== reply.id) return why.changed;
    if (reply.echo !== null && !holds(reply.echo, made.request.messages.at(-1)?.text ?? '')) return why.otherRequest;
    const usage = reply.end.usage ?? { promptTokens: null, completionTokens: null };
    const { state, fault } = reply.end;
    if (state === 'error' || fault !== null) {
      const failure = fault === null ? null : classify(fault);
      fail(item, made, failure !== null && 'reason' in failure ? failure.reason : { code: 'endpoint.server-failed', sentence: 'The endpoint failed.' }, { promptTokens: 0, completionTokens: 0 });
      return null;
    }
    if (state !== 'complete') {
      fail(item, made, state === 'cut' ? { code: 'bulk.cut', sentence: 'The answer came to the longest it may be.' } : state === 'filtered' ? { code: 'bulk.filtered', sentence: 'A content filter of the server stopped it.' } : { code: 'bulk.truncated', sentence: 'The answer does not say that it is whole.' }, usage);
      return null;
    }
    const judged = await judgeText(store, opened, made, reply.text);
    if (judged === null) fail(item, made, { code: 'bulk.bad-output', sentence: 'The answer is not of the form that was asked for.' }, usage);
    else {
      keepAnswer(store, spec, item, made, judged, { usage, marking: made.outcome.kind === 'cleared' ? made.outcome.cleared.rollUp : made.outcome.rollUp, batch: item.batch, sending: findBatchSending(store.read, item.key, item.batch) });
      counts.kept += 1;
    }
    return null;
  };

  let number = 0;
  for await (const text of lines) {
    signal.throwIfAborted();
    number += 1;
    if (text?.trim() === '') continue;
    const found = text === null ? null : read(text);
    const reason = text === null ? why.tooLong : found === null ? why.notJson : found.reply === null ? why.noId : await take(found.reply);
    if (reason !== null) refuse(number, reason);
    onProgress(number, Math.max(total, number));
    await nextTurn();
  }
  const taken = counts.kept + counts.failed + counts.known;
  const after = listBulkBatches(store.read, run.id);
  audited(
    store,
    () => undefined,
    () => ({ action: 'bulk.batch-imported', objects: [run.id, endpoint.id, ...after.map(({ batch }) => batch)], marking: store.marking, outcome: taken === 0 ? 'refused' : 'done', detail: { lines: number, ...counts, refused: refusedLines, sha256: sha256() } }),
  );
  tools.onKept();
  if (taken === 0) throw new AppError('bulk.bad-batch-file', refused[0] === undefined ? 'The file holds no results.' : `No line of the file is a result of this run. Line ${refused[0].line}: ${refused[0].why}`, { data: { line: refused[0]?.line ?? null, lines: number } });
  return { ...counts, refused, refusedLines, missing: after.reduce((sum, { requests, returned }) => sum + requests - returned, 0) };
}
