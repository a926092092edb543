/**
 * Works through a run's queue until it is empty, somebody pauses it, or something stops it. Each item goes through the same steps: a slot,
 * the endpoint as it now is, the guard, the budget, a lease that is on disk with the guard's record before anything leaves, the request,
 * and its end on disk. What is done is never sent again, whatever happens in between.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { OpId, StateReason } from '../../../preload/contract/domains/basics.ts';
import { audited } from '../../audit/index.ts';
import { AppError, isAppError } from '../../base/errors.ts';
import type { PersonalData } from '../../entities/index.ts';
import { hostOf, type Network } from '../../models/index.ts';
import type { Cleared } from '../../policy/index.ts';
import type { ModelRequest } from '../../models/index.ts';
import type { Searcher } from '../../search/index.ts';
import { endBulkItem, giveBackBulkItem, hasBulkAnswer, leaseBulkItem, listQueuedItems, readBulkQueue, readBulkRun, type BulkItemRow, type BulkRunRow, type CaseStore, type EndpointRow } from '../../store/index.ts';
import { askItem, type Asked } from './ask-item.ts';
import { createBell } from './bell.ts';
import { fitsBudget, type Spent } from './budget.ts';
import { fillQueue } from './fill-queue.ts';
import { chunkCharsFor, clearedDetail, requestItem, type ItemRequest } from './item-request.ts';
import { addSpent, judgeText, keepAnswer } from './keep-answer.ts';
import type { BulkKind } from './kind.ts';
import type { Lanes, Slot } from './lanes.ts';
import { keepSending, wordsOf } from './sending.ts';
import type { Tally } from './tally.ts';

/** What working needs. */
export interface RunTools {
  readonly store: CaseStore;
  readonly searcher: Searcher;
  readonly network: Network;
  readonly personalData: PersonalData;
  readonly lanes: Lanes;
  readonly endpoints: () => readonly EndpointRow[];
}

/** What left of an item, and the op that keeps its words. */
interface Sent {
  readonly cleared: Cleared<ModelRequest>;
  readonly sending: OpId;
}

/** How working ended. */
export type RunEnd = { readonly kind: 'done' | 'drained' } | { readonly kind: 'stopped'; readonly reason: StateReason };

/** Tries of one item, when the endpoint failed. */
const mostAttempts = 5;
/** Queued items that are looked at for one that is not under way already. */
const lookAhead = 64;
/** A lease of this process ends with it; the time is for people who look at the table. */
const leaseMs = 60 * 60_000;
const samplePrompt = { title: '', text: '', start: 0, end: 0 };

/** What a failure is to the person who ordered the work. */
export const inWords = (error: unknown): StateReason => (isAppError(error) ? { code: error.code, sentence: error.message } : { code: 'bridge.internal', sentence: 'Something inside the engine failed. Nothing that was kept is lost.' });

/** Works. `draining` lets what is under way come to its end and begins nothing more; `signal` leaves everything, and its reason is thrown. */
export async function workRun(tools: RunTools, run: BulkRunRow, kind: BulkKind, tally: Tally, onChange: () => void, draining: AbortSignal, signal: AbortSignal): Promise<RunEnd> {
  const { store, lanes, network, personalData } = tools;
  const { spec } = run;
  const opened = kind.open(spec.parameters);
  const bell = createBell();
  const underWay = new Map<string, { readonly tokens: number }>();
  const works = new Set<Promise<void>>();
  const stopping = new AbortController();
  const halt: { reason: StateReason | null } = { reason: null };
  let isFilled = readBulkQueue(store.read, run.id).is_listed;
  const stop = (reason: StateReason): void => {
    halt.reason ??= reason;
    stopping.abort();
    bell.ring();
  };
  draining.addEventListener('abort', bell.ring, { once: true });
  const noMore = AbortSignal.any([signal, draining, stopping.signal]);

  const gone = { code: 'endpoint.unknown', sentence: `${spec.endpoint.name} was taken out or changed. Order the work anew at the endpoint that it now is.` } as const;
  /** The endpoint as it now is; null when it is no longer the one that was ordered. */
  const endpointNow = (): EndpointRow | null => tools.endpoints().find(({ id, profile }) => id === spec.endpoint.endpoint && profile.model === spec.endpoint.model && hostOf(profile) === spec.endpoint.host) ?? null;
  const mustFindEndpoint = (): EndpointRow => {
    const endpoint = endpointNow();
    if (endpoint === null) throw new AppError(gone.code, gone.sentence);
    return endpoint;
  };
  const next = (): BulkItemRow | null => listQueuedItems(store.read, run.id, 0, lookAhead).find(({ key }) => !underWay.has(Buffer.from(key).toString('hex'))) ?? null;
  const end = (item: BulkItemRow, from: 'queued' | 'leased', state: 'queued' | 'done' | 'failed', reason: StateReason | null, cost: { readonly made: ItemRequest; readonly usage: { readonly promptTokens: number | null; readonly completionTokens: number | null } } | null): void => {
    store.bookkeep((db) => {
      if (cost !== null) addSpent(db, item, cost.made, cost.usage, true);
      endBulkItem(db, item.item, state, reason, store.clock.nowMs());
    });
    tally.move(from, state);
    onChange();
  };

  /** What became of an item that was asked. */
  const settle = async (item: BulkItemRow, made: ItemRequest, { cleared, sending }: Sent, asked: Asked): Promise<void> => {
    const nothing = { promptTokens: 0, completionTokens: 0 };
    switch (asked.kind) {
      case 'text': {
        const judged = await judgeText(store, opened, made, asked.text);
        if (judged === null) {
          end(item, 'leased', 'failed', { code: 'bulk.bad-output', sentence: 'The answer is not of the form that was asked for.' }, { made, usage: asked.usage });
          return;
        }
        keepAnswer(store, spec, item, made, judged, { usage: asked.usage, marking: cleared.rollUp, batch: null, sending });
        tally.move('leased', 'done');
        onChange();
        return;
      }
      case 'gave-way':
        store.bookkeep((db) => giveBackBulkItem(db, item.item));
        tally.move('leased', 'queued');
        onChange();
        return;
      case 'refused':
        end(item, 'leased', 'failed', asked.reason, { made, usage: asked.usage });
        return;
      case 'overloaded':
      case 'failed':
        end(item, 'leased', item.attempts + 1 < mostAttempts ? 'queued' : 'failed', asked.reason, { made, usage: nothing });
        return;
      case 'lasting':
        end(item, 'leased', 'queued', null, { made, usage: nothing });
        stop(asked.reason);
    }
  };
  const outcomeOf = (asked: Asked, tookMs: number): Parameters<Slot['end']>[0] => {
    switch (asked.kind) {
      case 'text':
      case 'refused':
        return { kind: 'answered', tookMs };
      case 'overloaded':
      case 'failed':
        return { kind: asked.kind, askedMs: asked.askedMs };
      case 'gave-way':
      case 'lasting':
        return { kind: 'neither' };
    }
  };
  const work = async (item: BulkItemRow, made: ItemRequest, sent: Sent, endpoint: EndpointRow, slot: Slot): Promise<void> => {
    const key = Buffer.from(item.key).toString('hex');
    const began = performance.now();
    let outcome: Parameters<Slot['end']>[0] = { kind: 'neither' };
    try {
      const asked = await askItem(network.clientFor(endpoint, 'background'), sent.cleared, slot.signal, signal);
      outcome = outcomeOf(asked, performance.now() - began);
      if (asked.kind !== 'gave-way') network.noteReachable(endpoint.id, asked.kind === 'text' || asked.kind === 'refused');
      await settle(item, made, sent, asked);
    } catch (error) {
      if (!signal.aborted) stop(inWords(error));
    } finally {
      underWay.delete(key);
      slot.end(outcome);
      bell.ring();
    }
  };

  /** Takes one item as far as its request; false when there is nothing to take just now. */
  const begin = async (slot: Slot): Promise<'begun' | 'settled' | 'wait'> => {
    if (endpointNow() === null) {
      stop(gone);
      return 'settled';
    }
    const item = next();
    if (item === null) return 'wait';
    if (hasBulkAnswer(store.read, item.key)) {
      end(item, 'queued', 'done', null, null);
      return 'settled';
    }
    let made: ItemRequest;
    try {
      made = await requestItem({ store, personalData, spec, kind, opened, endpoint: mustFindEndpoint }, item, noMore);
    } catch (error) {
      if (noMore.aborted) return 'settled';
      if (!isAppError(error, 'case.no-text')) throw error;
      end(item, 'queued', 'failed', { code: 'bulk.text-changed', sentence: 'The text was read anew since it was queued.' }, null);
      return 'settled';
    }
    if (noMore.aborted) return 'settled';
    const endpoint = mustFindEndpoint();
    const { outcome } = made;
    const { requests, prompt_tokens: promptTokens, completion_tokens: completionTokens } = readBulkQueue(store.read, run.id);
    // Where the server counts more than is reckoned here, what requests have cost so far is believed.
    const usual = requests === 0 ? 0 : Math.ceil((promptTokens + completionTokens) / requests);
    const cost = { requests: 1, tokens: Math.max(usual, made.promptTokens + (made.request.maxTokens ?? 0)) };
    if (outcome.kind === 'cleared') {
      const reserved = [...underWay.values()].reduce<Spent>((sum, { tokens }) => ({ requests: sum.requests + 1, tokens: sum.tokens + tokens }), { requests: 0, tokens: 0 });
      if (!fitsBudget(readBulkRun(store.read, run.id)?.budget ?? run.budget, { requests, tokens: promptTokens + completionTokens }, reserved, cost)) {
        if (underWay.size > 0) return 'wait';
        stop({ code: 'bulk.budget', sentence: 'The budget does not hold another request.' });
        return 'settled';
      }
    }
    const refusal = outcome.kind === 'refused' ? { code: 'policy.refused', sentence: outcome.rule } : null;
    const { result: sending } = audited(
      store,
      (db) => {
        if (outcome.kind === 'refused') endBulkItem(db, item.item, 'held', refusal, store.clock.nowMs());
        else leaseBulkItem(db, item.item, store.clock.nowMs() + leaseMs, null);
        return outcome.kind === 'refused' ? null : keepSending(store, db, wordsOf(store, item, made, outcome.cleared.rollUp, null));
      },
      (kept) => ({ action: 'model.cleared', objects: [endpoint.id, made.document.id, run.id, ...(kept === null ? [] : [kept])], marking: outcome.kind === 'cleared' ? outcome.cleared.rollUp : outcome.rollUp, outcome: refusal === null ? 'done' : 'refused', detail: clearedDetail(store, endpoint, made) }),
    );
    tally.move('queued', refusal === null ? 'leased' : 'held');
    onChange();
    if (outcome.kind === 'refused' || sending === null) return 'settled';
    underWay.set(Buffer.from(item.key).toString('hex'), { tokens: cost.tokens });
    const working = work(item, made, { cleared: outcome.cleared, sending }, endpoint, slot).catch((error: unknown) => stop(inWords(error)));
    works.add(working);
    void working.finally(() => works.delete(working));
    return 'begun';
  };

  const atStart = endpointNow();
  const filling = isFilled || atStart === null ? Promise.resolve() : fillQueue(tools, run, chunkCharsFor(kind, atStart, opened.toRequest(samplePrompt).maxTokens), (added) => {
    tally.add(added);
    bell.ring();
    onChange();
  }, signal).then(() => {
    isFilled = true;
    bell.ring();
  }, (error: unknown) => {
    if (!signal.aborted) stop(inWords(error));
  });
  try {
    while (!noMore.aborted) {
      await nextTurn();
      if (spec.isForBatch || next() === null) {
        if (isFilled && works.size === 0) {
          if (spec.isForBatch && next() !== null) stop({ code: 'bulk.for-batch', sentence: 'Its requests wait to be written to batch files.' });
          break;
        }
        await bell.heard(noMore);
        continue;
      }
      const endpoint = endpointNow();
      const slot = endpoint === null ? null : await lanes.take(endpoint, noMore).catch((error: unknown) => {
        if (noMore.aborted) return null;
        throw error;
      });
      if (endpoint === null) stop(gone);
      if (slot === null || noMore.aborted) {
        slot?.end({ kind: 'neither' });
        continue;
      }
      let step: Awaited<ReturnType<typeof begin>> = 'settled';
      try {
        step = await begin(slot);
      } finally {
        if (step !== 'begun') slot.end({ kind: 'neither' }); // also when the disk was full: what is asked later needs the slot
      }
      if (step === 'wait') await bell.heard(noMore);
    }
  } catch (error) {
    if (!signal.aborted) stop(inWords(error));
  }
  await filling;
  while (works.size > 0) await Promise.all(works);
  signal.throwIfAborted();
  if (halt.reason !== null) return { kind: 'stopped', reason: halt.reason };
  return { kind: draining.aborted ? 'drained' : 'done' };
}
