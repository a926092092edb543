import { textOfCodePage } from './code-pages.ts';
import { labelled, listLabels, type TextPiece } from './word-lists.ts';
import { ExtractFailure, reasons } from './extracted.ts';

/** The texts of a binary Word document, not yet canonical. */
export interface WordStories {
  readonly body: string;
  /** Page headers and footers as they follow each other. */
  readonly headers: readonly string[];
  /** Footnotes, comments, endnotes, text boxes, those that there are. */
  readonly others: readonly string[];
}

/** [MS-DOC] 2.5.1 and the older forms: where the counts of characters stand, and where the table of pieces is named. */
const layouts = { word97: { counts: 0x4c, pieces: 0x1a2 }, word6: { counts: 0x34, pieces: 0x160 } } as const;
const wordNow = 0xa5ec;
const wordSix = 0xa5dc;

/**
 * The stories of a document from its main stream and its table stream (null in Word 6 and 95, where the main stream has the table).
 * Text of those is in a code page. Null when the stream is no document that is known; throws ExtractFailure for an encrypted one.
 */
export function wordStories(main: Buffer, tableStream: Buffer | null, codePage: number): WordStories | null {
  const mark = main.readUInt16LE(0);
  const version = main.readUInt16LE(2);
  if (mark !== wordNow && mark !== wordSix) return null;
  const isOld = mark === wordSix || version < 0xc0;
  if ((main.readUInt16LE(10) & 0x100) !== 0) throw new ExtractFailure(reasons.encryptedOtherwise);
  const layout = isOld ? layouts.word6 : layouts.word97;
  if (main.length < layout.pieces + 8) return null;
  const counts = Array.from({ length: 8 }, (_, index) => Math.max(0, main.readInt32LE(layout.counts + index * 4)));
  const table = isOld ? main : (tableStream ?? Buffer.alloc(0));
  const from = main.readUInt32LE(layout.pieces);
  const pieces: TextPiece[] = [];
  const whole = piecedText(main, table.subarray(from, from + main.readUInt32LE(layout.pieces + 4)), isOld ? codePage : null, pieces) ?? plainText(main, isOld ? codePage : null);
  if (whole === '') return null;
  let at = 0;
  const [body = '', footnotes = '', headers = '', , comments = '', endnotes = '', boxes = '', headerBoxes = ''] = counts.map((count) => whole.slice(at, (at += count)));
  return {
    // Counts that lie cost the division, not the text.
    body: shown(counts.reduce((sum, count) => sum + count, 0) === 0 ? whole : isOld || main.length < 0x2f2 ? body : labelled(body, listLabels(main, table, body, pieces))),
    headers: [...headers.split('\r'), ...headerBoxes.split('\r')].map((line) => shown(line).trim()).filter((line) => line !== ''),
    others: [footnotes, endnotes, comments, boxes].map((text) => shown(text).trim()).filter((text) => text !== ''),
  };
}

/** [MS-DOC] 2.8.35: pieces of the text in its order, which are told in `found`; each is of one byte a character or of two. Null where there is no such table. */
function piecedText(main: Buffer, clx: Buffer, codePage: number | null, found: TextPiece[]): string | null {
  let at = 0;
  while (clx[at] === 1 && at + 3 <= clx.length) at += 3 + clx.readUInt16LE(at + 1);
  if (clx[at] !== 2 || at + 5 > clx.length) return null;
  const pieces = clx.subarray(at + 5, at + 5 + clx.readUInt32LE(at + 1));
  const count = Math.floor((pieces.length - 4) / 12);
  const parts: string[] = [];
  let start = 0;
  for (let index = 0; index < count; index += 1) {
    const chars = pieces.readUInt32LE(index * 4 + 4) - pieces.readUInt32LE(index * 4);
    const place = pieces.readUInt32LE((count + 1) * 4 + index * 8 + 2);
    if (chars <= 0 || chars > main.length) continue;
    const isWide = codePage === null && (place & 0x40000000) === 0;
    const width = isWide ? 2 : 1;
    const at = isWide || codePage !== null ? place : (place & 0x3fffffff) >>> 1;
    const there = Math.max(0, Math.min(chars, Math.floor((main.length - at) / width)));
    found.push({ start, end: start + there, place: at, width });
    start += there;
    if (codePage !== null) parts.push(textOfCodePage(main.subarray(place, place + chars), codePage));
    else if ((place & 0x40000000) === 0) parts.push(main.toString('utf16le', place, place + chars * 2));
    else parts.push(narrow(main.subarray((place & 0x3fffffff) >>> 1, ((place & 0x3fffffff) >>> 1) + chars)));
  }
  return parts.join('');
}

/** Without a table of pieces the text stands in one run ([MS-DOC] 2.5.1 names its ends in the fields that newer files do not use). */
function plainText(main: Buffer, codePage: number | null): string {
  const run = main.subarray(main.readUInt32LE(0x18), main.readUInt32LE(0x1c));
  return codePage === null ? narrow(run) : textOfCodePage(run, codePage);
}

const narrow = (bytes: Buffer): string => new TextDecoder('windows-1252').decode(bytes);

/** Characters that stand for something else ([MS-DOC] 2.4.1 and sprmCFSpec): fields, marks of cells, notes, pictures. */
function shown(text: string): string {
  return withoutInstructions(text)
    .replace(/\x07{2}/g, '\n').replace(/\x07/g, '\t')
    .replace(/[\x01-\x06\x08\x1f]/g, '').replace(/\x1e/g, '-').replace(/[\x0b-\x0e]/g, '\n');
}

/** A field is its instruction, then, behind a mark, its result, and fields may lie in both. */
function withoutInstructions(text: string): string {
  if (!text.includes('\x13')) return text.replace(/[\x14\x15]/g, '');
  const out: string[] = [];
  const open: boolean[] = [];
  let hidden = 0;
  for (const part of text.split(/([\x13-\x15])/)) {
    if (part === '\x13') {
      open.push(true);
      hidden += 1;
    } else if (part === '\x14' && open.at(-1) === true) {
      open[open.length - 1] = false;
      hidden -= 1;
    } else if (part === '\x15') {
      if (open.pop() === true) hidden -= 1;
    } else if (hidden === 0 && part !== '\x14') out.push(part);
  }
  return out.join('');
}
