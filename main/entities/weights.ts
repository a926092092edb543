import { brotliDecompressSync } from 'node:zlib';
import { rowCount } from './features.ts';
import packed from './weights.json' with { type: 'json' };
import { tagCount } from './tags.ts';
import type { Weights } from './viterbi.ts';

/** The bytes of a table: the transitions, then for each row that has weights the distance to the one before (7 bits a byte, low first) and its weights. */
export function packWeights({ rows, transitions }: { readonly rows: Int8Array; readonly transitions: Int8Array }): Uint8Array {
  const bytes: number[] = [...new Uint8Array(transitions.buffer)];
  let last = 0;
  for (let row = 0; row < rowCount; row += 1) {
    const own = rows.subarray(row * tagCount, (row + 1) * tagCount);
    if (own.every((weight) => weight === 0)) continue;
    let distance = row - last;
    last = row;
    for (; distance > 127; distance >>>= 7) bytes.push((distance & 127) | 128);
    bytes.push(distance);
    // Which tags have a weight, then those weights.
    for (let from = 0; from < tagCount; from += 8) bytes.push(own.subarray(from, from + 8).reduce((mask, weight, bit) => (weight === 0 ? mask : mask | (1 << bit)), 0));
    for (const weight of own) if (weight !== 0) bytes.push(weight & 255);
  }
  return Uint8Array.from(bytes);
}

/** The inverse of packWeights. */
export function unpackWeights(bytes: Uint8Array): { readonly rows: Int8Array; readonly transitions: Int8Array } {
  const transitions = Int8Array.from(bytes.subarray(0, tagCount * tagCount), (byte) => (byte << 24) >> 24);
  const rows = new Int8Array(rowCount * tagCount);
  const maskSize = Math.ceil(tagCount / 8);
  let at = transitions.length;
  const byte = (): number => bytes[at++] ?? 0;
  for (let row = 0; at < bytes.length;) {
    let part = byte();
    for (let shift = 0; ; shift += 7) {
      row += (part & 127) << shift;
      if (part < 128) break;
      part = byte();
    }
    const mask = bytes.subarray(at, at + maskSize);
    at += maskSize;
    for (let tag = 0; tag < tagCount; tag += 1) if (((mask[tag >>> 3] ?? 0) >>> (tag & 7)) & 1) rows[row * tagCount + tag] = (byte() << 24) >> 24;
  }
  return { rows, transitions };
}

let loaded: Weights | null = null;

/** The trained weights, unpacked at the first question. */
export function trainedWeights(): Weights {
  loaded ??= unpackWeights(brotliDecompressSync(Buffer.from(packed.weights, 'base64')));
  return loaded;
}
