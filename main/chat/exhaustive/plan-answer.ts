import type { Marking, TurnId } from '../../../preload/contract/domains/basics.ts';
import type { Answer, Citation } from '../../../preload/contract/domains/chat.ts';
import { joinMarkings, viewMarking } from '../../policy/index.ts';
import { findDocument, type CaseStore, type EndpointRow } from '../../store/index.ts';
import { rememberMarks } from '../span-marks.ts';
import { createPacer, itemShower, keepItems } from './list-items.ts';
import type { PlanFound } from './run-plan.ts';
import { nothingReadStatement } from './statement.ts';

/** Items whose quotes stand in the answer itself; the list holds all. */
const citedItems = 20;

/** What made the answer, by the kind of its plan. */
const writers = { query: 'Query over every document', table: 'Rows of a table', model: 'Document by document' } as const;

/** Keeps what a plan found and makes the answer of it, marked as everything in it. `endpoint` is whose model read the documents; null where none did. A question that is not marked counts as its case. */
export async function planAnswer(store: CaseStore, turn: TurnId, { statement, result, items }: PlanFound, questionMarking: Marking | null, endpoint: EndpointRow | null = null): Promise<Omit<Answer, 'tookMs'>> {
  const { coverage, total, plan } = result;
  const marksOf = rememberMarks(store);
  const show = itemShower(store, marksOf, plan.kind);
  const pace = createPacer();
  let marking = questionMarking ?? store.marking;
  const citations: Citation[] = [];
  for (const [index, item] of items.entries()) {
    const shown = show(item, index + 1);
    if (shown === null) continue;
    marking = joinMarkings(marking, shown.marking);
    if (index < citedItems && shown.item.citation !== null) citations.push(shown.item.citation);
    await pace();
  }
  // A figure is of all rows, also where it lists none of them.
  const table = result.plan.kind === 'table' ? findDocument(store.read, result.plan.document) : null;
  if (table !== null) marking = joinMarkings(joinMarkings(marking, marksOf.ofTitle(table)), marksOf.ofSpan({ document: table, start: 0, end: Number.MAX_SAFE_INTEGER }).marking);
  await keepItems(store, turn, items, marking);
  const isNothingRead = coverage.lookedAt === 0;
  // Only what we counted ourselves, over everything in scope, stands on its own: a model may have misread, and what was skipped may hold more.
  const isOurs = plan.kind !== 'model' && coverage.lookedAt === coverage.inScope;
  return {
    state: isNothingRead ? 'no-support' : 'answered',
    sentences: [{ text: isNothingRead ? nothingReadStatement(coverage) : statement, support: isNothingRead ? 'uncited' : isOurs ? 'supported' : 'partly', citations: citations.map(({ number }) => number), missing: null, nearest: null }],
    citations,
    coverage: { documents: coverage.inScope, read: coverage.lookedAt, withoutText: coverage.inScope - coverage.lookedAt, passages: total },
    model: endpoint === null ? { kind: 'extractive', name: writers[plan.kind], model: null } : { kind: 'endpoint', name: endpoint.name, model: endpoint.profile.model },
    marking: viewMarking(marking),
    fault: null,
    exhaustive: result,
  };
}
