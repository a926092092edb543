import { isRecord } from '../base/is-record.ts';

/** What a page's annotations add to it. */
export interface PdfAnnotations {
  /** Values that were filled into form fields and comments that were written on the page, in the order of the page, then the addresses of its links. */
  readonly texts: readonly string[];
  readonly files: readonly PdfFile[];
}

/** A file inside a PDF, as pdf.js gives it. */
export interface PdfFile {
  readonly name: string | null;
  readonly bytes: Uint8Array;
}

/** Sorts out pdf.js's annotations (ISO 32000-1 12.5): text fields, chosen options, comments, attached files, where links lead. Passwords in fields are left out. */
export function readPdfAnnotations(annotations: readonly unknown[]): PdfAnnotations {
  const texts: string[] = [];
  const files: PdfFile[] = [];
  const links: string[] = [];
  for (const annotation of annotations.filter(isRecord)) {
    // A link may lead elsewhere than its words say.
    if (annotation['subtype'] === 'Link') links.push(...strings(annotation['unsafeUrl'] ?? annotation['url']).filter((address) => /^(?:https?|ftp|mailto|file):/i.test(address)));
    if (annotation['subtype'] === 'FileAttachment') files.push(...pdfFiles([annotation['file']]));
    if (annotation['subtype'] === 'Widget') {
      const isText = annotation['fieldType'] === 'Tx' || annotation['fieldType'] === 'Ch';
      if (isText && annotation['password'] !== true) texts.push(...strings(annotation['fieldValue']).map((value) => `${nameOf(annotation)}${value}`));
      if (annotation['checkBox'] === true || annotation['radioButton'] === true) texts.push(...strings(annotation['fieldValue']).filter((value) => value !== 'Off' && value === (annotation['exportValue'] ?? annotation['buttonValue'] ?? value)).map((value) => `${nameOf(annotation)}${value}`));
    } else {
      const contents = annotation['contentsObj'];
      const author = annotation['titleObj'];
      const by = isRecord(author) ? strings(author['str']).map((name) => `${name}: `) : [];
      if (isRecord(contents)) texts.push(...strings(contents['str']).map((text) => `${by[0] ?? ''}${text}`));
    }
  }
  return { texts: [...texts, ...new Set(links)], files };
}

/** The entries that are files with content. */
export function pdfFiles(entries: readonly unknown[]): PdfFile[] {
  return entries.filter(isRecord).flatMap(({ filename, content }) => {
    return content instanceof Uint8Array ? [{ name: typeof filename === 'string' ? filename : null, bytes: content }] : [];
  });
}

/** A field's own name, which says what its value is; names of parts of a form stand before it. */
function nameOf(annotation: Readonly<Record<string, unknown>>): string {
  const name = strings(annotation['alternativeText'])[0] ?? strings(annotation['fieldName'])[0];
  return name === undefined ? '' : `${name}: `;
}

function strings(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).filter((text): text is string => typeof text === 'string' && text.trim() !== '');
}
