/** The keys that every document has, wherever it is read. */
import { type RefObject, useMemo } from 'react';
import type { CaseId, DocumentId } from '../../../preload/contract/domains/basics.ts';
import type { DocumentDetail } from '../../../preload/contract/domains/documents.ts';
import { type Command, useCommands } from '../commands.ts';
import { useRoute } from '../queries.ts';
import { openFind } from './find-state.ts';

/** The documents that A goes through from here: a parent's attachments, then the parent again. Empty when there is no family. */
export function familyRing(detail: DocumentDetail, parent: DocumentDetail | undefined): readonly DocumentId[] {
  if (detail.attachments.length > 0) return [detail.document, ...detail.attachments.map((one) => one.document)];
  if (parent === undefined) return detail.parent === null ? [] : [detail.parent.document, detail.document];
  return [parent.document, ...parent.attachments.map((one) => one.document)];
}

/** What useReaderCommands needs; `startCaret` is null where the rendering has no caret. */
export interface ReaderCommandsOptions {
  readonly case: CaseId;
  readonly document: DocumentId;
  readonly detail: DocumentDetail | undefined;
  readonly scrollerRef: RefObject<HTMLElement | null>;
  readonly onOpenDocument: (document: DocumentId) => void;
  readonly startCaret: (() => void) | null;
}

/** Registers paging, attachments, find and keyboard selection. */
export function useReaderCommands({ case: caseId, document, detail, scrollerRef, onOpenDocument, startCaret }: ReaderCommandsOptions): void {
  const parentId = detail?.parent?.document;
  const parent = useRoute('documents.get', { case: caseId, document: parentId ?? document }, { enabled: parentId !== undefined }).data;
  useCommands(useMemo((): readonly Command[] => {
    const ring = detail === undefined ? [] : familyRing(detail, parent);
    const at = detail === undefined ? -1 : ring.indexOf(detail.document);
    const family = (by: number) => (): void => {
      const next = ring.at((at + by + ring.length) % ring.length);
      if (next !== undefined) onOpenDocument(next);
    };
    const page = (by: number) => (): void => {
      const scroller = scrollerRef.current;
      if (scroller !== null) scroller.scrollTop += by * (scroller.clientHeight - 48);
    };
    return [
      { id: 'reader.page-down', name: 'Page down in the document', group: 'Document', keys: ['Space'], run: page(1) },
      { id: 'reader.page-up', name: 'Page up in the document', group: 'Document', keys: ['Shift+Space'], run: page(-1) },
      { id: 'reader.next-attachment', name: 'Next attachment', group: 'Document', keys: ['A'], enabled: ring.length > 1, run: family(1) },
      { id: 'reader.previous-attachment', name: 'Previous attachment', group: 'Document', keys: ['Shift+A'], enabled: ring.length > 1, run: family(-1) },
      { id: 'reader.find', name: 'Find in document', group: 'Document', keys: ['Ctrl+F'], enabled: detail?.state === 'text', run: openFind },
      { id: 'reader.select', name: 'Select text by keyboard', group: 'Document', keys: ['V'], enabled: startCaret !== null, run: () => startCaret?.() },
    ];
  }, [detail, parent, scrollerRef, onOpenDocument, startCaret]));
}
