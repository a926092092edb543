/** What can be had of a ZIP file without its directory, as of a download that broke off: APPNOTE 4.3.7 has a header before each member. */
import { crc32, constants, inflateRawSync } from 'node:zlib';
import type { StateReason } from '../../preload/contract/domains/basics.ts';
import type { ByteSource } from './byte-source.ts';
import { reasons } from './extracted.ts';
import { guessedNames, knownName, localMark, unpacked } from './zip-directory.ts';

/** A member that was found without the directory. */
export interface FoundMember {
  readonly path: string;
  readonly content: Uint8Array | StateReason;
  /** True when the file ends within it: `content` is its beginning. */
  readonly isCut: boolean;
}

const descriptorMark = 0x08074b50;
const unknownLength = 0xffffffff;
/** A member that does not tell its length is unpacked to see where it ends; this much is read for it. */
const mostPacked = 64 * 2 ** 20;

/** Members in their order, up to the first whose end cannot be found. `largest` bounds what one unfolds to. */
export async function* salvagedMembers(source: ByteSource, largest: () => number): AsyncGenerator<FoundMember, void, undefined> {
  for (let at = 0; ; ) {
    const head = asBuffer(await source.read(at, 30));
    if (head.length < 30 || head.readUInt32LE(0) !== localMark) return;
    const flags = head.readUInt16LE(6);
    const method = head.readUInt16LE(8);
    const told = head.readUInt32LE(18);
    const name = asBuffer(await source.read(at + 30, head.readUInt16LE(26)));
    const from = at + 30 + name.length + head.readUInt16LE(28);
    const path = knownName(flags, name, Buffer.alloc(0)) ?? guessedNames([name])(name);
    if (name.length === 0) return;
    const isTold = (flags & 8) === 0 && told !== unknownLength;
    const packed = asBuffer(await source.read(from, Math.min(isTold ? told : mostPacked, Math.max(0, source.sizeBytes - from))));
    const isEncrypted = (flags & 1) === 1;
    if (isTold && packed.length === told) {
      const content = isEncrypted ? reasons.encryptedOtherwise : unpacked(method, packed, largest());
      if (!path.endsWith('/')) yield { path, content: content instanceof Uint8Array && crc32(content) !== head.readUInt32LE(14) ? reasons.memberDamaged : content, isCut: false };
      at = from + told;
      continue;
    }
    if (isEncrypted || (method !== 8 && (method !== 0 || !isTold))) return;
    const { content, usedBytes, isWhole } = method === 0 ? { content: packed, usedBytes: packed.length, isWhole: false } : inflatedStart(packed, largest());
    if (!path.endsWith('/') && (content.length > 0 || isWhole)) yield { path, content, isCut: !isWhole };
    if (!isWhole) return;
    at = from + usedBytes;
    // 4.3.9: a descriptor follows, with a mark or without one.
    const descriptor = asBuffer(await source.read(at, 20));
    if (descriptor.length < 16) return;
    const marked = descriptor.readUInt32LE(0) === descriptorMark ? 4 : 0;
    const next = [12, 20].map((length) => at + marked + length);
    const mark = asBuffer(await source.read(next[0] ?? at, 4));
    at = (mark.length === 4 && mark.readUInt32LE(0) === localMark ? next[0] : next[1]) ?? at;
  }
}

/** As much of one deflated stream as there is, how many bytes it took, and whether it came to its end. */
function inflatedStart(packed: Buffer, largest: number): { readonly content: Uint8Array; readonly usedBytes: number; readonly isWhole: boolean } {
  const nothing = { content: new Uint8Array(), usedBytes: 0, isWhole: false };
  const options = { info: true as const, maxOutputLength: Math.max(1, largest) };
  try {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Node's typings do not know what `info` changes
    const { buffer, engine } = inflateRawSync(packed, options) as unknown as { readonly buffer: Buffer; readonly engine: { readonly bytesWritten: number } };
    return { content: buffer, usedBytes: engine.bytesWritten, isWhole: true };
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'Z_BUF_ERROR')) return nothing;
  }
  try {
    return { content: inflateRawSync(packed, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: Math.max(1, largest) }), usedBytes: packed.length, isWhole: false };
  } catch {
    return nothing; // damaged before it is cut
  }
}

/** The beginning of what a deflated stream unpacks to, up to where it is damaged; the longest part that unpacks is searched for by halves. */
export function inflatedUpToDamage(packed: Uint8Array, largest: number): Uint8Array {
  const inflated = (length: number): Uint8Array | null => {
    try {
      return inflateRawSync(packed.subarray(0, length), { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: Math.max(1, largest) });
    } catch {
      return null; // the damage lies before
    }
  };
  let [good, bad] = [0, packed.length + 1];
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (inflated(middle) === null) bad = middle;
    else good = middle;
  }
  return inflated(good) ?? new Uint8Array();
}

const asBuffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
