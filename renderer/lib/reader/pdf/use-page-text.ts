/** The invisible text over a page: pdf.js lays it out, and each item is tied to its span of the canonical text. */
import { TextLayer, type PDFPageProxy } from 'pdfjs-dist';
import { type RefObject, useEffect, useState } from 'react';
import type { CaseId, DocumentId } from '../../../../preload/contract/domains/basics.ts';
import { call, isEngineError } from '../../client.ts';
import { keyOf, queryClient } from '../../queries.ts';

async function itemsOf(caseId: CaseId, document: DocumentId, page: number): Promise<{ readonly starts: readonly number[]; readonly ends: readonly number[] }> {
  const input = { case: caseId, document, page };
  try {
    return await queryClient.fetchQuery({ queryKey: keyOf('documents.page-items', input), queryFn: ({ signal }) => call('documents.page-items', input, { signal }) });
  } catch (error) {
    // A page without canonical text can still be read and copied; only marks and selections have nothing to hold on to.
    if (isEngineError(error, 'case.no-page', 'case.no-text')) return { starts: [], ends: [] };
    throw error;
  }
}

/** Lays the text out over a page while it is drawn. The answer grows by one whenever there is new text; 0 means none yet. */
export function usePageText(options: { readonly case: CaseId; readonly document: DocumentId; readonly page: PDFPageProxy | null; readonly layerRef: RefObject<HTMLDivElement | null> }): number {
  const { case: caseId, document, page, layerRef } = options;
  const [version, setVersion] = useState(0);
  useEffect(() => {
    const container = layerRef.current;
    if (page === null || container === null) return;
    let isGone = false;
    let layer: TextLayer | null = null;
    const lay = async (): Promise<void> => {
      const [content, items] = await Promise.all([page.getTextContent(), itemsOf(caseId, document, page.pageNumber)]);
      if (isGone) return;
      layer = new TextLayer({ textContentSource: content, container, viewport: page.getViewport({ scale: 1 }) });
      await layer.render();
      if (isGone) return;
      for (const [index, element] of layer.textDivs.entries()) {
        const start = items.starts[index];
        const end = items.ends[index];
        if (start === undefined || end === undefined || end <= start) continue;
        element.dataset['start'] = String(start);
        element.dataset['end'] = String(end);
      }
      setVersion((before) => before + 1);
    };
    lay().catch((error: unknown) => { if (!isGone) console.error('The text over a page could not be laid out.', error instanceof Error ? error.name : typeof error); });
    return () => {
      isGone = true;
      layer?.cancel();
      container.replaceChildren();
      setVersion(0);
    };
  }, [caseId, document, page, layerRef]);
  return version;
}
