import { canonicalText } from '../canonical-text.ts';
import { ExtractFailure, reasons, toExtracted } from '../extracted.ts';
import type { Extracted } from '../extracted.ts';

/** [MS-EMF] 2.1.1: records that draw text. */
const wideText = 0x54;
const byteText = 0x53;
const smallText = 0x6c;

interface Run {
  readonly x: number;
  readonly y: number;
  readonly text: string;
}

/** A metafile, enhanced ([MS-EMF]) or of Windows' first kind ([MS-WMF]), read by ours: the texts that it draws, in their order; one that stands lower begins a line. A metafile without any is a picture. */
export async function extractMetafile(bytes: Uint8Array, _name: string, mediaType: string): Promise<Extracted> {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (file.length < 24) throw new ExtractFailure(reasons.damaged('metafile'));
  const runs: Run[] = mediaType === 'image/wmf' ? olderRuns(file) : [];
  for (let at = 0; mediaType !== 'image/wmf' && at + 8 <= file.length; ) {
    const type = file.readUInt32LE(at);
    const length = file.readUInt32LE(at + 4);
    if (length < 8) break;
    const run = textOf(type, file.subarray(at, at + length));
    if (run !== null && run.text.trim() !== '') runs.push(run);
    at += length;
  }
  const text = runs.map(({ text: shown, y }, index) => `${index === 0 ? '' : y === runs[index - 1]?.y ? ' ' : '\n'}${shown}`).join('');
  return toExtracted({ type: 'image', mediaType, extractor: 'metafile 1', text: canonicalText(text), reason: text === '' ? reasons.picture : null });
}

/** [MS-WMF] 2.3.3.5, 2.3.3.20: records count in words; texts are of one byte a letter. */
function olderRuns(file: Buffer): Run[] {
  const runs: Run[] = [];
  const decode = (bytes: Buffer): string => new TextDecoder('windows-1252').decode(bytes);
  for (let at = file.readUInt32LE(0) === 0x9ac6cdd7 ? 40 : 18; at + 6 <= file.length; ) {
    const length = file.readUInt32LE(at) * 2;
    const type = file.readUInt16LE(at + 4);
    if (length < 6) break;
    const body = file.subarray(at + 6, at + length);
    if (type === 0x0521 && body.length >= 2) {
      const count = body.readUInt16LE(0);
      const from = 2 + count + (count % 2);
      if (from + 4 <= body.length) runs.push({ x: body.readInt16LE(from + 2), y: body.readInt16LE(from), text: decode(body.subarray(2, 2 + count)) });
    } else if (type === 0x0a32 && body.length >= 8) {
      const from = (body.readUInt16LE(6) & 6) === 0 ? 8 : 16;
      runs.push({ x: body.readInt16LE(2), y: body.readInt16LE(0), text: decode(body.subarray(from, from + body.readUInt16LE(4))) });
    }
    at += length;
  }
  return runs.filter(({ text }) => text.trim() !== '');
}

/** [MS-EMF] 2.2.5: the place, the count of characters and where in the record they stand. */
function textOf(type: number, record: Buffer): Run | null {
  if (type === smallText && record.length >= 36) {
    // [MS-EMF] 2.3.5.37: bounds are there unless an option says not; characters may be of one byte.
    const options = record.readUInt32LE(20);
    const from = (options & 0x100) === 0 ? 52 : 36;
    const count = record.readUInt32LE(16);
    return { x: record.readInt32LE(8), y: record.readInt32LE(12), text: (options & 0x200) === 0 ? record.toString('utf16le', from, from + count * 2) : record.toString('latin1', from, from + count) };
  }
  if ((type !== wideText && type !== byteText) || record.length < 52) return null;
  // ETO_GLYPH_INDEX: numbers of glyphs, not characters.
  if ((record.readUInt32LE(52 <= record.length - 4 ? 52 : 48) & 0x10) !== 0) return null;
  const count = record.readUInt32LE(44);
  const from = record.readUInt32LE(48);
  return { x: record.readInt32LE(36), y: record.readInt32LE(40), text: type === byteText ? new TextDecoder('windows-1252').decode(record.subarray(from, from + count)) : record.toString('utf16le', from, from + count * 2) };
}
