/** Pictures of known words, drawn by the program's own page drawing with pdf.js's fonts, and the smallest encoders of the formats that hold them. */
import { deflateSync } from 'node:zlib';
import { drawPdfPage } from '../../main/ingest/ocr/pdf-page-raster.ts';
import type { Raster } from '../../main/ingest/ocr/raster.ts';
import { openPdfDocument } from '../../main/ingest/pdf-document.ts';
import { pdfLibrary } from '../../main/ingest/pdf-library.ts';
import { tinyPdf } from './file-fixtures.ts';

/** Lines of 12-point Helvetica at 300 dpi, cut out with a margin. */
export async function drawnLines(...lines: readonly string[]): Promise<Raster> {
  const { OPS } = await pdfLibrary();
  const task = await openPdfDocument(tinyPdf([lines.map((text, index) => ({ text, y: 740 - 20 * index }))]), 'drawing');
  try {
    const { raster } = await drawPdfPage(await (await task.promise).getPage(1), OPS);
    return cut(raster, 240, 120, 1500, 90 + 85 * lines.length);
  } finally {
    await task.destroy();
  }
}

function cut({ width, pixels }: Raster, left: number, top: number, wide: number, high: number): Raster {
  const out = new Uint8Array(wide * high);
  for (let y = 0; y < high; y += 1) out.set(pixels.subarray((top + y) * width + left, (top + y) * width + left + wide), y * wide);
  return { width: wide, height: high, pixels: out };
}

const crcs = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let bit = 0; bit < 8; bit += 1) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c;
});

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  let crc = 0xffffffff;
  for (const byte of body) crc = (crcs[(crc ^ byte) & 255] ?? 0) ^ (crc >>> 8);
  const out = Buffer.alloc(8 + body.length);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE((crc ^ 0xffffffff) >>> 0, 4 + body.length);
  return out;
}

/** A grey PNG, with text chunks, and claiming another size where one is given. */
export function pngOf({ width, height, pixels }: Raster, texts: Readonly<Record<string, string>> = {}, claimed: { readonly width: number; readonly height: number } = { width, height }): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(claimed.width, 0);
  header.writeUInt32BE(claimed.height, 4);
  header[8] = 8; // bits of a sample; colour type 0 is grey
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y += 1) rows.set(pixels.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
  const words = Object.entries(texts).map(([key, value]) => chunk('tEXt', Buffer.from(`${key}\0${value}`, 'latin1')));
  return Uint8Array.from(Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', header), ...words, chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]));
}

/** A grey, uncompressed TIFF (TIFF 6.0) of several pages. Tags may be added to each page's directory: tag and short value. */
export function tiffOf(pages: readonly Raster[], extra: readonly (readonly [number, number])[] = []): Uint8Array {
  const parts: Buffer[] = [];
  let at = 8;
  const directories: number[] = [];
  for (const [index, { width, height, pixels }] of pages.entries()) {
    const entries: (readonly [tag: number, type: 3 | 4, value: number])[] = [
      [256, 4, width], [257, 4, height], [258, 3, 8], [259, 3, 1], [262, 3, 1], [273, 4, at], [277, 3, 1], [278, 4, height], [279, 4, pixels.length],
      ...extra.map(([tag, value]) => [tag, 3, value] as const),
    ];
    entries.sort(([a], [b]) => a - b);
    parts.push(Buffer.from(pixels), Buffer.alloc(pixels.length % 2));
    at += pixels.length + (pixels.length % 2);
    directories.push(at);
    const directory = Buffer.alloc(2 + 12 * entries.length + 4);
    directory.writeUInt16LE(entries.length, 0);
    for (const [n, [tag, type, value]] of entries.entries()) {
      directory.writeUInt16LE(tag, 2 + 12 * n);
      directory.writeUInt16LE(type, 4 + 12 * n);
      directory.writeUInt32LE(1, 6 + 12 * n);
      if (type === 3) directory.writeUInt16LE(value, 10 + 12 * n);
      else directory.writeUInt32LE(value, 10 + 12 * n);
    }
    at += directory.length;
    const next = pages[index + 1];
    directory.writeUInt32LE(next === undefined ? 0 : at + next.pixels.length + (next.pixels.length % 2), directory.length - 4);
    parts.push(directory);
  }
  const header = Buffer.from('II\x2a\0\0\0\0\0', 'latin1');
  header.writeUInt32LE(directories[0] ?? 8, 4);
  return Uint8Array.from(Buffer.concat([header, ...parts]));
}

/** A TIFF whose one strip is a grey JPEG, as scanners write it: tables apart when `isSplit`. */
export function greyJpegTiff(jpeg: Uint8Array, { width, height }: Pick<Raster, 'width' | 'height'>, isSplit: boolean): Uint8Array {
  const whole = Buffer.from(jpeg);
  const tables = [Buffer.from([0xff, 0xd8])];
  const rest = [Buffer.from([0xff, 0xd8])];
  let at = 2;
  while (whole[at + 1] !== 0xda) {
    const segment = whole.subarray(at, at + 2 + whole.readUInt16BE(at + 2));
    (whole[at + 1] === 0xdb || whole[at + 1] === 0xc4 ? tables : rest).push(segment);
    at += segment.length;
  }
  const [before, strip] = isSplit ? [Buffer.concat([...tables, Buffer.from([0xff, 0xd9])]), Buffer.concat([...rest, whole.subarray(at)])] : [Buffer.alloc(0), whole];
  const entries: (readonly [tag: number, type: number, count: number, value: number])[] = [
    [256, 4, 1, width], [257, 4, 1, height], [258, 3, 1, 8], [259, 3, 1, 7], [262, 3, 1, 1], [273, 4, 1, 8 + before.length], [277, 3, 1, 1], [278, 4, 1, height], [279, 4, 1, strip.length],
  ];
  if (isSplit) entries.push([347, 7, before.length, 8]);
  const directory = Buffer.alloc(2 + 12 * entries.length + 4);
  directory.writeUInt16LE(entries.length, 0);
  for (const [n, [tag, type, count, value]] of entries.entries()) {
    directory.writeUInt16LE(tag, 2 + 12 * n);
    directory.writeUInt16LE(type, 4 + 12 * n);
    directory.writeUInt32LE(count, 6 + 12 * n);
    directory.writeUInt32LE(value, 10 + 12 * n);
  }
  const header = Buffer.from('II\x2a\0\0\0\0\0', 'latin1');
  header.writeUInt32LE(8 + before.length + strip.length, 4);
  return Uint8Array.from(Buffer.concat([header, before, strip, directory]));
}

/** A black and white bitmap in runs, of 8 or 4 bits a pixel; every third row in single pixels. `packing` other than theirs makes one of a kind that nobody reads. */
export function runLengthBmp({ width, height, pixels }: Raster, bits: 4 | 8, packing = bits === 8 ? 1 : 2): Uint8Array {
  const out: number[] = [];
  for (let y = height - 1; y >= 0; y -= 1) {
    const row = Array.from(pixels.subarray(y * width, (y + 1) * width), (tone) => (tone > 127 ? 1 : 0));
    for (let x = 0; x < width;) {
      const left = row.length - x;
      if (y % 3 === 0 && left >= 8) {
        // As they are: 8 pixels fill whole pairs of bytes either way.
        const eight = row.slice(x, x + 8);
        out.push(0, 8, ...(bits === 8 ? eight : [0, 2, 4, 6].map((n) => ((eight[n] ?? 0) << 4) | (eight[n + 1] ?? 0))));
        x += 8;
        continue;
      }
      let run = 1;
      while (run < Math.min(255, left) && row[x + run] === row[x]) run += 1;
      out.push(run, bits === 8 ? (row[x] ?? 0) : (row[x] ?? 0) * 17);
      x += run;
    }
    out.push(0, 0);
  }
  out.push(0, 1);
  const head = Buffer.alloc(54 + 8);
  head.write('BM', 0, 'latin1');
  head.writeUInt32LE(head.length + out.length, 2);
  head.writeUInt32LE(head.length, 10);
  head.writeUInt32LE(40, 14);
  head.writeInt32LE(width, 18);
  head.writeInt32LE(height, 22);
  head.writeUInt16LE(1, 26);
  head.writeUInt16LE(bits, 28);
  head.writeUInt32LE(packing, 30);
  head.writeUInt32LE(out.length, 34);
  head.writeUInt32LE(2, 46);
  head.fill(255, 58, 61);
  return Uint8Array.from(Buffer.concat([head, Buffer.from(out)]));
}

/** A grey bitmap of 8 bits a pixel, rows from the bottom up. */
export function bmpOf({ width, height, pixels }: Raster): Uint8Array {
  const rowBytes = (width + 3) & ~3;
  const out = Buffer.alloc(54 + 1024 + rowBytes * height);
  out.write('BM', 0, 'latin1');
  out.writeUInt32LE(out.length, 2);
  out.writeUInt32LE(54 + 1024, 10);
  out.writeUInt32LE(40, 14);
  out.writeInt32LE(width, 18);
  out.writeInt32LE(height, 22);
  out.writeUInt16LE(1, 26);
  out.writeUInt16LE(8, 28);
  for (let tone = 0; tone < 256; tone += 1) out.fill(tone, 54 + 4 * tone, 54 + 4 * tone + 3);
  for (let y = 0; y < height; y += 1) out.set(pixels.subarray(y * width, (y + 1) * width), 54 + 1024 + (height - 1 - y) * rowBytes);
  return Uint8Array.from(out);
}

/** A black and white GIF whose codes are never compressed: each group of pixels is followed by the code that clears the table. */
export function gifOf({ width, height, pixels }: Raster): Uint8Array {
  const head = Buffer.from('GIF89a\0\0\0\0\x80\0\0\0\0\0\xff\xff\xff\x2c\0\0\0\0\0\0\0\0\0\x02', 'latin1');
  head.writeUInt16LE(width, 6);
  head.writeUInt16LE(height, 8);
  head.writeUInt16LE(width, 24);
  head.writeUInt16LE(height, 26);
  // Codes of 3 bits: 0 and 1 are pixels, 4 clears, 5 ends. After a clear two pixels fit before codes grow to 4 bits.
  const bytes: number[] = [];
  let [bits, held] = [0, 0];
  const put = (code: number): void => {
    bits |= code << held;
    held += 3;
    while (held >= 8) {
      bytes.push(bits & 255);
      bits >>= 8;
      held -= 8;
    }
  };
  for (const [at, pixel] of pixels.entries()) {
    if (at % 2 === 0) put(4);
    put(pixel > 127 ? 1 : 0);
  }
  put(5);
  bytes.push(bits & 255);
  const blocks: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += 255) {
    const block = bytes.slice(at, at + 255);
    blocks.push(Buffer.from([block.length, ...block]));
  }
  return Uint8Array.from(Buffer.concat([head, ...blocks, Buffer.from([0, 0x3b])]));
}

/** A page of a PDF: a picture over all of its width, a line of text, or both; neither makes an empty page. */
export interface ScanPage {
  readonly picture?: Raster;
  readonly text?: string;
  /** The text is never painted: a layer that an earlier reading laid over the picture. */
  readonly isHidden?: boolean;
}

/** A PDF of scans and text pages, as a scanner or a stamp makes them. */
export function scannedPdf(pages: readonly ScanPage[]): Uint8Array {
  const objects: Buffer[] = [];
  const add = (body: string | Buffer): number => objects.push(Buffer.isBuffer(body) ? body : Buffer.from(body, 'latin1'));
  add(''); // the catalog and the page tree come last
  add('');
  const font = add('<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>');
  const kids = pages.map(({ picture, text, isHidden }) => {
    let [resources, content] = [`/Font << /F1 ${font} 0 R >>`, ''];
    if (picture !== undefined) {
      const data = deflateSync(picture.pixels);
      const image = add(Buffer.concat([Buffer.from(`<< /Type /XObject /Subtype /Image /Width ${picture.width} /Height ${picture.height} /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /FlateDecode /Length ${data.length} >>\nstream\n`, 'latin1'), data, Buffer.from('\nendstream', 'latin1')]));
      resources += ` /XObject << /Im0 ${image} 0 R >>`;
      content += `q ${(picture.width * 72) / 300} 0 0 ${(picture.height * 72) / 300} 0 ${40} cm /Im0 Do Q\n`;
    }
    if (text !== undefined) content += `BT /F1 10 Tf ${isHidden === true ? '3 Tr ' : ''}1 0 0 1 20 20 Tm (${text}) Tj ET`;
    const stream = add(`<< /Length ${content.length} >>\nstream\n${content}\nendstream`);
    const [wide, high] = [picture === undefined ? 400 : (picture.width * 72) / 300, picture === undefined ? 100 : 40 + (picture.height * 72) / 300];
    return add(`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${wide} ${high}] /Resources << ${resources} >> /Contents ${stream} 0 R >>`);
  });
  objects[0] = Buffer.from('<< /Type /Catalog /Pages 2 0 R >>');
  objects[1] = Buffer.from(`<< /Type /Pages /Kids [${kids.map((kid) => `${kid} 0 R`).join(' ')}] /Count ${kids.length} >>`);
  const parts = [Buffer.from('%PDF-1.7\n')];
  const offsets: number[] = [];
  let length = parts[0]?.length ?? 0;
  for (const [index, body] of objects.entries()) {
    const whole = Buffer.concat([Buffer.from(`${index + 1} 0 obj\n`), body, Buffer.from('\nendobj\n')]);
    offsets.push(length);
    parts.push(whole);
    length += whole.length;
  }
  parts.push(Buffer.from(`xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${length}\n%%EOF\n`));
  return Uint8Array.from(Buffer.concat(parts));
}
