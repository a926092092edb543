import type { DocumentLine } from '../../../preload/contract/domains/documents.ts';
import { readContent, readDocument, readDocumentState, type DocumentRow, type ReadDb } from '../../store/index.ts';

const iso = (timeMs: number | null | undefined): string | null => (timeMs === null || timeMs === undefined ? null : new Date(timeMs).toISOString());

/** A document as the headless door lists it (notes/cli.md). */
export function documentLine(db: ReadDb, document: DocumentRow): DocumentLine {
  const content = document.content === null ? null : readContent(db, document.content);
  return {
    id: document.id,
    path: document.path,
    parent: document.parent === null ? null : readDocument(db, document.parent).id,
    duplicateOf: document.duplicateOf === null ? null : readDocument(db, document.duplicateOf).id,
    sha256: content === null ? null : Buffer.from(content.sha256).toString('hex'),
    type: document.type,
    mediaType: content?.mediaType ?? 'application/octet-stream',
    state: document.state,
    reason: document.reason,
    pages: content?.pageCount ?? null,
    chars: content?.chars ?? 0,
    dates: { sent: iso(content?.mail?.sentAt), created: iso(content?.createdAt), modified: iso(content?.modifiedAt) },
    from: content?.mail?.from ?? [],
    to: content?.mail?.to ?? [],
    subject: content?.mail?.subject ?? null,
    author: content?.author ?? null,
    language: content?.language ?? null,
    sizeBytes: document.sizeBytes,
    marking: readDocumentState(db, document.document).marking,
  };
}
