/** Runs and their items as windows and scripts see them. */
import type { BulkResult, BulkRun } from '../../../preload/contract/domains/bulk.ts';
import type { StateReason } from '../../../preload/contract/domains/basics.ts';
import { joinMarkings, standingMarking, viewMarking } from '../../policy/index.ts';
import { countBulkItems, listBulkReasons, listBulkResults, readBulkQueue, readDocument, readDocumentState, type BulkRunRow, type CaseStore, type EndpointRow } from '../../store/index.ts';
import type { BulkItemState } from '../../../preload/contract/domains/bulk.ts';
import type { BulkKind } from './kind.ts';
import type { Lanes } from './lanes.ts';
import type { Tally } from './tally.ts';

/** What is known of a run that works, beside what is stored. */
export interface LiveRun {
  readonly tally: Tally;
  readonly isDraining: boolean;
  /** Its failed and held items by reason, read again only when there are more. */
  readonly reasons: () => BulkRun['reasons'];
}

/** A run as it stands. One that no process works at is paused, whatever its last op says; `unkept` is why, where that could not be kept. */
export function showRun(store: CaseStore, row: BulkRunRow, live: LiveRun | null, unkept: StateReason | null, kinds: readonly BulkKind[], endpoint: EndpointRow | null, lanes: Lanes): BulkRun {
  const { spec } = row;
  const queue = readBulkQueue(store.read, row.id);
  const counted = live === null ? countBulkItems(store.read, row.id) : { byState: live.tally.byState, documents: live.tally.documents() };
  const { byState, documents } = counted;
  const state = row.state === 'running' && live === null ? 'paused' : row.state;
  const ratePerMinute = live?.tally.ratePerMinute() ?? null;
  const isListing = live !== null && !queue.is_listed;
  const left = byState.queued + byState.leased;
  return {
    run: row.id, kind: spec.kind, version: spec.version, title: kinds.find(({ kind }) => kind === spec.kind)?.title ?? spec.kind, parameters: spec.parameters,
    endpoint: { endpoint: spec.endpoint.endpoint, name: spec.endpoint.name, model: spec.endpoint.model },
    scope: spec.scope, budget: row.budget, isForBatch: spec.isForBatch, state,
    reason: row.reason ?? (state === row.state ? null : unkept ?? interrupted),
    isListing,
    counts: { total: Object.values(byState).reduce((sum, items) => sum + items, 0), ...byState, documents },
    reasons: live?.reasons() ?? listBulkReasons(store.read, row.id),
    spent: { requests: queue.requests, promptTokens: queue.prompt_tokens, completionTokens: queue.completion_tokens },
    ratePerMinute, leftMs: ratePerMinute === null || ratePerMinute === 0 || isListing || state !== 'running' ? null : (left * 60_000) / ratePerMinute,
    lane: endpoint === null || live === null ? null : lanes.state(endpoint),
    marking: viewMarking(spec.parametersMarking === null ? store.marking : joinMarkings(store.marking, spec.parametersMarking)),
    startedAt: row.started_at, changedAt: row.changed_at,
  };
}

const interrupted: StateReason = { code: 'bulk.interrupted', sentence: 'The program ended while it worked. What was kept is kept.' };

/** A page of a run's items. */
export function showResults(store: CaseStore, row: BulkRunRow, state: BulkItemState | null, offset: number, limit: number): { total: number; results: BulkResult[] } {
  const { byState } = countBulkItems(store.read, row.id);
  const total = state === null ? Object.values(byState).reduce((sum, items) => sum + items, 0) : byState[state];
  const results = listBulkResults(store.read, row.id, state, offset, limit).map((found): BulkResult => {
    const document = readDocument(store.read, found.document);
    const { answer } = found;
    const standing = standingMarking(store, document, readDocumentState(store.read, document.document).marking);
    return {
      item: found.item, document: document.id, documentNumber: document.document, title: document.title, path: document.path, start: found.start, end: found.end, state: found.state,
      reason: found.reason_code === null ? null : { code: found.reason_code, sentence: found.reason_sentence ?? '' }, answer, answeredAt: found.answered_at, marking: viewMarking(answer === null ? standing : joinMarkings(standing, answer.marking)), verdict: found.verdict,
      sending: answer?.sending ?? found.sending,
    };
  });
  return { total, results };
}
