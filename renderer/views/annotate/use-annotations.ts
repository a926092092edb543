/** The annotations of one document, and of the whole case as far as it is drawn. */
import { useQueries, type UseQueryResult } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { CaseId, DocumentId } from '../../../preload/contract/domains/basics.ts';
import type { Annotation } from '../../../preload/contract/domains/annotations.ts';
import type { Output } from '../../../preload/contract/routes.ts';
import { call } from '../../lib/client.ts';
import { keyOf, useRoute } from '../../lib/queries.ts';
import { type DrawnRange, windowRows, windowsOf } from '../../lib/set-rows.ts';

const pageSize = 1000;
const none: readonly Annotation[] = [];

/** What is known of a list of annotations; `total` is undefined until it is known. */
export interface KnownAnnotations {
  readonly total: number | undefined;
  readonly error: Error | null;
  readonly retry: () => void;
}

/** Module-level, so that the library keeps its result while nothing changed. */
function annotationsOf(pages: readonly UseQueryResult<Output<'annotations.list'>, Error>[]): readonly Annotation[] {
  return pages.flatMap((page) => page.data?.annotations ?? []);
}

/** All annotations of a document in text order; a null document has none. */
export function useDocumentAnnotations(caseId: CaseId, document: DocumentId | null): KnownAnnotations & { readonly annotations: readonly Annotation[] } {
  const input = { case: caseId, document, limit: pageSize };
  const first = useRoute('annotations.list', input, { enabled: document !== null });
  const total = document === null ? undefined : first.data?.total;
  const offsets = Array.from({ length: Math.max(0, Math.ceil((total ?? 0) / pageSize) - 1) }, (_, index) => (index + 1) * pageSize);
  const more = useQueries({
    queries: offsets.map((offset) => ({
      queryKey: keyOf('annotations.list', { ...input, offset }),
      queryFn: ({ signal }: { signal: AbortSignal }) => call('annotations.list', { ...input, offset }, { signal }),
    })),
    combine: annotationsOf,
  });
  const annotations = useMemo(
    () => (document === null || first.data === undefined ? none : more.length === 0 ? first.data.annotations : [...first.data.annotations, ...more]),
    [document, first.data, more],
  );
  return { annotations, total, error: document === null ? null : first.error, retry: () => void first.refetch() };
}

/** The annotations of the case by position, as far as they are drawn; `label` narrows them. */
export function useCaseAnnotations(caseId: CaseId, label: string | null, drawn: DrawnRange): KnownAnnotations & { readonly annotationAt: (index: number) => Annotation | undefined } {
  const input = { case: caseId, document: null, label, limit: windowRows };
  const first = useRoute('annotations.list', input);
  const total = first.data?.total;
  const offsets = windowsOf(drawn, total ?? 0).filter((offset) => offset > 0);
  const more = useQueries({
    queries: offsets.map((offset) => ({
      queryKey: keyOf('annotations.list', { ...input, offset }),
      queryFn: ({ signal }: { signal: AbortSignal }) => call('annotations.list', { ...input, offset }, { signal }),
    })),
  });
  const annotationAt = (index: number): Annotation | undefined => {
    const offset = index - (index % windowRows);
    const page = offset === 0 ? first.data : more[offsets.indexOf(offset)]?.data;
    return page?.annotations[index - offset];
  };
  return { annotationAt, total, error: first.error ?? more.find((page) => page.error !== null)?.error ?? null, retry: () => void first.refetch() };
}
