/** LZX as help files and cabinets use it ([MS-PATCH] 2, and its description by Microsoft for cabinets). */

const minMatch = 2;
const frameBytes = 32_768;
const slotsByWindow: Readonly<Record<number, number>> = { 15: 30, 16: 32, 17: 34, 18: 36, 19: 38, 20: 42, 21: 50 };
const footerBits = Array.from({ length: 51 }, (_, slot) => (slot < 4 ? 0 : Math.min(17, (slot >> 1) - 1)));
const slotBases = footerBits.reduce<number[]>((bases, _, slot) => [...bases, slot === 0 ? 0 : (bases[slot - 1] ?? 0) + 2 ** (footerBits[slot - 1] ?? 0)], []);

/** Bits of 16-bit words, the highest first. Behind the end come zeros. */
class Bits {
  private readonly bytes: Buffer;
  private at = 0;
  private held = 0;
  private count = 0;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }

  peek(length: number): number {
    while (this.count < length) {
      this.held = (this.held * 0x10000 + (this.bytes[this.at] ?? 0) + (this.bytes[this.at + 1] ?? 0) * 256) % 2 ** 48;
      this.at += 2;
      this.count += 16;
    }
    return Math.floor(this.held / 2 ** (this.count - length)) % 2 ** length;
  }

  skip(length: number): void {
    this.peek(length);
    this.count -= length;
    this.held %= 2 ** this.count;
  }

  take(length: number): number {
    if (length === 0) return 0;
    const value = this.peek(length);
    this.skip(length);
    return value;
  }

  align(): void {
    this.skip(this.count % 16);
  }

  /** Bytes as they are, from the next word on. */
  raw(length: number): Buffer {
    this.at -= (this.count >> 4) * 2;
    this.count = 0;
    this.held = 0;
    const part = this.bytes.subarray(this.at, this.at + length);
    this.at += length;
    return part;
  }

  get isPast(): boolean {
    return this.at - (this.count >> 3) > this.bytes.length + 4;
  }
}

/** A canonical Huffman code by a table of its longest length. */
function huffman(lengths: Uint8Array): (bits: Bits) => number {
  const longest = Math.max(1, ...lengths);
  const table = new Int16Array(2 ** longest).fill(-1);
  let next = 0;
  for (let length = 1; length <= longest; length += 1) {
    for (let symbol = 0; symbol < lengths.length; symbol += 1) {
      if (lengths[symbol] !== length) continue;
      const span = 2 ** (longest - length);
      table.fill(symbol, next, next + span);
      next += span;
    }
  }
  return (bits) => {
    const symbol = table[bits.peek(longest)] ?? -1;
    if (symbol < 0) throw new Error('no such code');
    bits.skip(lengths[symbol] ?? 0);
    return symbol;
  };
}

/** Lengths of a tree as differences from those before, packed with a tree of their own. */
function readLengths(bits: Bits, lengths: Uint8Array, from: number, to: number): void {
  const decode = huffman(Uint8Array.from({ length: 20 }, () => bits.take(4)));
  for (let at = from; at < to; ) {
    const code = decode(bits);
    if (code === 17 || code === 18) at = fillLengths(lengths, at, Math.min(to, at + (code === 17 ? 4 + bits.take(4) : 20 + bits.take(5))), 0);
    else if (code === 19) {
      const count = 4 + bits.take(1);
      at = fillLengths(lengths, at, Math.min(to, at + count), ((lengths[at] ?? 0) + 17 - decode(bits)) % 17);
    } else {
      lengths[at] = ((lengths[at] ?? 0) + 17 - code) % 17;
      at += 1;
    }
  }
}

function fillLengths(lengths: Uint8Array, from: number, to: number, value: number): number {
  lengths.fill(value, from, to);
  return to;
}

/** Unpacks one run that begins anew, of `sizeBytes` when unpacked, in a window of 2^`windowBits`. Throws for what is damaged. */
export function unpackLzx(packed: Buffer, sizeBytes: number, windowBits: number): Buffer {
  const slots = slotsByWindow[windowBits];
  if (slots === undefined) throw new Error('no such window');
  const bits = new Bits(packed);
  const out = Buffer.alloc(sizeBytes);
  const main = new Uint8Array(256 + slots * 8);
  const long = new Uint8Array(249);
  let [last, second, third] = [1, 1, 1];
  let to = 0;
  if (bits.take(1) === 1) bits.take(32); // addresses of a program were changed: help has none
  while (to < sizeBytes && !bits.isPast) {
    const kind = bits.take(3);
    const end = Math.min(sizeBytes, to + bits.take(24));
    if (kind === 3) {
      bits.align();
      const places = bits.raw(12);
      if (places.length < 12) throw new Error('cut short');
      [last, second, third] = [places.readUInt32LE(0), places.readUInt32LE(4), places.readUInt32LE(8)];
      to += bits.raw(end - to).copy(out, to);
      if ((end & 1) === 1) bits.raw(1);
      continue;
    }
    if (kind !== 1 && kind !== 2) throw new Error('no such block');
    const aligned = kind === 2 ? huffman(Uint8Array.from({ length: 8 }, () => bits.take(3))) : null;
    readLengths(bits, main, 0, 256);
    readLengths(bits, main, 256, main.length);
    readLengths(bits, long, 0, long.length);
    const [decodeMain, decodeLong] = [huffman(main), huffman(long)];
    while (to < end) {
      const frameEnd = Math.min(end, (Math.floor(to / frameBytes) + 1) * frameBytes);
      while (to < frameEnd) {
        if (bits.isPast) throw new Error('cut short');
        const symbol = decodeMain(bits);
        if (symbol < 256) {
          out[to] = symbol;
          to += 1;
          continue;
        }
        const slot = (symbol - 256) >> 3;
        const length = (symbol & 7) + minMatch + ((symbol & 7) === 7 ? decodeLong(bits) : 0);
        let distance = last;
        if (slot === 1) [distance, second] = [second, last];
        else if (slot === 2) [distance, third] = [third, last];
        else if (slot > 2) {
          const extra = footerBits[slot] ?? 0;
          const footer = aligned !== null && extra >= 3 ? bits.take(extra - 3) * 8 + aligned(bits) : bits.take(extra);
          distance = (slotBases[slot] ?? 0) - 2 + footer;
          [third, second] = [second, last];
        }
        last = distance;
        if (distance > to) throw new Error('before the start');
        for (let left = Math.min(length, sizeBytes - to); left > 0; left -= 1, to += 1) out[to] = out[to - distance] ?? 0;
      }
      // A match may go past a frame's end; the next frame begins at a word all the same.
      if (to % frameBytes === 0 && to < sizeBytes) bits.align();
    }
  }
  return out.subarray(0, to);
}
