import { crc32, inflateRawSync, zstdDecompressSync } from 'node:zlib';
import type { StateReason } from '../../preload/contract/domains/basics.ts';
import { heldSource } from './byte-source.ts';
import type { ByteSource } from './byte-source.ts';
import { reasons } from './extracted.ts';
import { decodeText } from './text-encoding.ts';
import { unsealedEntry, type SealedEntry } from './zip-encryption.ts';

/** An entry of a ZIP file's central directory (APPNOTE 4.3.12). Sizes are what the directory claims. */
export interface ZipEntry {
  readonly path: string;
  readonly kind: 'file' | 'folder' | 'link' | 'special';
  readonly isEncrypted: boolean;
  /** How it is encrypted; null where it is not. */
  readonly sealed: SealedEntry | null;
  readonly method: number;
  readonly crc: number;
  readonly packedBytes: number;
  readonly sizeBytes: number;
  readonly at: number;
  /** True when another entry claims some of the same bytes: what stands first in the file keeps them. */
  readonly overlaps: boolean;
}

const endMark = 0x06054b50;
const entryMark = 0x02014b50;
export const localMark = 0x04034b50;
/** A directory larger than this is not one that a person's archive has: it holds a million entries of usual length. */
const largestDirectory = 96 * 2 ** 20;

/** The entries of a ZIP file in the directory's order; null when it has no directory that can be read, as when its end is missing. */
export async function zipEntries(source: ByteSource): Promise<readonly ZipEntry[] | null> {
  const place = await directoryPlace(source);
  if (place === null || place.bytes > largestDirectory) return null;
  const directory = buffer(await source.read(place.at, place.bytes));
  const raw: { readonly entry: Omit<ZipEntry, 'path' | 'overlaps'>; readonly name: Uint8Array; readonly known: string | null }[] = [];
  for (let at = 0; at + 46 <= directory.length && directory.readUInt32LE(at) === entryMark; ) {
    const nameLength = directory.readUInt16LE(at + 28);
    const extraLength = directory.readUInt16LE(at + 30);
    const name = directory.subarray(at + 46, at + 46 + nameLength);
    const extra = directory.subarray(at + 46 + nameLength, at + 46 + nameLength + extraLength);
    raw.push({ entry: entryAt(directory, at, extra, place.shift), name, known: knownName(directory.readUInt16LE(at + 8), name, extra) });
    at += 46 + nameLength + extraLength + directory.readUInt16LE(at + 32);
  }
  if (raw.length === 0 && place.bytes > 0) return null;
  const guess = guessedNames(raw.filter(({ known }) => known === null).map(({ name }) => name));
  return withOverlaps(raw.map(({ entry, name, known }) => {
    const path = known ?? guess(name);
    return { ...entry, path, kind: entry.kind === 'file' && path.endsWith('/') ? 'folder' as const : entry.kind };
  }));
}

function buffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}

/** Where an archive begins that stands behind other bytes, as in a program that unpacks itself; null where there is none, or nothing before it. */
export async function archiveStart(bytes: Uint8Array): Promise<number | null> {
  const entries = await zipEntries(heldSource(bytes));
  const at = Math.min(...(entries ?? []).map((entry) => entry.at));
  return at > 0 && at + 4 <= bytes.length && buffer(bytes).readUInt32LE(at) === localMark ? at : null;
}

/** 4.3.16, 4.3.14, 4.3.15. `shift` is how many bytes stand before the archive, as in one that unpacks itself; below zero when some that stood there were taken away. */
async function directoryPlace(source: ByteSource): Promise<{ readonly at: number; readonly bytes: number; readonly shift: number } | null> {
  const tailAt = Math.max(0, source.sizeBytes - 65_557 - 20);
  const tail = buffer(await source.read(tailAt, source.sizeBytes - tailAt));
  for (let at = tail.length - 22; at >= 0; at -= 1) {
    if (tail.readUInt32LE(at) !== endMark) continue;
    let bytes = tail.readUInt32LE(at + 12);
    let start = tail.readUInt32LE(at + 16);
    let endsAt = tailAt + at;
    if ((bytes === 0xffffffff || start === 0xffffffff || tail.readUInt16LE(at + 10) === 0xffff) && at >= 20 && tail.readUInt32LE(at - 20) === 0x07064b50) {
      const recordAt = Number(tail.readBigUInt64LE(at - 12));
      const record = buffer(await source.read(recordAt, 56));
      if (record.length === 56 && record.readUInt32LE(0) === 0x06064b50) {
        bytes = Number(record.readBigUInt64LE(40));
        start = Number(record.readBigUInt64LE(48));
        endsAt = recordAt;
      }
    }
    const shift = endsAt - bytes - start;
    if (endsAt >= bytes && bytes >= 0 && start >= 0) return { at: start + shift, bytes, shift };
  }
  return null;
}

function entryAt(directory: Buffer, at: number, extra: Buffer, shift: number): Omit<ZipEntry, 'path' | 'overlaps'> {
  const flags = directory.readUInt16LE(at + 8);
  const method = directory.readUInt16LE(at + 10);
  let packedBytes = directory.readUInt32LE(at + 20);
  let sizeBytes = directory.readUInt32LE(at + 24);
  let local = directory.readUInt32LE(at + 42);
  // 4.5.3: the extra field holds, in this order, only those that are all ones.
  const long = extraField(extra, 0x0001);
  let longAt = 0;
  const next = (short: number): number => {
    if (short !== 0xffffffff || long === null || longAt + 8 > long.length) return short;
    longAt += 8;
    return Number(long.readBigUInt64LE(longAt - 8));
  };
  sizeBytes = next(sizeBytes);
  packedBytes = next(packedBytes);
  local = next(local);
  // 4.4.2, 4.4.15: made on Unix, the upper half of the attributes is the mode (inode(7)).
  const mode = [3, 19].includes(directory.readUInt8(at + 5)) ? directory.readUInt32LE(at + 38) >>> 28 : 0;
  const kind = mode === 0xa ? 'link' : mode === 0x4 ? 'folder' : mode === 0 || mode === 0x8 ? 'file' : 'special';
  return { kind, isEncrypted: (flags & 1) === 1 || method === 99, sealed: sealedBy(flags, method, extra, directory, at), method, crc: directory.readUInt32LE(at + 16), packedBytes, sizeBytes, at: local + shift };
}

/** APPNOTE 6.1.5: the byte of the checksum, or of the time where the checksum follows the data; 7.2: the AES field. */
function sealedBy(flags: number, method: number, extra: Buffer, directory: Buffer, at: number): SealedEntry | null {
  if ((flags & 1) === 0 && method !== 99) return null;
  const aes = extraField(extra, 0x9901);
  const check = (flags & 8) === 0 ? directory.readUInt8(at + 19) : directory.readUInt8(at + 13);
  return { method, check, aes: aes === null || aes.length < 7 ? null : { strength: aes.readUInt8(4), method: aes.readUInt16LE(5) } };
}

function extraField(extra: Buffer, id: number): Buffer | null {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) === id) return extra.subarray(at + 4, at + 4 + extra.readUInt16LE(at + 2));
  }
  return null;
}

const strictUtf8 = new TextDecoder('utf-8', { fatal: true });

/** The name where its encoding is told: flag bit 11 or the Unicode path field (4.6.9); null when it must be guessed. */
export function knownName(flags: number, name: Buffer, extra: Buffer): string | null {
  const field = extraField(extra, 0x7075);
  if (field !== null && field.length > 5 && field.readUInt8(0) === 1 && field.readUInt32LE(1) === crc32(name)) return field.subarray(5).toString('utf8');
  try {
    return strictUtf8.decode(name);
  } catch {
    return (flags & 0x800) === 0 ? null : name.toString('utf8');
  }
}

/** The upper half of code page 437, which APPNOTE D.1 makes the encoding of names that say nothing. */
const upper437 = 'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00A0';

/** Reads names in an encoding that nobody tells: guessed from all of them together where they are of another alphabet, else code page 437. */
export function guessedNames(names: readonly Uint8Array[]): (name: Uint8Array) => string {
  if (names.length === 0) return (name) => buffer(name).toString('latin1');
  const { encoding } = decodeText(Buffer.concat(names.slice(0, 2000).flatMap((name) => [name, Buffer.from('\n')])));
  if (encoding === null || /^(?:windows-125[24]|iso-8859-(?:1|9|15)|utf-)/i.test(encoding)) return (name) => Array.from(name, (byte) => (byte < 128 ? String.fromCharCode(byte) : (upper437[byte - 128] ?? '\uFFFD'))).join('');
  const decoder = new TextDecoder(encoding);
  return (name) => decoder.decode(name);
}

function withOverlaps(entries: readonly Omit<ZipEntry, 'overlaps'>[]): ZipEntry[] {
  const overlapping = new Set<Omit<ZipEntry, 'overlaps'>>();
  let end = -1;
  for (const entry of entries.filter(({ kind }) => kind === 'file').sort((a, b) => a.at - b.at)) {
    if (entry.at < end) overlapping.add(entry);
    else end = entry.at + 30 + entry.packedBytes;
  }
  return entries.map((entry) => ({ ...entry, overlaps: overlapping.has(entry) }));
}

/** The bytes of an entry as they are stored, not unpacked; null where they cannot be had. */
export async function storedBytes(source: ByteSource, entry: ZipEntry): Promise<Uint8Array | null> {
  const head = buffer(await source.read(entry.at, 30));
  if (head.length < 30 || head.readUInt32LE(0) !== localMark) return null;
  return source.read(entry.at + 30 + head.readUInt16LE(26) + head.readUInt16LE(28), entry.packedBytes);
}

/** The bytes of an entry, or why they cannot be had. `largest` bounds what it unfolds to, whatever it claims. An encrypted one is opened with the first password that gives what its checksum says. */
export async function zipContent(source: ByteSource, entry: ZipEntry, largest: number, passwords: readonly string[] = []): Promise<Uint8Array | StateReason> {
  if (entry.isEncrypted && (passwords.length === 0 || entry.sealed === null)) return reasons.encrypted;
  if (entry.kind === 'link') return reasons.memberLink;
  if (entry.kind === 'special') return reasons.memberSpecial;
  if (entry.overlaps) return reasons.memberOverlaps;
  if (entry.packedBytes > largest || entry.sizeBytes > largest) return reasons.memberTooLarge;
  const packed = await storedBytes(source, entry);
  if (packed === null || packed.length < entry.packedBytes) return reasons.memberDamaged;
  if (entry.sealed !== null) return unsealed(packed, entry, entry.sealed, largest, passwords);
  const content = unpacked(entry.method, packed, largest);
  return content instanceof Uint8Array && crc32(content) !== entry.crc ? reasons.memberDamaged : content;
}

function unsealed(sealed: Uint8Array, entry: ZipEntry, how: SealedEntry, largest: number, passwords: readonly string[]): Uint8Array | StateReason {
  for (const password of passwords) {
    const open = unsealedEntry(sealed, how, password);
    const content = open === null ? null : unpacked(open.method, open.packed, largest);
    if (content === reasons.memberTooLarge || content === reasons.memberMethod) return content;
    // AE-2 leaves the checksum out: its code has proved the data.
    if (content instanceof Uint8Array && (how.method === 99 || crc32(content) === entry.crc)) return content;
  }
  return reasons.passwordNeeded;
}

/** Bytes that were packed by a method of APPNOTE 4.4.5, or why they cannot be had. */
export function unpacked(method: number, packed: Uint8Array, largest: number): Uint8Array | StateReason {
  if (method === 0) return packed;
  if (method !== 8 && method !== 93) return reasons.memberMethod;
  try {
    return method === 8 ? inflateRawSync(packed, { maxOutputLength: Math.max(1, largest) }) : zstdDecompressSync(packed, { maxOutputLength: Math.max(1, largest) });
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE' ? reasons.memberTooLarge : reasons.memberDamaged;
  }
}
