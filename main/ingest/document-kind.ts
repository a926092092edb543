import type { DocumentType } from '../../preload/contract/domains/basics.ts';

/** Which extractor reads a file; null when none does yet. */
export type ReaderName = 'plain-text' | 'markdown' | 'csv' | 'html' | 'mail' | 'pdf' | 'word';

/** What a file is. `label` names the kind for people, as in "Files of this kind (ZIP archive) are not read yet." */
export interface DocumentKind {
  readonly reader: ReaderName | null;
  readonly type: DocumentType;
  readonly mediaType: string;
  readonly label: string;
  /** True for an Office file inside an encrypted container. */
  readonly encrypted: boolean;
}
