/** What a plan looks at and what it cannot, with reasons. The numbers add up: in scope = looked at + skipped. */
import type { ExhaustiveCoverage } from '../../../preload/contract/domains/exhaustive.ts';
import type { ScopeCount } from '../../store/reader.ts';

/** Numbers of the documents asked of; null is the whole case. */
export type ScopeNumbers = readonly number[] | null;

const number = (value: number): string => value.toLocaleString('en-US');
const documents = (count: number): string => `${number(count)} ${count === 1 ? 'document' : 'documents'}`;

/** What decides on what is looked at. */
export interface Looking {
  /** False when every document can be looked at, text or none. */
  readonly needsText: boolean;
  readonly needsDate: boolean;
}

/** Coverage of a scope. */
export function coverageOf(counts: readonly ScopeCount[], { needsText, needsDate }: Looking): ExhaustiveCoverage {
  const inScope = counts.reduce((sum, each) => sum + each.documents, 0);
  const copies = counts.reduce((sum, each) => sum + each.copies, 0);
  const skipped = needsText
    ? counts.filter(({ state }) => state !== 'text').map(({ state, code, sentence, documents: count }) => ({ code: code ?? state, sentence: sentence ?? (state === 'quarantined' ? 'Held in quarantine.' : 'No text.'), documents: count }))
    : [];
  const lookedAt = inScope - skipped.reduce((sum, each) => sum + each.documents, 0);
  const notes: string[] = [];
  const inPart = counts.filter(({ state, code }) => state === 'text' && code !== null).reduce((sum, each) => sum + each.documents, 0);
  if (needsText && inPart > 0) notes.push(`${documents(inPart)} could be read in part only.`);
  const undated = counts.filter(({ state }) => !needsText || state === 'text').reduce((sum, each) => sum + each.undated, 0);
  if (needsDate && undated > 0) notes.push(`${documents(undated)} without a known date cannot match one.`);
  if (copies > 0) notes.push(`${number(copies)} further ${copies === 1 ? 'copy' : 'copies'} with the same bytes ${copies === 1 ? 'is' : 'are'} not counted again.`);
  return { inScope, lookedAt, skipped, copies, notes };
}

/** A plan over a sheet looks at the one document that holds it. */
export const oneTable: ExhaustiveCoverage = { inScope: 1, lookedAt: 1, skipped: [], copies: 0, notes: [] };
