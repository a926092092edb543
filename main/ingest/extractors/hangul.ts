import { constants, inflateRawSync } from 'node:zlib';
import { canonicalText } from '../canonical-text.ts';
import { openCompoundFile } from '../compound-file.ts';
import { foundChildren, type FoundFile } from '../embedded-files.ts';
import { ExtractFailure, reasons, toExtracted } from '../extracted.ts';
import type { Extracted } from '../extracted.ts';
import { propertiesOf } from '../property-set.ts';

/** Hangul Document File 5.0: the tag of a paragraph's text. */
const paragraphText = 0x43;
const mostUnfolded = 256 * 2 ** 20;
/** Characters below 32 that stand alone; the others take eight places with what they hold. */
const single = new Set([0, 10, 13, 24, 25, 26, 27, 28, 29, 30, 31]);

/**
 * A document of Hangul (HWP 5, as its maker published the format), read by ours: the text of its sections paragraph by paragraph, cells, notes, headers
 * and footers where they stand. Pictures and embedded files become children.
 */
export async function extractHangul(bytes: Uint8Array, _name: string, mediaType: string): Promise<Extracted> {
  const file = openCompoundFile(bytes, 'Hangul document');
  const head = file.stream('FileHeader');
  if (head === null || head.length < 40) throw new ExtractFailure(reasons.damaged('Hangul document'));
  const flags = head.readUInt32LE(36);
  if ((flags & 2) !== 0) throw new ExtractFailure(reasons.encryptedOtherwise);
  // A copy for distribution keeps its text scrambled elsewhere: what it previews can still be read.
  const sections = (flags & 4) !== 0 ? [] : file.entries.filter(({ path }) => /^BodyText\/Section\d+$/i.test(path)).sort((a, b) => numberOf(a.path) - numberOf(b.path));
  const packed = (flags & 1) !== 0;
  const texts = sections.map(({ path }) => sectionText(unfolded(file.stream(path) ?? Buffer.alloc(0), packed)));
  const text = sections.length === 0 ? (file.stream('PrvText') ?? Buffer.alloc(0)).toString('utf16le') : texts.join('\n\n');
  const files = file.entries.filter(({ isStorage, path }) => !isStorage && /^BinData\//i.test(path)).flatMap(({ path, name }): FoundFile[] => {
    const content = unfolded(file.stream(path) ?? Buffer.alloc(0), packed);
    return content.length === 0 ? [] : [{ name, bytes: Uint8Array.from(content) }];
  });
  return toExtracted({ type: 'word', mediaType, extractor: 'hangul 1', text: canonicalText(text), ...propertiesOf(file), children: foundChildren(files) });
}

const numberOf = (path: string): number => Number(/\d+$/.exec(path)?.[0] ?? 0);

function unfolded(stream: Buffer, packed: boolean): Buffer {
  if (!packed) return stream;
  try {
    return inflateRawSync(stream, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: mostUnfolded });
  } catch {
    return Buffer.alloc(0); // a damaged stream costs itself
  }
}

/** Records: ten bits of tag, ten of level, twelve of length, which is told behind them when they are all set. */
function sectionText(section: Buffer): string {
  const paragraphs: string[] = [];
  for (let at = 0; at + 4 <= section.length; ) {
    const record = section.readUInt32LE(at);
    let length = record >>> 20;
    at += 4;
    if (length === 0xfff) {
      if (at + 4 > section.length) break;
      length = section.readUInt32LE(at);
      at += 4;
    }
    if ((record & 0x3ff) === paragraphText) paragraphs.push(shown(section.subarray(at, at + length)));
    at += length;
  }
  return paragraphs.join('\n');
}

function shown(body: Buffer): string {
  let text = '';
  for (let at = 0; at + 2 <= body.length; ) {
    const unit = body.readUInt16LE(at);
    if (unit > 31) text += String.fromCharCode(unit);
    else if (unit === 9) text += '\t';
    else if (unit === 10) text += '\n';
    else if (unit === 24) text += '-';
    else if (unit === 30 || unit === 31) text += ' ';
    at += unit > 31 || single.has(unit) ? 2 : 16;
  }
  return text.trim();
}
