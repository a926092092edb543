/** The cells of a binary workbook taken from its records one by one ([MS-XLS] 2.1, BIFF 5 to 8), for workbooks whose structures are too damaged for a whole reading. */
import { textOfCodePage } from './code-pages.ts';

const types = { start: 0x0809, sheet: 0x0085, codePage: 0x0042, strings: 0x00fc, further: 0x003c, label: 0x0204, richLabel: 0x00d6, shared: 0x00fd, number: 0x0203, packed: 0x027e, manyPacked: 0x00bd, formulaText: 0x0207, formula: 0x0006 } as const;
const mostCells = 1_000_000;

/** Rows of text, cells parted by tabs, sheets by an empty line, in the order of the records. Empty where there are none. */
export function looseCells(stream: Buffer): string {
  const out: string[] = [];
  let strings: readonly string[] = [];
  let isUnicode = true;
  let page = 1252;
  let row = -1;
  let cells = 0;
  const put = (place: number, text: string): void => {
    if (text === '' || cells >= mostCells) return;
    out.push(place === row ? '\t' : '\n', text.replace(/[\s\0]+/g, ' ').trim());
    row = place;
    cells += 1;
  };
  for (let at = 0; at + 4 <= stream.length; ) {
    const type = stream.readUInt16LE(at);
    const length = stream.readUInt16LE(at + 2);
    const body = stream.subarray(at + 4, at + 4 + length);
    at += 4 + length;
    const place = body.length >= 6 ? body.readUInt16LE(0) : -1;
    if (type === types.start && body.length >= 4) {
      isUnicode = body.readUInt16LE(0) >= 0x600;
      if (row >= 0) out.push('\n');
      row = -1;
    } else if (type === types.codePage && body.length >= 2) page = body.readUInt16LE(0);
    else if (type === types.sheet && body.length > 8) out.push('\n', isUnicode ? characters(body.subarray(8), body[7] ?? 0, body[6] ?? 0) : textOfCodePage(body.subarray(7), page));
    else if (type === types.strings) strings = sharedStrings(segments(stream, at - length, length));
    else if (place < 0) continue;
    else if (type === types.shared && body.length >= 10) put(place, strings[body.readUInt32LE(6)] ?? '');
    else if ((type === types.label || type === types.richLabel) && body.length > 8) put(place, isUnicode ? characters(body.subarray(9), body[8] ?? 0, body.readUInt16LE(6)) : textOfCodePage(body.subarray(8, 8 + body.readUInt16LE(6)), page));
    else if (type === types.number && body.length >= 14) put(place, String(Number(body.readDoubleLE(6).toPrecision(12))));
    else if (type === types.formula && body.length >= 14 && body.readUInt16LE(12) !== 0xffff) put(place, String(Number(body.readDoubleLE(6).toPrecision(12))));
    else if (type === types.packed && body.length >= 10) put(place, packedNumber(body.readInt32LE(6)));
    else if (type === types.manyPacked) for (let cell = 4; cell + 8 <= body.length; cell += 6) put(place, packedNumber(body.readInt32LE(cell + 2)));
  }
  return out.join('').trim();
}

/** 2.5.122: the upper bits of a double, or a whole number, perhaps a hundredfold. */
function packedNumber(packed: number): string {
  let value: number;
  if ((packed & 2) !== 0) value = packed >> 2;
  else {
    const double = Buffer.alloc(8);
    double.writeInt32LE(packed & ~3, 4);
    value = double.readDoubleLE(0);
  }
  return String(Number(((packed & 1) === 0 ? value : value / 100).toPrecision(12)));
}

/** A record and those that go on with it. */
function segments(stream: Buffer, from: number, length: number): Buffer[] {
  const found = [stream.subarray(from, from + length)];
  for (let at = from + length; at + 4 <= stream.length && stream.readUInt16LE(at) === types.further; at += 4 + stream.readUInt16LE(at + 2)) found.push(stream.subarray(at + 4, at + 4 + stream.readUInt16LE(at + 2)));
  return found;
}

/** 2.4.265 and 2.5.293: strings with runs of formats and readings behind them; where one goes on in the next record, its width is told anew. */
function sharedStrings(parts: readonly Buffer[]): string[] {
  const strings: string[] = [];
  let part = 0;
  let at = 8;
  const left = (): number => (parts[part]?.length ?? 0) - at;
  const skip = (length: number): void => {
    for (let more = length; more > 0 && part < parts.length; ) {
      const step = Math.min(more, left());
      at += step;
      more -= step;
      if (left() <= 0) [part, at] = [part + 1, 0];
    }
  };
  const count = (parts[0]?.length ?? 0) >= 8 ? (parts[0]?.readUInt32LE(4) ?? 0) : 0;
  while (strings.length < count && part < parts.length) {
    if (left() < 3) {
      [part, at] = [part + 1, 0];
      continue;
    }
    const body = parts[part] ?? Buffer.alloc(0);
    let chars = body.readUInt16LE(at);
    let flags = body.readUInt8(at + 2);
    at += 3;
    const runs = (flags & 8) !== 0 && left() >= 2 ? body.readUInt16LE(at) : 0;
    at += (flags & 8) !== 0 ? 2 : 0;
    const reading = (flags & 4) !== 0 && left() >= 4 ? body.readUInt32LE(at) : 0;
    at += (flags & 4) !== 0 ? 4 : 0;
    let text = '';
    while (chars > 0 && part < parts.length) {
      const width = (flags & 1) === 1 ? 2 : 1;
      const fit = Math.min(chars, Math.floor(left() / width));
      text += characters((parts[part] ?? Buffer.alloc(0)).subarray(at), flags, Math.max(0, fit));
      chars -= fit;
      at += fit * width;
      if (chars === 0) break;
      [part, at] = [part + 1, 1];
      flags = parts[part]?.[0] ?? 0;
    }
    strings.push(text);
    if (left() <= 0) [part, at] = [part + 1, 0];
    skip(runs * 4 + reading);
  }
  return strings;
}

function characters(body: Buffer, flags: number, count: number): string {
  return (flags & 1) === 1 ? body.toString('utf16le', 0, count * 2) : body.toString('latin1', 0, count);
}
