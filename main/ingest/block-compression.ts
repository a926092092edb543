/** Streams of blocks that are packed for speed, read as streams: LZ4 frames and Snappy frames, and what Unix' compress wrote before gzip. */
import { pieceReader, type PieceReader } from './byte-source.ts';
import { unpackedSnappy } from './snappy.ts';

const windowBytes = 64 * 1024;
const largestBlock = 4 * 2 ** 20;

/** LZ4 frames (LZ4 Frame Format 1.6.4), one behind another; skippable frames are passed over. Checksums are not compared. Throws after all that could be unpacked. */
export async function* unpackedLz4(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = pieceReader(pieces[Symbol.asyncIterator]());
  for (let isFirst = true; ; isFirst = false) {
    const mark = await reader.take(4);
    if (mark.length === 0 && !isFirst) return;
    if (mark.length < 4) throw new Error('lz4 mark');
    const number = mark.readUInt32LE(0);
    if (number >= 0x184d2a50 && number <= 0x184d2a5f) await reader.skip((await exactly(reader, 4)).readUInt32LE(0));
    else if (number === 0x184d2204) yield* lz4Frame(reader);
    else throw new Error('lz4 mark');
  }
}

async function* lz4Frame(reader: PieceReader): AsyncGenerator<Uint8Array, void, undefined> {
  const flags = (await exactly(reader, 2)).readUInt8(0);
  await reader.skip(((flags & 8) === 0 ? 0 : 8) + ((flags & 1) === 0 ? 0 : 4) + 1);
  let history: Buffer = Buffer.alloc(0);
  for (;;) {
    const head = (await exactly(reader, 4)).readUInt32LE(0);
    if (head === 0) break;
    const length = head & 0x7fffffff;
    if (length > largestBlock) throw new Error('lz4 block');
    const block = await exactly(reader, length);
    const content = head >>> 31 === 1 ? block : lz4Block(block, history);
    if ((flags & 0x10) !== 0) await reader.skip(4);
    // Blocks may refer to those before them unless the frame says that they do not.
    if ((flags & 0x20) === 0) history = Buffer.concat([history, content]).subarray(-windowBytes);
    yield content;
  }
  if ((flags & 4) !== 0) await reader.skip(4);
}

/** LZ4 Block Format: literals and copies in turn, the last of which is literals alone. */
function lz4Block(block: Buffer, history: Buffer): Buffer {
  const out = Buffer.alloc(history.length + largestBlock);
  let to = history.copy(out);
  let at = 0;
  const more = (length: number): number => {
    if (length < 15) return length;
    let sum = length;
    for (let byte = 255; byte === 255; ) {
      byte = block.readUInt8(at);
      at += 1;
      sum += byte;
    }
    return sum;
  };
  while (at < block.length) {
    const token = block.readUInt8(at);
    at += 1;
    const literals = more(token >> 4);
    if (at + literals > block.length || to + literals > out.length) throw new Error('lz4 literals');
    to += block.copy(out, to, at, at + literals);
    at += literals;
    if (at >= block.length) break;
    const offset = block.readUInt16LE(at);
    at += 2;
    const length = more(token & 15) + 4;
    if (offset === 0 || offset > to || to + length > out.length) throw new Error('lz4 copy');
    for (let index = 0; index < length; index += 1, to += 1) out[to] = out[to - offset] ?? 0;
  }
  return Buffer.from(out.subarray(history.length, to));
}

/** Snappy frames (Snappy framing format): chunks of one byte of kind and three of length. Checksums are not compared. */
export async function* unpackedSnappyFrames(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = pieceReader(pieces[Symbol.asyncIterator]());
  for (;;) {
    const head = await reader.take(4);
    if (head.length === 0) return;
    if (head.length < 4) throw new Error('snappy chunk');
    const [kind, length] = [head.readUInt8(0), head.readUIntLE(1, 3)];
    if (kind > 1) {
      if (kind < 0x80) throw new Error('snappy chunk');
      await reader.skip(length);
      continue;
    }
    const body = (await exactly(reader, length)).subarray(4);
    const content = kind === 1 ? body : unpackedSnappy(body, largestBlock);
    if (content === null) throw new Error('snappy chunk');
    yield content;
  }
}

/** Codes of LZW in compress(1): 256 empties the table where the third byte of the file says so, codes come in groups of eight. */
export async function* unpackedCompress(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = pieceReader(pieces[Symbol.asyncIterator]());
  const head = await exactly(reader, 3);
  const flags = head.readUInt8(2);
  const mostBits = flags & 31;
  if (head.readUInt16BE(0) !== 0x1f9d || mostBits < 9 || mostBits > 16) throw new Error('compress header');
  const clears = (flags & 0x80) !== 0;
  const prefixes = new Uint16Array(2 ** 16);
  const suffixes = new Uint8Array(2 ** 16);
  let bits = 9;
  let next = clears ? 257 : 256;
  let last = -1;
  let first = 0;
  const stack: number[] = [];
  for (;;) {
    // A group of eight codes takes as many bytes as a code has bits; what is left of one when the length of codes changes is padding.
    const group = await reader.take(bits);
    if (group.length === 0) return;
    const out: number[] = [];
    const width = bits;
    for (let code8 = 0; code8 < 8 && (code8 + 1) * width <= group.length * 8 && width === bits; code8 += 1) {
      let code = 0;
      for (let bit = 0; bit < width; bit += 1) {
        const place = code8 * width + bit;
        code |= (((group[place >> 3] ?? 0) >> (place & 7)) & 1) << bit;
      }
      if (code === 256 && clears) {
        [bits, next, last] = [9, 257, -1];
        // The rest of the group is padding, also where the width was nine.
        break;
      }
      if (last < 0 ? code > 255 : code > next) throw new Error('compress code');
      let unrolled = code;
      if (code === next && last >= 0) {
        stack.push(first);
        unrolled = last;
      }
      for (; unrolled > 255; unrolled = prefixes[unrolled] ?? 0) stack.push(suffixes[unrolled] ?? 0);
      first = unrolled;
      out.push(first);
      while (stack.length > 0) out.push(stack.pop() ?? 0);
      if (last >= 0 && next < 2 ** mostBits) {
        prefixes[next] = last;
        suffixes[next] = first;
        next += 1;
        if (next >= 2 ** bits && bits < mostBits) bits += 1;
      }
      last = code;
    }
    yield Uint8Array.from(out);
  }
}

async function exactly(reader: PieceReader, length: number): Promise<Buffer> {
  const bytes = await reader.take(length);
  if (bytes.length < length) throw new Error('end of the packed file');
  return bytes;
}
