import { madeZip } from './archive-fixtures.ts';

/** One line of a page, from the top down. `x` and `y` are in points from the lower left corner. */
export interface PdfLine {
  readonly text: string;
  readonly x?: number;
  readonly y: number;
}

/** What the PDF says about itself, and how it is broken. */
export interface PdfOptions {
  readonly info?: string;
  /** Objects to add, from number 100, and entries of the catalog that refer to them. */
  readonly objects?: readonly string[];
  readonly catalog?: string;
  /** Pages, counted from 0, whose object is missing. */
  readonly lost?: readonly number[];
  /** The font's object instead of Helvetica; texts are then written as given, in hexadecimal. */
  readonly hexFont?: string;
}

/** The smallest PDF (ISO 32000-1) with the given lines on its pages. */
export function tinyPdf(pages: readonly (readonly PdfLine[])[], options: PdfOptions = {}): Uint8Array {
  const objects = new Map<number, string>();
  const kids = pages.map((_, index) => `${10 + 2 * index} 0 R`).join(' ');
  objects.set(1, `<< /Type /Catalog /Pages 2 0 R ${options.catalog ?? ''} >>`);
  objects.set(2, `<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`);
  objects.set(3, options.hexFont ?? '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>');
  objects.set(4, `<< ${options.info ?? ''} >>`);
  for (const [index, lines] of pages.entries()) {
    const shown = lines.map(({ text, x = 72, y }) => `1 0 0 1 ${x} ${y} Tm ${options.hexFont === undefined ? `(${text.replace(/[()\\]/g, '\\$&')})` : `<${text}>`} Tj`).join('\n');
    const content = lines.length === 0 ? '' : `BT /F1 12 Tf\n${shown}\nET`;
    if (options.lost?.includes(index) !== true) objects.set(10 + 2 * index, `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >> /Contents ${11 + 2 * index} 0 R >>`);
    objects.set(11 + 2 * index, `<< /Length ${content.length} >>\nstream\n${content}\nendstream`);
  }
  for (const [index, object] of (options.objects ?? []).entries()) objects.set(100 + index, object);
  let out = '%PDF-1.7\n';
  const offsets = new Map<number, number>();
  for (const [number, body] of objects) {
    offsets.set(number, out.length);
    out += `${number} 0 obj\n${body}\nendobj\n`;
  }
  const start = out.length;
  const entries = [...offsets].map(([number, offset]) => `${number} 1\n${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  out += `xref\n0 1\n0000000000 65535 f \n${entries}trailer\n<< /Size 200 /Root 1 0 R /Info 4 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  return Uint8Array.from(Buffer.from(out, 'latin1'));
}

/** A ZIP archive whose files are stored as they are. */
export function storedZip(files: Readonly<Record<string, string>>): Uint8Array {
  return madeZip(Object.entries(files).map(([name, text]) => ({ name, bytes: utf8(text), method: 0 })));
}

/** A Word document with this body, in WordprocessingML, and optionally further parts by name. */
export function tinyDocx(body: string, parts: Readonly<Record<string, string>> = {}): Uint8Array {
  return storedZip({
    '[Content_Types].xml': '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
    '_rels/.rels': '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
    'word/document.xml': `<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${body}</w:body></w:document>`,
    ...parts,
  });
}

/** A paragraph of WordprocessingML. */
export function wordParagraph(text: string): string {
  return `<w:p><w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`;
}

/** Lines as a message, with the line ends of mail. */
export function mailLines(...lines: readonly string[]): Uint8Array {
  return Uint8Array.from(Buffer.from(lines.join('\r\n'), 'latin1'));
}

/** Text as UTF-8 bytes. */
export function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
