/** The invisible words over a page or a picture that OCR read: each lies in its box and is tied to its span of the canonical text. */
import { type RefObject, useEffect, useState } from 'react';
import type { CaseId, DocumentId } from '../../../preload/contract/domains/basics.ts';
import { call } from '../client.ts';
import { keyOf, queryClient } from '../queries.ts';
import css from './read-words.module.css';

/** Lays the words out in the layer while it is there. The answer grows by one whenever there are new ones; 0 means none. */
export function useReadWords(options: { readonly case: CaseId; readonly document: DocumentId; readonly page: number; readonly isWanted: boolean; readonly layerRef: RefObject<HTMLElement | null> }): number {
  const { case: caseId, document, page, isWanted, layerRef } = options;
  const [version, setVersion] = useState(0);
  useEffect(() => {
    const layer = layerRef.current;
    if (!isWanted || layer === null) return;
    let isGone = false;
    const lay = async (): Promise<void> => {
      const input = { case: caseId, document, page };
      const { reading } = await queryClient.fetchQuery({ queryKey: keyOf('documents.page-words', input), queryFn: ({ signal }) => call('documents.page-words', input, { signal }) });
      if (isGone || reading === null || reading.end <= reading.start) return;
      const { text } = await call('documents.text', { case: caseId, document, from: reading.start, limit: reading.end - reading.start });
      if (isGone) return;
      layer.replaceChildren(...reading.words.map((word) => {
        const element = window.document.createElement('span');
        element.className = css['word'] ?? '';
        element.textContent = text.slice(word.start - reading.start, word.end - reading.start);
        Object.assign(element.dataset, { start: String(word.start), end: String(word.end), box: '' });
        Object.assign(element.style, { left: `${word.left / 10}%`, top: `${word.top / 10}%`, width: `${(word.right - word.left) / 10}%`, height: `${(word.bottom - word.top) / 10}%` });
        return element;
      }));
      setVersion((before) => before + 1);
    };
    lay().catch((error: unknown) => { if (!isGone) console.error('The words that OCR read could not be laid out.', error instanceof Error ? error.name : typeof error); });
    return () => {
      isGone = true;
      layer.replaceChildren();
      setVersion(0);
    };
  }, [caseId, document, page, isWanted, layerRef]);
  return version;
}
