/** A plan that a model reads document by document for, through the bulk queue: durable, each item cleared by the guard, nothing asked twice that was kept. */
import type { ChatScope } from '../../../preload/contract/domains/chat.ts';
import type { ExhaustiveCoverage, ExhaustiveResult, ModelPlan } from '../../../preload/contract/domains/exhaustive.ts';
import type { Marking } from '../../../preload/contract/domains/basics.ts';
import type { BulkScope } from '../../../preload/contract/domains/bulk.ts';
import { AppError } from '../../base/errors.ts';
import { findDocument, readDocument, type CaseStore } from '../../store/index.ts';
import type { Bulk, Order } from '../bulk/index.ts';
import { mergeAnswers, modelHeads, type ReadPart } from './merge-answers.ts';
import type { PlanFound, RunOptions } from './run-plan.ts';
import { modelStatement } from './statement.ts';

const mostItems = 100_000;
/** Results that are read in one turn of the engine. */
const pageOfResults = 200;

/** What reading by a model needs. */
export interface ModelTools {
  readonly store: CaseStore;
  readonly bulk: Bulk;
}

/** The scope as the queue has it; documents with the same bytes are read once. */
function scopeOf(store: CaseStore, scope: ChatScope): BulkScope {
  switch (scope.kind) {
    case 'case': return { kind: 'case' };
    case 'search': return scope;
    case 'documents': {
      const firsts = scope.documents.map((id) => {
        const document = findDocument(store.read, id);
        if (document === null) throw new AppError('case.unknown-document', 'There is no such document in this case.', { data: { document: id } });
        return document.duplicateOf === null ? id : readDocument(store.read, document.duplicateOf).id;
      });
      return { kind: 'documents', documents: [...new Set(firsts)] };
    }
    case 'span': throw new AppError('case.bad-plan', 'A plan goes through documents, not through a part of one.');
  }
}

function orderOf(store: CaseStore, plan: ModelPlan, scope: ChatScope, questionMarking: Marking | null): Order {
  return { kind: 'question', parameters: { question: plan.question }, endpoint: plan.endpoint, scope: scopeOf(store, scope), budget: { tokens: null, requests: null }, parametersMarking: questionMarking, isForBatch: false };
}

/** What a model would be asked: how many requests, about how many tokens, and what would not be sent. Sends nothing. */
export async function previewModel({ store, bulk }: ModelTools, plan: ModelPlan, scope: ChatScope, questionMarking: Marking | null, signal: AbortSignal): Promise<{ readonly coverage: ExhaustiveCoverage; readonly requests: number; readonly tokens: number }> {
  const preview = await bulk.preview(orderOf(store, plan, scope, questionMarking), () => undefined, signal);
  const held = preview.held.reduce((sum, { items }) => sum + items, 0);
  const notes = [
    ...preview.held.map(({ rule, items }) => `${items.toLocaleString('en-US')} ${items === 1 ? 'request' : 'requests'} would be held: ${rule}.`),
    ...(preview.known > 0 ? [`${preview.known.toLocaleString('en-US')} were answered before and are not asked again.`] : []),
    preview.isOutside ? `Texts leave this laptop for ${preview.endpoint} (${preview.host ?? 'a file'}), with personal data replaced by stand-ins.` : `Texts go to ${preview.endpoint} on this laptop.`,
  ];
  return {
    coverage: { inScope: preview.documents, lookedAt: preview.documents - preview.withoutText, skipped: preview.withoutText === 0 ? [] : [{ code: 'no-text', sentence: 'It has no text.', documents: preview.withoutText }], copies: 0, notes },
    requests: preview.items - preview.known - held, tokens: preview.promptTokens + preview.completionTokens,
  };
}

/** Has every document read, then counts. When it is stopped the run pauses; asked again, it goes on from what is kept. Rejects as the queue does, or with the signal's reason. */
export async function runModel({ store, bulk }: ModelTools, plan: ModelPlan, scope: ChatScope, questionMarking: Marking | null, { signal, onProgress }: RunOptions): Promise<PlanFound> {
  const { run } = await bulk.start(orderOf(store, plan, scope, questionMarking));
  const ended = await bulk.watch(run, ({ counts }) => onProgress(counts.done + counts.failed + counts.held, counts.total), signal).catch((error: unknown) => {
    if (signal.aborted && bulk.read(run).state === 'running') bulk.pause(run);
    throw error;
  });
  const parts: ReadPart[] = [];
  for (;;) {
    const { total, results } = bulk.results(run, null, parts.length, pageOfResults);
    parts.push(...results);
    if (parts.length >= total || results.length === 0) break;
    await new Promise(setImmediate);
    signal.throwIfAborted();
  }
  const found = mergeAnswers(parts);
  const stopped = ended.state === 'done' ? [] : [`The reading stopped before its end. ${ended.reason?.sentence ?? ''}`.trim()];
  const merged = { ...found, coverage: { ...found.coverage, notes: [...stopped, ...found.coverage.notes] } };
  const result: ExhaustiveResult = {
    plan, coverage: merged.coverage, total: merged.holding, of: 'documents', documents: merged.holding, listed: Math.min(merged.items.length, mostItems), figure: null, heads: [...modelHeads], table: null, run,
  };
  return { statement: modelStatement(plan, merged), result, items: merged.items.slice(0, mostItems) };
}
