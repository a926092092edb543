import type { DocumentType } from '../../preload/contract/domains/basics.ts';

/** Which extractor reads a file that is held whole. */
export type FileReaderName = 'plain-text' | 'markdown' | 'csv' | 'html' | 'mail' | 'pdf' | 'word' | 'apple-mail' | 'outlook-message' | 'calendar' | 'rtf' | 'spreadsheet' | 'presentation' | 'opendocument' | 'book' | 'saved-page' | 'drawing' | 'embedded-object' | 'word-binary' | 'presentation-binary'
  | 'recording' | 'iwork' | 'fixed-layout' | 'visio' | 'metafile' | 'signed-data' | 'one-note' | 'data-table' | 'wordperfect' | 'transport-file' | 'prose-markup' | 'publication' | 'cad-drawing' | 'image' | 'help-file' | 'access' | 'font' | 'hangul' | 'layout-markup' | 'owner-file';
/** Which extractor takes a container apart; these need not hold the file. */
export type ContainerReaderName = 'zip' | 'tar' | 'compressed' | 'other-archive' | 'mail-folder' | 'outlook-store' | 'web-archive';
export type ReaderName = FileReaderName | ContainerReaderName;

/** What a file is. `label` names the kind for people, as in "Files of this kind (ZIP archive) are not read yet." */
export interface DocumentKind {
  /** Null when no extractor reads it yet. */
  readonly reader: ReaderName | null;
  readonly type: DocumentType;
  readonly mediaType: string;
  readonly label: string;
  /** True for an Office file inside an encrypted container. */
  readonly encrypted: boolean;
}
