/** What is marked in the document of the triage view: hits of the last search, annotations, the passage that was opened. */
import { useMemo } from 'react';
import type { CaseId, DocumentId, Span } from '../../../preload/contract/domains/basics.ts';
import type { MarkKind, ReaderMark } from '../../lib/reader/index.tsx';
import { useRoute } from '../../lib/queries.ts';

/** A highlight group of the search: its number, the words it found as they stand, and how often. */
export interface HitWords {
  readonly group: 1 | 2 | 3;
  readonly words: string;
  readonly count: number;
}

export interface DocumentMarks {
  readonly marks: readonly ReaderMark[];
  readonly groups: readonly HitWords[];
}

interface Hit extends Span {
  readonly group: number;
}

const hitKinds: readonly MarkKind[] = ['hit-1', 'hit-2', 'hit-3'];
const labelKinds: readonly MarkKind[] = ['label-1', 'label-2', 'label-3', 'label-4', 'label-5', 'label-6'];

/** Names each group by its two most frequent forms. `text` is what is loaded of the document, from its beginning. */
export function wordsOf(hits: readonly Hit[], text: string): readonly HitWords[] {
  return ([1, 2, 3] as const).flatMap((group) => {
    const own = hits.filter((hit) => hit.group === group);
    if (own.length === 0) return [];
    const counts = new Map<string, number>();
    for (const hit of own) {
      const form = text.slice(hit.start, hit.end).toLowerCase().replace(/\s+/g, ' ');
      if (form !== '') counts.set(form, (counts.get(form) ?? 0) + 1);
    }
    const forms = [...counts].sort((a, b) => b[1] - a[1]).slice(0, 2).map(([form]) => form);
    return [{ group, words: forms.length === 0 ? `Term ${group}` : forms.join(', '), count: own.length }];
  });
}

/** The marks of the shown document, in text order. */
export function useDocumentMarks(caseId: CaseId, document: DocumentId, hasText: boolean, query: string, passage: Span | null): DocumentMarks {
  const wantsHits = hasText && query !== '';
  const hits = useRoute('search.highlights', { case: caseId, document, query }, { enabled: wantsHits }).data?.hits;
  const text = useRoute('documents.text', { case: caseId, document }, { enabled: wantsHits }).data?.text;
  const annotations = useRoute('annotations.list', { case: caseId, document }, { enabled: hasText }).data?.annotations;
  const labels = useRoute('annotations.labels', { case: caseId }).data?.labels;
  return useMemo(() => {
    const marks: ReaderMark[] = [];
    for (const hit of wantsHits ? hits ?? [] : []) {
      marks.push({ id: `hit-${hit.start}`, start: hit.start, end: hit.end, kind: hitKinds[hit.group - 1] ?? 'hit-1', label: 'Search hit' });
    }
    for (const annotation of annotations ?? []) {
      if (annotation.anchor === 'lost') continue;
      const label = labels?.find((one) => one.label === annotation.label);
      const kind = labelKinds[(label?.slot ?? 1) - 1] ?? 'label-1';
      marks.push({ id: annotation.annotation, start: annotation.start, end: annotation.end, kind, label: `Annotation: ${label?.name ?? annotation.label}`, ...(label !== undefined && { tag: label.tag }) });
    }
    if (passage !== null) marks.push({ id: 'passage', start: passage.start, end: passage.end, kind: 'quote', label: 'Opened passage' });
    marks.sort((a, b) => a.start - b.start || b.end - a.end);
    return { marks, groups: wantsHits ? wordsOf(hits ?? [], text ?? '') : [] };
  }, [wantsHits, hits, text, annotations, labels, passage]);
}
