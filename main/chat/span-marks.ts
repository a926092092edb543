import type { Marking } from '../../preload/contract/domains/basics.ts';
import { markingOfSpan, markingOfTitle, readMarks, type DocumentMarks } from '../policy/index.ts';
import type { CaseStore, DocumentRow } from '../store/index.ts';

/** What spans and titles of documents are marked. */
export interface MarksOfDocuments {
  readonly ofSpan: (span: { readonly document: DocumentRow; readonly start: number; readonly end: number }) => { readonly marking: Marking; readonly isWaiting: boolean };
  readonly ofTitle: (document: DocumentRow) => Marking;
}

/** Marks of documents, each read once for one question. */
export function rememberMarks(store: CaseStore): MarksOfDocuments {
  const marksByDocument = new Map<number, DocumentMarks>();
  const marksOf = (document: DocumentRow): DocumentMarks => {
    const marks = marksByDocument.get(document.document) ?? readMarks(store, document);
    marksByDocument.set(document.document, marks);
    return marks;
  };
  return {
    ofSpan: ({ document, start, end }) => {
      const { marking, waiting } = markingOfSpan(marksOf(document), store.marking, start, end);
      return { marking, isWaiting: waiting !== null };
    },
    ofTitle: (document) => markingOfTitle(marksOf(document), store.marking, document.title),
  };
}
