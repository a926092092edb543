import type { OpenOptions } from '../../store/index.ts';
import type { CaseReader } from './case-reader.ts';
export type { CaseReader, FoundSentence, ReadingCoverage } from './case-reader.ts';
export function createCaseReader(_options: { readonly readerOptions: OpenOptions }): CaseReader {
  return { read: () => Promise.resolve({ sentences: [], coverage: { documents: 0, read: 0, withoutText: 0, passages: 0 } }), close: () => Promise.resolve() };
}
