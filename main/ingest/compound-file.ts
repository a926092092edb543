import { burn } from '@kenjiuno/msgreader/lib/Burner.js';
import { ExtractFailure, reasons } from './extracted.ts';

/** A stream or a storage of a compound file. */
export interface CompoundEntry {
  /** Names from the root on, joined by `/`; a slash within a name becomes a blank. */
  readonly path: string;
  readonly name: string;
  readonly isStorage: boolean;
  /** Class of a storage, 32 hexadecimal digits; zeros for none. */
  readonly classId: string;
  readonly sizeBytes: number;
}

/** An OLE compound file ([MS-CFB]). */
export interface CompoundFile {
  readonly entries: readonly CompoundEntry[];
  /** A stream by its path, whatever its case; null where there is none or none of it can be had. What is cut short comes as far as it goes. */
  readonly stream: (path: string) => Buffer | null;
  readonly has: (path: string) => boolean;
  /** A storage as a compound file of its own, the same bytes for the same storage. */
  readonly storageFile: (path: string) => Uint8Array;
}

interface Found extends CompoundEntry {
  readonly start: number;
}

/** [MS-CFB] 2.1: sectors above this are marks, not places. */
const lastSector = 0xfffffffa;
const none = 0xffffffff;
const entryBytes = 128;
/** Entries of one file; a made file could link the same ones without end. */
const mostEntries = 50_000;
const deepestStorage = 32;

/** Opens a compound file held whole. Throws ExtractFailure when it has no header or no directory. */
export function openCompoundFile(bytes: Uint8Array, what: string): CompoundFile {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (file.length < 512) throw new ExtractFailure(reasons.damaged(what));
  const shift = file.readUInt16LE(30);
  if (shift < 7 || shift > 16) throw new ExtractFailure(reasons.damaged(what));
  const sectorBytes = 2 ** shift;
  const sector = (number: number): Buffer => file.subarray((number + 1) * sectorBytes, (number + 2) * sectorBytes);
  const next = allocationTable(file, sector, sectorBytes);
  const chain = (start: number, most: number): Buffer => {
    const parts: Buffer[] = [];
    let left = most;
    const seen = new Set<number>();
    for (let at = start; at < lastSector && left > 0 && !seen.has(at); at = next[at] ?? none) {
      seen.add(at);
      const part = sector(at).subarray(0, left);
      if (part.length === 0) break;
      parts.push(part);
      left -= part.length;
    }
    return parts.length === 1 ? (parts[0] ?? Buffer.alloc(0)) : Buffer.concat(parts);
  };
  const directory = chain(file.readUInt32LE(48), file.length);
  if (directory.length < entryBytes) throw new ExtractFailure(reasons.damaged(what));
  const wide = (at: number): number => directory.readUInt32LE(at) + (shift > 9 ? directory.readUInt32LE(at + 4) * 2 ** 32 : 0);
  const root = { start: directory.readUInt32LE(116), sizeBytes: wide(120) };
  const miniBytes = 2 ** Math.min(16, file.readUInt16LE(32));
  const mini = chain(root.start, Math.min(root.sizeBytes, file.length));
  const miniNext = numbersOf(chain(file.readUInt32LE(60), file.length));
  const largestMini = file.readUInt32LE(56);
  const found = listed(directory, wide);
  const byPath = new Map(found.map((entry) => [entry.path.toLowerCase(), entry]));
  const content = ({ start, sizeBytes }: Found): Buffer => {
    const claimed = Math.min(sizeBytes, file.length);
    if (claimed >= largestMini) return chain(start, claimed);
    const parts: Buffer[] = [];
    let left = claimed;
    const seen = new Set<number>();
    for (let at = start; at < lastSector && left > 0 && !seen.has(at); at = miniNext[at] ?? none) {
      seen.add(at);
      const part = mini.subarray(at * miniBytes, at * miniBytes + Math.min(miniBytes, left));
      if (part.length === 0) break;
      parts.push(part);
      left -= part.length;
    }
    return Buffer.concat(parts);
  };
  const stream = (path: string): Buffer | null => {
    const entry = byPath.get(path.toLowerCase());
    return entry === undefined || entry.isStorage ? null : content(entry);
  };
  return { entries: found, stream, has: (path) => byPath.has(path.toLowerCase()), storageFile: (path) => storageFile(found, path, content) };
}

/** [MS-CFB] 2.3 and 2.5: which sector follows each. The table's own places stand in the header and in further sectors. */
function allocationTable(file: Buffer, sector: (number: number) => Buffer, sectorBytes: number): Uint32Array {
  const places: number[] = [];
  for (let at = 76; at < 512; at += 4) places.push(file.readUInt32LE(at));
  const seen = new Set<number>();
  for (let at = file.readUInt32LE(68); at < lastSector && !seen.has(at); ) {
    seen.add(at);
    const more = sector(at);
    if (more.length < sectorBytes) break;
    for (let offset = 0; offset < sectorBytes - 4; offset += 4) places.push(more.readUInt32LE(offset));
    at = more.readUInt32LE(sectorBytes - 4);
  }
  return numbersOf(Buffer.concat([...new Set(places)].filter((place) => place < lastSector).map((place) => {
    const part = sector(place);
    return part.length === sectorBytes ? part : Buffer.concat([part], sectorBytes);
  })));
}

function numbersOf(bytes: Buffer): Uint32Array {
  const numbers = new Uint32Array(bytes.length >> 2);
  for (let index = 0; index < numbers.length; index += 1) numbers[index] = bytes.readUInt32LE(index * 4);
  return numbers;
}

/** [MS-CFB] 2.6: the entries below the root, those of a storage in a tree of siblings, told in the order of their places. */
function listed(directory: Buffer, wide: (at: number) => number): Found[] {
  const count = Math.min(mostEntries, Math.floor(directory.length / entryBytes));
  const found: (Found & { readonly number: number })[] = [];
  const seen = new Set<number>([0]);
  const pending: { readonly number: number; readonly above: string; readonly depth: number }[] = [{ number: directory.readUInt32LE(76), above: '', depth: 0 }];
  for (let one = pending.pop(); one !== undefined; one = pending.pop()) {
    const { number, above, depth } = one;
    if (number >= count || seen.has(number) || depth > deepestStorage) continue;
    seen.add(number);
    const at = number * entryBytes;
    pending.push({ number: directory.readUInt32LE(at + 68), above, depth }, { number: directory.readUInt32LE(at + 72), above, depth });
    const kind = directory[at + 66];
    if (kind !== 1 && kind !== 2) continue;
    const name = directory.subarray(at, at + Math.max(0, Math.min(64, directory.readUInt16LE(at + 64)) - 2)).toString('utf16le');
    const path = above + name.replaceAll('/', ' ');
    found.push({ number, path, name, isStorage: kind === 1, classId: directory.subarray(at + 80, at + 96).toString('hex'), start: directory.readUInt32LE(at + 116), sizeBytes: wide(at + 120) });
    if (kind === 1) pending.push({ number: directory.readUInt32LE(at + 76), above: `${path}/`, depth: depth + 1 });
  }
  return found.sort((a, b) => a.number - b.number);
}

function storageFile(entries: readonly Found[], path: string, content: (entry: Found) => Buffer): Uint8Array {
  type Burned = Parameters<typeof burn>[0][number];
  const burned: Burned[] = [{ name: 'Root Entry', type: 5, children: [], length: 0 }];
  const placeByPath = new Map([[path.toLowerCase(), 0]]);
  const below = entries.filter((entry) => entry.path.toLowerCase().startsWith(`${path.toLowerCase()}/`));
  // A storage must be there before what lies in it.
  for (const entry of below.toSorted((a, b) => a.path.split('/').length - b.path.split('/').length)) {
    const above = placeByPath.get(entry.path.slice(0, entry.path.lastIndexOf('/')).toLowerCase());
    if (above === undefined) continue;
    const bytes = entry.isStorage ? null : Uint8Array.from(content(entry));
    const place = burned.push({ name: entry.name, type: bytes === null ? 1 : 2, length: bytes?.length ?? 0, ...(bytes === null ? { children: [] } : { binaryProvider: () => bytes }) }) - 1;
    placeByPath.set(entry.path.toLowerCase(), place);
    burned[above]?.children?.push(place);
  }
  return Uint8Array.from(burn(burned));
}
