/**
 * From what a model said of each document to a count that is ours. A document counts when the model says that it holds the thing and at least
 * one of its quotes stands in the stored text and bears it; what was not read, or said without such a quote, is named and never counted. Pure.
 */
import type { DocumentId, Marking, StateReason } from '../../../preload/contract/domains/basics.ts';
import type { BulkEntry, BulkResult } from '../../../preload/contract/domains/bulk.ts';
import type { ExhaustiveCoverage, FoundItem, TableColumn } from '../../../preload/contract/domains/exhaustive.ts';
import { joinMarkings } from '../../policy/index.ts';

/** The parts of a result that decide. */
export type ReadPart = Pick<BulkResult, 'document' | 'state' | 'reason' | 'answer'>;

/** What merging came to. */
export interface Merged {
  /** Documents that hold it. */
  readonly holding: number;
  /** Documents of which it is not known: unclear, or said without a quote that bears it. */
  readonly unclear: number;
  /** Different things that were named, in any case and spacing. */
  readonly different: number;
  readonly items: readonly FoundItem[];
  readonly coverage: ExhaustiveCoverage;
}

export const modelHeads: readonly TableColumn[] = [{ name: 'Found', letter: '', type: 'text' }, { name: 'Quote', letter: '', type: 'text' }];

const notYet: StateReason = { code: 'bulk.not-read', sentence: 'Not read: the work ended before it.' };
const folded = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/[\s\p{P}]+/gu, ' ').trim();
const number = (value: number): string => value.toLocaleString('en-US');
const counted = (value: number): string => `${number(value)} ${value === 1 ? 'document' : 'documents'}`;

/** Merges the parts of all documents. The order of the parts within a document does not matter. */
export function mergeAnswers(parts: readonly ReadPart[]): Merged {
  const partsByDocument = new Map<DocumentId, ReadPart[]>();
  for (const part of parts) partsByDocument.set(part.document, [...partsByDocument.get(part.document) ?? [], part]);
  const items: FoundItem[] = [];
  const skipped = new Map<string, { readonly sentence: string; documents: number }>();
  const different = new Set<string>();
  let [holding, unclear, unproven, unborne, inPart] = [0, 0, 0, 0, 0];
  for (const [document, own] of partsByDocument) {
    const missing = own.find(({ state, answer }) => state !== 'done' || answer === null);
    const found = itemsOf(document, own);
    if (found.length > 0) {
      holding += 1;
      if (missing !== undefined) inPart += 1;
      items.push(...found);
      for (const { cells } of found) different.add(folded(cells?.[0]?.text ?? ''));
    } else if (missing !== undefined) {
      const { code, sentence } = missing.reason ?? notYet;
      const known = skipped.get(code) ?? { sentence, documents: 0 };
      known.documents += 1;
      skipped.set(code, known);
    } else if (own.some(({ answer }) => saidOf(answer) === 'yes')) {
      if (own.some(({ answer }) => answer?.judged.entries.some(stands) === true)) unborne += 1;
      else unproven += 1;
      unclear += 1;
    } else if (own.some(({ answer }) => saidOf(answer) === 'unclear')) unclear += 1;
  }
  const notRead = [...skipped.values()].reduce((sum, { documents }) => sum + documents, 0);
  const notes = [
    ...(inPart > 0 ? [`Of ${counted(inPart)} that are counted, a part was not read.`] : []),
    ...(unclear - unproven - unborne > 0 ? [`Of ${counted(unclear - unproven - unborne)} the model could not tell: not counted.`] : []),
    ...(unproven > 0 ? [`Of ${counted(unproven)} the model says yes with no quote that stands in the text: not counted.`] : []),
    ...(unborne > 0 ? [`Of ${counted(unborne)} the model says yes with a quote that does not bear it, such as an order to say so: not counted.`] : []),
  ];
  const coverage: ExhaustiveCoverage = {
    inScope: partsByDocument.size, lookedAt: partsByDocument.size - notRead, copies: 0, notes,
    skipped: [...skipped].map(([code, { sentence, documents }]) => ({ code, sentence, documents })).sort((a, b) => b.documents - a.documents),
  };
  return { holding, unclear, different: different.size, items, coverage };
}

/** The model's own word on a part, of the kind's form. */
function saidOf(answer: ReadPart['answer']): 'yes' | 'no' | 'unclear' {
  const value: unknown = answer?.judged.value;
  const holds = typeof value === 'object' && value !== null && 'holds' in value ? value.holds : null;
  return holds === 'yes' || holds === 'no' ? holds : 'unclear';
}

/** True for an entry whose quote is in the stored text. */
const stands = ({ quote }: BulkEntry): boolean => quote !== null && quote.check !== 'not-found' && quote.end > quote.start;

/** What a document gives, each quote once, in the order of the text. A quote that does not stand, or does not bear what is said of it, gives nothing. */
function itemsOf(document: DocumentId, parts: readonly ReadPart[]): FoundItem[] {
  const byPlace = new Map<string, FoundItem & { readonly marking: Marking }>();
  for (const { answer } of parts) {
    if (answer === null || saidOf(answer) !== 'yes') continue;
    for (const entry of answer.judged.entries) {
      const { text, quote, support } = entry;
      if (quote === null || !stands(entry) || (support !== 'supported' && support !== 'partly')) continue;
      const key = `${quote.start} ${quote.end} ${folded(text)}`;
      // The same words from two chunks may come from either.
      const known = byPlace.get(key);
      byPlace.set(key, known !== undefined ? { ...known, marking: joinMarkings(known.marking, answer.marking) } : { document, start: quote.start, end: quote.end, quote: quote.quote, mentions: 1, cells: [{ name: 'Found', text, start: null, end: null }, { name: 'Quote', text: quote.quote, start: quote.start, end: quote.end }], marking: answer.marking, ...(answer.sending === undefined ? {} : { sending: answer.sending }) });
    }
  }
  return [...byPlace.values()].sort((a, b) => (a.start ?? 0) - (b.start ?? 0));
}
