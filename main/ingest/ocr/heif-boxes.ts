/** What a HEIF file (ISO/IEC 23008-12; HEIC, AVIF) says of its primary picture, read from its boxes (ISO/IEC 14496-12) without decoding. */

/** The primary picture of a file. */
export interface HeifShape {
  /** As it is shown. */
  readonly width: number;
  readonly height: number;
  /** What is done to the coded picture before it is shown, in order, as EXIF orientations. */
  readonly turns: readonly number[];
  /** Four letters: `hvc1`, `av01`, `grid` and others. */
  readonly itemType: string;
}

interface Box {
  readonly type: string;
  readonly data: Buffer;
}

const mostBoxes = 10_000;

/** The shape of the primary picture; null where the file names none or is damaged. Throws RangeError for one that is cut short within a box. */
export function heifShape(file: Buffer): HeifShape | null {
  const meta = boxesOf(file).find(({ type }) => type === 'meta');
  if (meta === undefined) return null;
  const parts = boxesOf(meta.data.subarray(4)); // a FullBox: version and flags come first
  const part = (type: string): Buffer | null => parts.find((box) => box.type === type)?.data ?? null;
  const [primary, properties, items] = [part('pitm'), part('iprp'), part('iinf')];
  if (primary === null || properties === null) return null;
  const id = primary[0] === 0 ? primary.readUInt16BE(4) : primary.readUInt32BE(4);
  const inner = boxesOf(properties);
  const container = boxesOf(inner.find(({ type }) => type === 'ipco')?.data ?? Buffer.alloc(0));
  const own = inner.filter(({ type }) => type === 'ipma').flatMap(({ data }) => propertiesOf(data, id)).flatMap((index) => container[index - 1] ?? []);
  const size = own.find(({ type }) => type === 'ispe')?.data;
  if (size === undefined) return null;
  const turns = own.flatMap(({ type, data }) => (type === 'irot' ? (rotations[(data[0] ?? 0) & 3] ?? []) : type === 'imir' ? (((data[0] ?? 0) & 1) === 0 ? 2 : 4) : []));
  const isTurned = turns.filter((turn) => turn >= 5).length % 2 === 1;
  const [width, height] = [size.readUInt32BE(4), size.readUInt32BE(8)];
  return { width: isTurned ? height : width, height: isTurned ? width : height, turns, itemType: items === null ? '' : itemTypeOf(items, id) };
}

/** 23008-12, 6.5.10: anticlockwise by so many quarters. */
const rotations: readonly (readonly number[])[] = [[], [8], [3], [6]];

function boxesOf(data: Buffer): Box[] {
  const found: Box[] = [];
  for (let at = 0; at + 8 <= data.length && found.length < mostBoxes; ) {
    const said = data.readUInt32BE(at);
    const head = said === 1 ? 16 : 8;
    const length = said === 0 ? data.length - at : said === 1 ? Number(data.readBigUInt64BE(at + 8)) : said;
    if (length < head) break;
    found.push({ type: data.toString('latin1', at + 4, at + 8), data: data.subarray(at + head, Math.min(data.length, at + length)) });
    at += length;
  }
  return found;
}

/** 23008-12, 9.3: the properties of an item by their number in the container, from 1. */
function propertiesOf(data: Buffer, wanted: number): number[] {
  const isWide = (data[0] ?? 0) >= 1;
  const isLong = ((data[3] ?? 0) & 1) === 1;
  let at = 8;
  for (let left = data.readUInt32BE(4); left > 0; left -= 1) {
    const id = isWide ? data.readUInt32BE(at) : data.readUInt16BE(at);
    at += isWide ? 4 : 2;
    const count = data.readUInt8(at);
    at += 1;
    const found = Array.from({ length: count }, (_, index) => (isLong ? data.readUInt16BE(at + 2 * index) & 0x7fff : data.readUInt8(at + index) & 0x7f));
    if (id === wanted) return found;
    at += count * (isLong ? 2 : 1);
  }
  return [];
}

/** 14496-12, 8.11.6: versions 2 and 3 of an entry name the item's type. */
function itemTypeOf(data: Buffer, wanted: number): string {
  const entries = boxesOf(data.subarray(data[0] === 0 ? 6 : 8));
  for (const { type, data: entry } of entries) {
    if (type !== 'infe' || (entry[0] ?? 0) < 2) continue;
    const isWide = entry[0] === 3;
    const id = isWide ? entry.readUInt32BE(4) : entry.readUInt16BE(4);
    if (id === wanted) return entry.toString('latin1', isWide ? 10 : 8, isWide ? 14 : 12);
  }
  return '';
}
