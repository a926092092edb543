import type { Marking } from '../../preload/contract/domains/basics.ts';
import { markingOfSpan, readMarks, type DocumentMarks } from '../policy/index.ts';
import type { CaseStore, DocumentRow } from '../store/index.ts';

/** Marks of documents, each read once for one question. */
export function rememberMarks(store: CaseStore): (span: { readonly document: DocumentRow; readonly start: number; readonly end: number }) => { readonly marking: Marking; readonly isWaiting: boolean } {
  const marksByDocument = new Map<number, DocumentMarks>();
  return ({ document, start, end }) => {
    const marks = marksByDocument.get(document.document) ?? readMarks(store, document);
    marksByDocument.set(document.document, marks);
    const { marking, waiting } = markingOfSpan(marks, store.marking, start, end);
    return { marking, isWaiting: waiting !== null };
  };
}
