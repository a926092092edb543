/** Compiled help (CHM) with one topic, packed by LZX in one run. */

const name = (text: string): Buffer => Buffer.concat([Buffer.from([Buffer.byteLength(text)]), Buffer.from(text)]);
/** Seven bits a byte, the highest first. */
function encoded(value: number): Buffer {
  const bytes = [value & 127];
  for (let rest = value >> 7; rest > 0; rest >>= 7) bytes.unshift((rest & 127) | 128);
  return Buffer.from(bytes);
}
const number64 = (value: number): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
};

/**
 * A verbatim block: every letter has a code of nine bits, and one bit is a match of seven letters at the distance of the last one. `parts`
 * are texts; between two of them stands such a match, which repeats the letter before it seven times.
 */
export function packedByLzx(parts: readonly string[]): Buffer {
  let bits = '';
  const put = (value: number, length: number): void => { bits += value.toString(2).padStart(length, '0'); };
  const sizeBytes = parts.join('').length + (parts.length - 1) * 7;
  put(0, 1);
  put(1, 3);
  put(sizeBytes, 24);
  // Differences of lengths as symbols: 0 is "0", 9 is "10", 1 is "11"; the tree of those comes first, four bits a length.
  const tree = (): void => { for (let symbol = 0; symbol < 20; symbol += 1) put(symbol === 0 ? 1 : symbol === 8 || symbol === 16 ? 2 : 0, 4); };
  tree();
  bits += '10'.repeat(256);
  tree();
  bits += `${'0'.repeat(5)}11${'0'.repeat(32 * 8 - 6)}`;
  tree();
  bits += '0'.repeat(249);
  for (const [index, part] of parts.entries()) {
    if (index > 0) bits += '0';
    for (const byte of Buffer.from(part, 'latin1')) bits += `1${byte.toString(2).padStart(8, '0')}`;
  }
  const words = bits.padEnd(Math.ceil(bits.length / 16) * 16, '0').match(/.{16}/g) ?? [];
  return Buffer.from(words.flatMap((word) => [Number.parseInt(word.slice(8), 2), Number.parseInt(word.slice(0, 8), 2)]));
}

/** A help file whose packed section is `packed` and unpacks to the one topic of `sizeBytes`. */
export function helpFile(topic: string, packed: Uint8Array, sizeBytes: number): Uint8Array {
  const control = Buffer.alloc(28);
  control.write('LZXC', 4, 'latin1');
  [6, 2, 1, 2, 0].forEach((value, index) => control.writeUInt32LE(value, index === 0 ? 0 : 4 + index * 4));
  const table = Buffer.concat([Buffer.from([2, 0, 0, 0, 1, 0, 0, 0, 8, 0, 0, 0, 40, 0, 0, 0]), number64(sizeBytes), number64(packed.length), number64(0x8000), number64(0)]);
  const transform = '::DataSpace/Storage/MSCompressed/Transform/{7FC28940-9D31-11D0-9B27-00A0C91E9C7C}/InstanceData/ResetTable';
  const stored: readonly (readonly [string, Uint8Array])[] = [['::DataSpace/Storage/MSCompressed/Content', packed], ['::DataSpace/Storage/MSCompressed/ControlData', control], [transform, table]];
  let at = 0;
  const entries = stored.map(([path, bytes]) => {
    const entry = Buffer.concat([name(path), encoded(0), encoded(at), encoded(bytes.length)]);
    at += bytes.length;
    return entry;
  });
  const list = Buffer.concat([name(`/${topic}`), encoded(1), encoded(0), encoded(sizeBytes), ...entries]);
  const chunk = Buffer.alloc(1024);
  chunk.write('PMGL', 0, 'latin1');
  chunk.writeUInt32LE(1024 - 20 - list.length, 4);
  list.copy(chunk, 20);
  const directory = Buffer.alloc(0x54);
  directory.write('ITSP', 0, 'latin1');
  directory.writeUInt32LE(0x54, 8);
  directory.writeUInt32LE(1024, 0x10);
  directory.writeUInt32LE(1, 0x2c);
  const head = Buffer.alloc(0x60);
  head.write('ITSF', 0, 'latin1');
  head.writeUInt32LE(3, 4);
  head.writeBigUInt64LE(0x60n, 0x48);
  head.writeBigUInt64LE(BigInt(0x60 + 0x54 + 1024), 0x58);
  return Uint8Array.from(Buffer.concat([head, directory, chunk, ...stored.map(([, bytes]) => bytes)]));
}
