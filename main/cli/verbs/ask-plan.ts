/** Questions about everything in scope, as `ask` prints them: the plan, the whole list, what was looked at and what was not. */
import type { Answer, Turn } from '../../../preload/contract/domains/chat.ts';
import type { ExhaustiveResult, Planned, QuestionPlan } from '../../../preload/contract/domains/exhaustive.ts';
import type { Input } from '../../../preload/contract/routes.ts';
import { UsageError, type Options } from '../options.ts';
import type { Session } from '../session.ts';

/** What is to be done for a question: a plan to run, or null for passages; `note` says why an exhaustive one is answered from passages. */
export interface PlanChoice {
  readonly planned: Planned;
  readonly plan: QuestionPlan | null;
  readonly note: string | null;
}

/** Plans a question as the options say. Throws UsageError when they contradict each other. */
export async function planFor(session: Session, asked: Input<'chat.plan'>, options: Options): Promise<PlanChoice> {
  const chosen = ['plan', 'exhaustive', 'passages'].filter((option) => options[option] === true);
  if (chosen.length > 1) throw new UsageError('--plan, --exhaustive and --passages say different things: give one');
  if (options['passages'] === true) return { planned: { isExhaustive: false, wanted: null, ways: [], why: null }, plan: null, note: null };
  const planned = await session.call('chat.plan', asked);
  const [way] = planned.ways;
  if (!planned.isExhaustive) return { planned, plan: null, note: null };
  // A model is never asked about every document without the person's word.
  const isRun = way !== undefined && (options['exhaustive'] === true || (way.isCertain && way.requests === 0));
  if (isRun) return { planned, plan: way.plan, note: null };
  return { planned, plan: null, note: ['Answered from passages, not from every document.', planned.why, ...(way?.doubts ?? [])].filter(Boolean).join(' ') };
}

/** The plan in lines for people. */
export function planLines({ isExhaustive, ways, why }: Planned): string[] {
  if (!isExhaustive) return ['Answered from passages: the question is not about everything in scope.'];
  return [
    ...(why === null ? [] : [why]),
    ...ways.flatMap(({ plan, isCertain, doubts, coverage, requests, tokens, table }) => [
      plan.kind === 'query' ? `By query, ${plan.of}: ${plan.query}` : plan.kind === 'table' ? `By rows of ${table?.title ?? 'a table'}: ${table?.words.join('; ') ?? ''}` : 'Document by document with a model',
      isCertain ? '  certain: run as it is' : `  not certain: ${doubts.join(' ')}`,
      `  ${coverage.lookedAt} of ${coverage.inScope} documents${coverage.skipped.map(({ documents, sentence }) => `, ${documents} skipped: ${sentence}`).join('')}`,
      `  ${requests} requests, about ${tokens} tokens`,
    ]),
  ];
}

/** Everything that was found, in its order, as sentences of the answer. */
export async function listedSentences(session: Session, caseId: Input<'chat.items'>['case'], turn: Turn) {
  const out: { text: string; support: 'supported' | 'uncited'; citations: Pick<Answer['citations'][number], 'document' | 'path' | 'page' | 'start' | 'end' | 'quote' | 'check'>[]; cells?: { name: string; text: string }[] }[] = [];
  const listed = turn.answer?.exhaustive?.listed ?? 0;
  while (out.length < listed) {
    const { items } = await session.call('chat.items', { case: caseId, turn: turn.turn, offset: out.length, limit: 500 });
    if (items.length === 0) break;
    for (const { title, citation, cells } of items) {
      const cited = citation === null ? [] : [{ document: citation.document, path: citation.path, page: citation.page, start: citation.start, end: citation.end, quote: citation.quote, check: citation.check }];
      out.push({ text: citation?.quote ?? title, support: citation === null ? 'uncited' : 'supported', citations: cited, ...(cells.length === 0 ? {} : { cells: cells.map(({ name, text }) => ({ name, text })) }) });
    }
  }
  return out;
}

/** What is told beside the usual coverage. A question that was answered from passages although it asked for everything says so. */
export function coverageFields({ exhaustive }: Answer, { planned, note }: PlanChoice): object {
  if (exhaustive === undefined) return planned.isExhaustive ? { exhaustive: false, note } : {};
  const { plan, coverage, total, of, documents, figure } = exhaustive;
  return { exhaustive: true, plan, total, of, inDocuments: documents, figure, ...coverage };
}

/** "Looked at 40 of 43 documents; 1 skipped: This PDF has no text layer." */
export function coverageLine({ coverage }: ExhaustiveResult): string {
  const skipped = coverage.skipped.map(({ documents, sentence }) => `; ${documents} skipped: ${sentence.replace(/\.$/, '')}`).join('');
  return [`Looked at ${coverage.lookedAt} of ${coverage.inScope} documents${skipped}.`, ...coverage.notes].join(' ');
}
