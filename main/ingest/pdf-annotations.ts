import { isRecord } from '../base/is-record.ts';

/** What a page's annotations add to it. */
export interface PdfAnnotations {
  /** Values that were filled into form fields and comments that were written on the page, in the order of the page. */
  readonly texts: readonly string[];
  readonly files: readonly PdfFile[];
}

/** A file inside a PDF, as pdf.js gives it. */
export interface PdfFile {
  readonly name: string | null;
  readonly bytes: Uint8Array;
}

/** Sorts out pdf.js's annotations (ISO 32000-1 12.5): text fields, chosen options, comments, attached files. Passwords in fields are left out. */
export function readPdfAnnotations(annotations: readonly unknown[]): PdfAnnotations {
  const texts: string[] = [];
  const files: PdfFile[] = [];
  for (const annotation of annotations.filter(isRecord)) {
    if (annotation['subtype'] === 'FileAttachment') files.push(...pdfFiles([annotation['file']]));
    if (annotation['subtype'] === 'Widget') {
      const isText = annotation['fieldType'] === 'Tx' || annotation['fieldType'] === 'Ch';
      if (isText && annotation['password'] !== true) texts.push(...strings(annotation['fieldValue']));
    } else {
      const contents = annotation['contentsObj'];
      if (isRecord(contents)) texts.push(...strings(contents['str']));
    }
  }
  return { texts, files };
}

/** The entries that are files with content. */
export function pdfFiles(entries: readonly unknown[]): PdfFile[] {
  return entries.filter(isRecord).flatMap(({ filename, content }) => {
    return content instanceof Uint8Array ? [{ name: typeof filename === 'string' ? filename : null, bytes: content }] : [];
  });
}

function strings(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).filter((text): text is string => typeof text === 'string' && text.trim() !== '');
}
