import type { StateReason } from '../../preload/contract/domains/basics.ts';
import { largestMemberBytes } from './members.ts';
import { ExtractFailure, reasons } from './extracted.ts';
import type { PieceReader } from './byte-source.ts';

/** Bytes of a tar header, and what everything is padded to. */
export const tarBlockBytes = 512;
/** Names and records that stand before a header are read up to this length. */
const longestRecord = 2 ** 20;

/** A member of a tar file: its bytes, or why they are not taken. */
export interface TarMember {
  readonly path: string;
  readonly sizeBytes: number;
  readonly content: Uint8Array | StateReason;
}

/** True for the header of a tar member: its checksum is right (POSIX.1-2017 pax, ustar interchange format), which also finds what older programs wrote. */
export function isTarHeader(block: Uint8Array): boolean {
  if (block.length < tarBlockBytes || block[0] === 0) return false;
  const said = Number.parseInt(textOf(block, 148, 8).trim(), 8);
  if (!Number.isFinite(said) || said === 0) return false;
  let sum = 8 * 0x20;
  for (let at = 0; at < tarBlockBytes; at += 1) if (at < 148 || at >= 156) sum += block[at] ?? 0;
  return sum === said;
}

/** The members of a tar stream. Folders are passed over; throws ExtractFailure where the stream is cut short, behind what is left of the member that it ends in, or is none. */
export async function* tarMembers(reader: PieceReader, largest: () => number): AsyncGenerator<TarMember, void, undefined> {
  let records: ReadonlyMap<string, string> = new Map();
  let longName: string | null = null;
  for (let first = true; ; first = false) {
    const block = await reader.take(tarBlockBytes);
    if (block.every((byte) => byte === 0) && (block.length === tarBlockBytes || !first)) return;
    if (!isTarHeader(block)) throw new ExtractFailure(first ? reasons.damaged('tar archive') : reasons.cutShort);
    const type = String.fromCharCode(block[156] ?? 0);
    const sizeBytes = Number(records.get('size') ?? sizeOf(block));
    if (!Number.isSafeInteger(sizeBytes) || sizeBytes < 0) throw new ExtractFailure(reasons.cutShort);
    if (type === 'x' || type === 'L' || type === 'K' || type === 'g') {
      const record = await body(reader, sizeBytes, longestRecord);
      if (type === 'x') records = paxRecords(record);
      else if (type === 'L') longName = nameText(record);
      continue;
    }
    const path = records.get('path') ?? longName ?? headerName(block);
    const isSparse = type === 'S' || [...records.keys()].some((key) => key.startsWith('GNU.sparse'));
    records = new Map();
    longName = null;
    const refused = isSparse ? reasons.memberMethod : refusalOf(type);
    // Links have no body, whatever size they were given.
    if (type === '1' || type === '2') yield { path, sizeBytes: 0, content: reasons.memberLink };
    else if (type === '5') await skipBody(reader, sizeBytes);
    else if (refused === null && sizeBytes <= Math.min(largest(), largestMemberBytes)) {
      const content = await reader.take(sizeBytes);
      const isCut = content.length < sizeBytes;
      if (content.length > 0 || !isCut) yield { path, sizeBytes, content };
      if (isCut) throw new ExtractFailure(reasons.cutShort);
      await reader.skip(padding(sizeBytes));
    }
    else {
      yield { path, sizeBytes, content: refused ?? reasons.memberTooLarge };
      await skipBody(reader, sizeBytes);
    }
  }
}

function refusalOf(type: string): StateReason | null {
  if (['3', '4', '6'].includes(type)) return reasons.memberSpecial;
  return null;
}

async function body(reader: PieceReader, sizeBytes: number, most: number): Promise<Buffer> {
  if (sizeBytes > most) throw new ExtractFailure(reasons.cutShort);
  const bytes = await reader.take(sizeBytes);
  await reader.skip(padding(sizeBytes));
  if (bytes.length < sizeBytes) throw new ExtractFailure(reasons.cutShort);
  return bytes;
}

async function skipBody(reader: PieceReader, sizeBytes: number): Promise<void> {
  const whole = sizeBytes + padding(sizeBytes);
  if ((await reader.skip(whole)) < sizeBytes) throw new ExtractFailure(reasons.cutShort);
}

const padding = (sizeBytes: number): number => (tarBlockBytes - (sizeBytes % tarBlockBytes)) % tarBlockBytes;

function textOf(block: Uint8Array, at: number, length: number): string {
  return Buffer.from(block.buffer, block.byteOffset + at, length).toString('latin1').replace(/\0[^]*$/, '');
}

/** Octal digits, or, with the first bit set, a number of its own (GNU tar, "Extensions to the archive format"). */
function sizeOf(block: Buffer): number {
  if (((block[124] ?? 0) & 0x80) === 0) return Number.parseInt(textOf(block, 124, 12).trim() || '0', 8);
  let value = 0;
  for (let at = 125; at < 136; at += 1) value = value * 256 + (block[at] ?? 0);
  return value;
}

function headerName(block: Buffer): string {
  const name = nameText(block.subarray(0, 100));
  const prefix = block.subarray(257, 262).toString('latin1') === 'ustar' && block[263] === 0x30 ? nameText(block.subarray(345, 500)) : '';
  return prefix === '' ? name : `${prefix}/${name}`;
}

const strictUtf8 = new TextDecoder('utf-8', { fatal: true });

/** Names are bytes up to a zero; such as are no UTF-8 are shown byte by byte. */
function nameText(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  const name = end < 0 ? bytes : bytes.subarray(0, end);
  try {
    return strictUtf8.decode(name);
  } catch {
    return Buffer.from(name).toString('latin1');
  }
}

/** "LENGTH KEY=VALUE\n" lines, the length counting the whole line in bytes (pax extended header). */
function paxRecords(bytes: Buffer): Map<string, string> {
  const records = new Map<string, string>();
  for (let at = 0; at < bytes.length; ) {
    const blank = bytes.indexOf(0x20, at);
    const length = blank < 0 ? Number.NaN : Number.parseInt(bytes.subarray(at, blank).toString('latin1'), 10);
    if (!Number.isFinite(length) || length <= blank - at || at + length > bytes.length) return records;
    const line = bytes.subarray(blank + 1, at + length - 1);
    const equals = line.indexOf(0x3d);
    if (equals > 0) records.set(line.subarray(0, equals).toString('latin1'), line.subarray(equals + 1).toString('utf8'));
    at += length;
  }
  return records;
}
