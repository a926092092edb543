/** The bulk work of one case: ordering, watching, pausing, going on, and what came of it. */
import type { BulkRunId } from '../../../preload/contract/domains/basics.ts';
import type { BatchFormat, BulkBatch, BulkBudget, BulkImport, BulkItemState, BulkPreview, BulkResult, BulkRun, BulkRunState, BulkScope, BulkSending } from '../../../preload/contract/domains/bulk.ts';
import type { EndpointId, Marking, OpId, StateReason } from '../../../preload/contract/domains/basics.ts';
import type * as z from 'zod';
import { audited } from '../../audit/index.ts';
import { AppError, isAppError } from '../../base/errors.ts';
import { newId } from '../../base/ids.ts';
import { hostOf } from '../../models/index.ts';
import { appendOp, countBulkItems, listBulkBatches, listBulkReasons, listBulkRuns, readBulkRun, releaseBulkLeases, requeueBulkItems, type BulkRunRow, type BulkSpec, type EndpointRow } from '../../store/index.ts';
import { tenTimesASecond } from '../../work/index.ts';
import { exportBatches, withdrawUnnamed, type BatchFile } from './batch-export.ts';
import { importBatch } from './batch-import.ts';
import { documentsOf } from './fill-queue.ts';
import { createFileWork } from './file-work.ts';
import type { BulkKind } from './kind.ts';
import { previewRun } from './preview-run.ts';
import { readBulkSending } from './sending.ts';
import { showResults, showRun, type LiveRun } from './show-run.ts';
import { createTally } from './tally.ts';
import { inWords, workRun, type RunTools } from './work-run.ts';

/** What the bulk work of a case needs. */
export interface BulkTools extends RunTools {
  readonly kinds: readonly BulkKind[];
  /** Something about a run changed: at most twice a second while it works. */
  readonly onChange: () => void;
}

/** A run as it is ordered. */
export interface Order {
  readonly kind: string;
  readonly parameters: z.core.util.JSONType;
  readonly endpoint: EndpointId;
  readonly scope: BulkScope;
  readonly budget: BulkBudget;
  /** Null: as the case. */
  readonly parametersMarking: Marking | null;
  readonly isForBatch: boolean;
}

/** Every call throws bulk.unknown-run for a run that the case does not have. */
export interface Bulk {
  readonly kinds: readonly BulkKind[];
  /** Throws bulk.unknown-kind, bulk.bad-parameters, endpoint.unknown, or what its scope does. */
  readonly preview: (order: Order, onProgress: (done: number, total: number) => void, signal: AbortSignal) => Promise<BulkPreview>;
  /** Keeps the order and begins. Throws as `preview`, and bulk.nothing-to-do for a scope without documents. */
  readonly start: (order: Order) => Promise<BulkRun>;
  readonly runs: () => BulkRun[];
  readonly read: (run: BulkRunId) => BulkRun;
  /** Reports at most ten times a second until the run no longer works, what was under way included. Rejects with the signal's reason. */
  readonly watch: (run: BulkRunId, report: (run: BulkRun) => void, signal: AbortSignal) => Promise<BulkRun>;
  /** Begins nothing more; what is under way comes to its end. Throws bulk.ended. */
  readonly pause: (run: BulkRunId) => BulkRun;
  /** Throws bulk.ended for a cancelled run. */
  readonly resume: (run: BulkRunId, budget?: BulkBudget) => BulkRun;
  /** Leaves what is under way. What was kept is kept. Throws bulk.ended. */
  readonly cancel: (run: BulkRunId) => Promise<BulkRun>;
  /** Puts failed and held items back and goes on. */
  readonly retry: (run: BulkRunId) => BulkRun;
  /** A page of the run's items, in the order of its queue. */
  readonly results: (run: BulkRunId, state: BulkItemState | null, offset: number, limit: number) => { total: number; results: BulkResult[] };
  /** Writes what is queued to batch files. Throws bulk.at-work, bulk.ended, endpoint.unknown, or as `exportBatches`. */
  readonly exportBatches: (run: BulkRunId, format: BatchFormat, open: (name: string) => Promise<BatchFile>, onProgress: (done: number, total: number) => void, signal: AbortSignal) => Promise<{ readonly batches: BulkBatch[]; readonly held: number }>;
  /** Takes in a file of results. Throws bulk.at-work, endpoint.unknown, or as `importBatch`. */
  readonly importBatch: (run: BulkRunId, lines: AsyncIterable<string | null>, sha256: () => string, onProgress: (done: number, total: number) => void, signal: AbortSignal) => Promise<BulkImport>;
  readonly batches: (run: BulkRunId) => BulkBatch[];
  /** What a request sent. Throws bulk.unknown-sending. */
  readonly sending: (sending: OpId) => BulkSending;
  /** Takes up every run that was at work when the vault was last locked. */
  readonly resumeAll: () => void;
  /** Leaves everything at a safe point. */
  readonly close: () => Promise<void>;
}

interface Running extends LiveRun {
  isDraining: boolean;
  readonly drain: AbortController;
  readonly controller: AbortController;
  /** Never rejects. */
  readonly ended: Promise<void>;
  readonly listeners: Set<() => void>;
}

const otherVersion: StateReason = { code: 'bulk.unknown-kind', sentence: 'This program no longer asks in the way that the run was ordered in. Order it anew.' };
const waitsForBatches = (items: number): StateReason => ({ code: 'bulk.in-batches', sentence: `${items} of its requests are in batch files that have not come back.` });
const reasonsEveryMs = 1000;
const changeEveryMs = 500;

/** The bulk work of an open case. Nothing works until it is told to. */
export function createBulk(tools: BulkTools): Bulk {
  const { store, personalData, kinds, lanes, onChange } = tools;
  const running = new Map<BulkRunId, Running>();
  /** Why runs stopped whose stop could not be kept: the disk was full. They count as at work when the case is next opened. */
  const unkept = new Map<BulkRunId, StateReason>();
  const endpointOf = (id: EndpointId): EndpointRow | null => tools.endpoints().find((endpoint) => endpoint.id === id) ?? null;
  const mustRead = (id: BulkRunId): BulkRunRow => {
    const row = readBulkRun(store.read, id);
    if (row === null) throw new AppError('bulk.unknown-run', 'There is no such run in this case.', { data: { run: id } });
    return row;
  };
  const mustFindKind = (name: string): BulkKind => {
    const found = kinds.find(({ kind }) => kind === name);
    if (found === undefined) throw new AppError('bulk.unknown-kind', 'There is no such kind of bulk work.', { data: { kind: name.slice(0, 60) } });
    return found;
  };
  const mustFindEndpoint = (id: EndpointId): EndpointRow => {
    const found = endpointOf(id);
    if (found === null) throw new AppError('endpoint.unknown', 'There is no such endpoint.', { data: { endpoint: id } });
    return found;
  };
  const specOf = (order: Order): { readonly spec: BulkSpec; readonly kind: BulkKind; readonly endpoint: EndpointRow } => {
    const kind = mustFindKind(order.kind);
    kind.open(order.parameters);
    const endpoint = mustFindEndpoint(order.endpoint);
    const { profile } = endpoint;
    return {
      kind, endpoint,
      spec: { kind: kind.kind, version: kind.version, parameters: order.parameters, endpoint: { endpoint: endpoint.id, name: endpoint.name, model: profile.model, host: hostOf(profile) }, scope: order.scope, parametersMarking: order.parametersMarking, isForBatch: order.isForBatch },
    };
  };
  const show = (id: BulkRunId): BulkRun => {
    const row = mustRead(id);
    return showRun(store, row, running.get(id) ?? null, unkept.get(id) ?? null, kinds, endpointOf(row.spec.endpoint.endpoint), lanes);
  };
  /** Keeps how a run stands from now on. */
  const steer = (row: BulkRunRow, state: BulkRunState, reason: StateReason | null, action: string, budget: BulkBudget = row.budget): void => {
    audited(
      store,
      (db) => appendOp(store, db, { entity: `bulk:${row.id}`, kind: 'bulk.steered', value: { state, reason, budget } }),
      (op) => ({ action, objects: [row.id, op.id], marking: store.marking, detail: { reason: reason?.code ?? null, tokens: budget.tokens, requests: budget.requests } }),
    );
  };

  const closing = new AbortController();
  const atFiles = createFileWork(onChange);
  try {
    withdrawUnnamed(store, null);
  } catch (error) {
    if (!isAppError(error, 'vault.disk-full')) throw error; // a case opens on a full disk, too
  }
  /** A run that nothing works at, with its endpoint as ordered and its kind. */
  const atRest = (row: BulkRunRow): { readonly endpoint: EndpointRow; readonly kind: BulkKind } => {
    if (running.has(row.id) || atFiles.isAt(row.id)) throw new AppError('bulk.at-work', 'The run is at work. Pause it first.', { data: { run: row.id } });
    const endpoint = mustFindEndpoint(row.spec.endpoint.endpoint);
    if (endpoint.profile.model !== row.spec.endpoint.model || hostOf(endpoint.profile) !== row.spec.endpoint.host) throw new AppError('endpoint.unknown', 'The endpoint is no longer the one that the run was ordered for.', { data: { endpoint: endpoint.id } });
    const kind = mustFindKind(row.spec.kind);
    if (kind.version !== row.spec.version) throw new AppError('bulk.unknown-kind', otherVersion.sentence, { data: { kind: kind.kind } });
    return { endpoint, kind };
  };
  /** Says how a run stands when its files were written or read. */
  const settle = (row: BulkRunRow): void => {
    const { queued, leased } = countBulkItems(store.read, row.id).byState;
    if (row.state !== 'paused') return;
    if (queued === 0 && leased === 0) steer(row, 'done', null, 'bulk.done');
    else if (leased > 0) steer(row, 'paused', waitsForBatches(leased), 'bulk.stopped');
  };

  /** Begins to work. What keeps it from that is shown with the run. */
  const begin = (row: BulkRunRow): void => {
    unkept.delete(row.id);
    try {
      take(row);
    } catch (error) {
      unkept.set(row.id, inWords(error));
      onChange();
    }
  };
  const take = (row: BulkRunRow): void => {
    const kind = kinds.find((known) => known.kind === row.spec.kind && known.version === row.spec.version);
    if (kind === undefined) {
      steer(row, 'paused', otherVersion, 'bulk.stopped');
      return;
    }
    store.bookkeep((db) => releaseBulkLeases(db, row.id, store.clock.nowMs()));
    const controller = new AbortController();
    const drain = new AbortController();
    const listeners = new Set<() => void>();
    const tally = createTally(store.read, row.id, () => performance.now());
    let told = 0;
    const tell = (): void => { for (const listener of listeners) listener(); };
    const changed = (): void => {
      tell();
      const now = performance.now();
      if (now - told < changeEveryMs) return;
      told = now;
      onChange();
    };
    let known = { version: -1, at: -Infinity, reasons: [] as BulkRun['reasons'] };
    const reasons = (): BulkRun['reasons'] => {
      const now = performance.now();
      if (known.version !== tally.reasonsVersion() && now - known.at > reasonsEveryMs) known = { version: tally.reasonsVersion(), at: now, reasons: [...listBulkReasons(store.read, row.id)] };
      return known.reasons;
    };
    const unlisten = lanes.listen(changed);
    const work = async (): Promise<void> => {
      try {
        const end = await workRun(tools, row, kind, tally, changed, drain.signal, controller.signal);
        const now = mustRead(row.id);
        if (end.kind === 'stopped') steer(now, 'paused', end.reason, 'bulk.stopped');
        else if (end.kind === 'done') {
          const inBatches = countBulkItems(store.read, row.id).byState.leased;
          if (inBatches > 0) steer(now, 'paused', waitsForBatches(inBatches), 'bulk.stopped');
          else steer(now, 'done', null, 'bulk.done');
        }
      } catch (error) {
        if (!controller.signal.aborted) unkept.set(row.id, inWords(error));
      } finally {
        unlisten();
        running.delete(row.id);
        tell();
        onChange();
      }
    };
    const live: Running = { tally, reasons, drain, controller, listeners, isDraining: false, ended: work().catch((error: unknown) => { unkept.set(row.id, inWords(error)); }) };
    running.set(row.id, live);
    onChange();
  };
  /** Puts a run back to work, after what may still come to its end of before. */
  const goOn = (row: BulkRunRow, action: string, budget?: BulkBudget): BulkRun => {
    if (row.state === 'cancelled') throw new AppError('bulk.ended', 'The run was cancelled.', { data: { run: row.id } });
    const live = running.get(row.id);
    if (atFiles.isAt(row.id)) throw new AppError('bulk.at-work', 'Its batch files are being written or read.', { data: { run: row.id } });
    if (live !== undefined && !live.isDraining) return show(row.id);
    mustFindEndpoint(row.spec.endpoint.endpoint);
    steer(row, 'running', null, action, budget);
    if (live === undefined) begin(mustRead(row.id));
    else void live.ended.then(() => {
      if (!closing.signal.aborted && readBulkRun(store.read, row.id)?.state === 'running' && !running.has(row.id)) begin(mustRead(row.id));
    });
    return show(row.id);
  };
  return {
    kinds,
    preview: async (order, onProgress, signal) => {
      const { spec, kind, endpoint } = specOf(order);
      return previewRun(tools, spec, kind, endpoint, onProgress, signal);
    },
    start: async (order) => {
      const { spec } = specOf(order);
      if ((await documentsOf(tools, order.scope, closing.signal)).length === 0) throw new AppError('bulk.nothing-to-do', 'No document is in this scope.');
      const id = newId<BulkRunId>(store.ids);
      audited(
        store,
        (db) => appendOp(store, db, { entity: `bulk:${id}`, kind: 'bulk.started', value: { spec, budget: order.budget }, marking: order.parametersMarking }),
        (op) => ({ action: 'bulk.started', objects: [id, spec.endpoint.endpoint, op.id], marking: order.parametersMarking ?? store.marking, detail: { kind: spec.kind, version: spec.version, scope: spec.scope.kind, tokens: order.budget.tokens, requests: order.budget.requests, isForBatch: spec.isForBatch } }),
      );
      begin(mustRead(id));
      return show(id);
    },
    runs: () => listBulkRuns(store.read).map(({ id }) => show(id)),
    read: show,
    watch: async (id, report, signal) => {
      report(show(id));
      const live = running.get(id);
      if (live === undefined) return show(id);
      const paced = tenTimesASecond(store.clock, report);
      const listener = (): void => paced.push(show(id));
      live.listeners.add(listener);
      const { promise: aborted, reject } = Promise.withResolvers<never>();
      const leave = (): void => reject(signal.reason);
      signal.addEventListener('abort', leave, { once: true });
      try {
        signal.throwIfAborted();
        await Promise.race([live.ended, aborted]);
      } finally {
        signal.removeEventListener('abort', leave);
        live.listeners.delete(listener);
      }
      return show(id);
    },
    pause: (id) => {
      const row = mustRead(id);
      const live = running.get(id);
      if (row.state === 'done' || row.state === 'cancelled') throw new AppError('bulk.ended', 'The run has ended.', { data: { run: id } });
      if (row.state === 'running') steer(row, 'paused', null, 'bulk.paused');
      if (live !== undefined) {
        live.isDraining = true;
        live.drain.abort();
      }
      return show(id);
    },
    resume: (id, budget) => {
      const row = mustRead(id);
      return row.state === 'done' && budget === undefined ? show(id) : goOn(row, 'bulk.resumed', budget);
    },
    cancel: async (id) => {
      const row = mustRead(id);
      if (row.state === 'done' || row.state === 'cancelled') throw new AppError('bulk.ended', 'The run has ended.', { data: { run: id } });
      steer(row, 'cancelled', null, 'bulk.cancelled');
      const live = running.get(id);
      live?.controller.abort('cancelled');
      await live?.ended;
      // What came back is taken in to its end: it was paid for. What is being written is not: nobody shall send it.
      await atFiles.stop(id, new AppError('bulk.ended', 'The run was cancelled.', { data: { run: id } }));
      store.bookkeep((db) => releaseBulkLeases(db, id, store.clock.nowMs()));
      onChange();
      return show(id);
    },
    retry: (id) => {
      const row = mustRead(id);
      if (running.has(id) || store.bookkeep((db) => requeueBulkItems(db, id)) === 0) return show(id);
      return goOn(row, 'bulk.retried');
    },
    results: (id, state, offset, limit) => showResults(store, mustRead(id), state, offset, limit),
    exportBatches: async (id, format, open, onProgress, signal) => {
      const row = mustRead(id);
      const { endpoint, kind } = atRest(row);
      if (row.state !== 'paused') throw new AppError('bulk.ended', 'The run has ended.', { data: { run: id } });
      return atFiles.during(id, async (stop) => {
        withdrawUnnamed(store, id);
        store.bookkeep((db) => releaseBulkLeases(db, id, store.clock.nowMs()));
        const done = await exportBatches({ store, personalData, endpoint, kind, open }, row, format, countBulkItems(store.read, id).byState.queued, onProgress, AbortSignal.any([signal, closing.signal, stop]));
        settle(mustRead(id));
        return done;
      });
    },
    importBatch: async (id, lines, sha256, onProgress, signal) => {
      const row = mustRead(id);
      const { endpoint, kind } = atRest(row);
      return atFiles.during(id, () => importBatch({ store, personalData, endpoint, kind, onKept: () => settle(mustRead(id)) }, row, lines, sha256, onProgress, AbortSignal.any([signal, closing.signal])));
    },
    batches: (id) => listBulkBatches(store.read, mustRead(id).id),
    sending: (id) => readBulkSending(store, id, kinds),
    resumeAll: () => {
      for (const row of listBulkRuns(store.read)) if (row.state === 'running' && !running.has(row.id)) begin(row);
    },
    close: async () => {
      closing.abort('close');
      for (const live of running.values()) live.controller.abort('close');
      await Promise.all([...Array.from(running.values(), ({ ended }) => ended), atFiles.ended()]);
    },
  };
}
