/** The sentence that answers a question about everything: what was counted, how many, of how many. Ours, never a model's. */
import type { ExhaustiveResult, ModelPlan, QueryPlan, TablePlan } from '../../../preload/contract/domains/exhaustive.ts';

/** How a query of messages only begins. */
const mailOnly = /^type:mail(?: +|$)/;

const number = (value: number): string => value.toLocaleString('en-US');

/** "1 document", "41,203 messages". */
export function counted(value: number, singular: string): string {
  return `${number(value)} ${value === 1 ? singular : `${singular}s`}`;
}

/** What is said when nothing was looked at: a count over nothing is no answer. */
export function nothingReadStatement({ inScope, skipped }: ExhaustiveResult['coverage']): string {
  if (inScope === 0) return 'Nothing could be read: there is no document in scope.';
  return `Nothing could be read: ${skipped.map(({ documents, sentence }) => `${counted(documents, 'document')} skipped (${sentence.replace(/\.$/, '')})`).join(', ')}.`;
}

/** A query of one word or phrase is something that documents mention; any other stands as it is. */
function saidOf(query: string, isOne: boolean): string {
  if (query === '') return isOne ? 'is in scope' : 'are in scope';
  const isOneTerm = /^(?:"[^"]+"|[\p{L}\p{N}][\p{L}\p{N}'’.-]*)$/u.test(query) && !/^(?:AND|OR|NOT)$/.test(query);
  return `${isOneTerm ? (isOne ? 'mentions' : 'mention') : isOne ? 'matches' : 'match'} ${query}`;
}

/** The answer of a plan by query. `messages` is how many messages were looked at; null where documents are counted. */
export function queryStatement({ wanted, of, query }: QueryPlan, { total, documents, coverage }: Pick<ExhaustiveResult, 'total' | 'documents' | 'coverage'>, messages: number | null): string {
  const lead = wanted === 'exists' ? (total === 0 ? 'No: ' : 'Yes: ') : '';
  const looked = messages === null ? `of the ${counted(coverage.lookedAt, 'document')} looked at` : `of the ${counted(messages, 'message')} looked at`;
  const none = lead === '' ? 'None' : 'none';
  if (of === 'mentions') return total === 0 ? `${lead}${none} ${looked} mentions ${query}.` : `${lead}${counted(total, 'mention')} of ${query} in ${counted(documents, 'document')}, ${looked}.`;
  const asked = messages === null ? query : query.replace(mailOnly, '');
  if (total === 0) return `${lead}${none} ${looked} ${saidOf(asked, true)}.`;
  return `${lead}${counted(total, of === 'messages' ? 'message' : 'document')} ${saidOf(asked, total === 1)}, ${looked}.`;
}

/** The plan of an answer and what it looked at, in lines. */
export function planLines({ plan, coverage, table }: ExhaustiveResult): string[] {
  const skipped = coverage.skipped.map(({ documents, sentence }) => `; ${counted(documents, 'document')} skipped: ${sentence.replace(/\.$/, '')}`).join('');
  return [
    plan.kind === 'query' ? `Plan: by query, ${plan.of}: ${plan.query}` : plan.kind === 'table' ? `Plan: rows of ${table?.title ?? 'a table'}: ${table?.words.join('; ') ?? ''}` : 'Plan: document by document with a model',
    '',
    [`Looked at ${number(coverage.lookedAt)} of ${counted(coverage.inScope, 'document')}${skipped}.`, ...coverage.notes].join(' '),
  ];
}

const figureWords = { sum: 'The sum of', avg: 'The average of', min: 'The least', max: 'The greatest' } as const;

/** The answer of a plan over the rows of a table. */
export function tableStatement({ measure, groupBy, limit }: TablePlan, { total, figure }: Pick<ExhaustiveResult, 'total' | 'figure'>): string {
  if (groupBy !== null) return `${counted(total, 'group')} of ${groupBy}${limit === null ? '' : `, at most ${limit} shown`}.`;
  if (!('column' in measure)) return total === 0 ? 'No row fits.' : measure.kind === 'count' ? `${figure ?? number(total)} ${total === 1 ? 'row fits' : 'rows fit'}.` : `${counted(total, 'row')}${limit === null ? '' : `, at most ${limit} shown`}.`;
  if (figure === null) return `No row that fits holds a figure in ${measure.column}.`;
  return measure.kind === 'min' || measure.kind === 'max' ? `${figureWords[measure.kind]} ${measure.column} is ${figure}, in ${counted(total, 'row')}.` : `${figureWords[measure.kind]} ${measure.column} over ${counted(total, 'row')} is ${figure}${measure.kind === 'avg' ? ', rounded' : ''}.`;
}

/** The answer of a model's reading, as we count it. What was not read makes it a least number. */
export function modelStatement({ wanted }: Pick<ModelPlan, 'wanted'>, { holding, unclear, different, coverage }: { readonly holding: number; readonly unclear: number; readonly different: number; readonly coverage: ExhaustiveResult['coverage'] }): string {
  const isWhole = coverage.lookedAt === coverage.inScope && unclear === 0;
  const looked = `of the ${counted(coverage.lookedAt, 'document')} read`;
  if (holding === 0) return `${wanted === 'exists' ? (isWhole ? 'No: none' : 'None was found: none') : 'None'} ${looked} holds it, as the model reads them.`;
  return `${wanted === 'exists' ? 'Yes: ' : ''}${isWhole || wanted === 'exists' ? '' : 'At least '}${counted(holding, 'document')} ${looked} ${holding === 1 ? 'holds' : 'hold'} it, as the model reads them, with ${different === 1 ? 'one thing' : `${number(different)} different things`} named.`;
}
