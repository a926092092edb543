/** Documents that are ZIP files and have lost their end or are damaged within: what is left of them as a whole file, so that their readers can read it. */
import { crc32 } from 'node:zlib';
import { heldSource } from './byte-source.ts';
import type { ByteSource } from './byte-source.ts';
import { reasons } from './extracted.ts';
import { decodeText } from './text-encoding.ts';
import { storedBytes, zipContent, zipEntries } from './zip-directory.ts';
import type { ZipEntry } from './zip-directory.ts';
import { inflatedUpToDamage, salvagedMembers } from './zip-salvage.ts';

const mostUnfolded = 256 * 2 ** 20;

/** Parts that readers of documents parse; some of those readers do not come back from a damaged one. */
const parsed = /\.(?:xml|rels|vml|bin|x?html?|opf|apxl|fpage|fdseq|fdoc)$/i;
const embedded = /(?:^|\/)(?:embeddings|media)\//;
const written = /\.(?:xml|rels|vml|x?html?|opf|apxl|fpage|fdseq|fdoc)$/i;
/** Packed bytes of a damaged part that are searched for what still unpacks. */
const mostSearched = 16 * 2 ** 20;

/**
 * A ZIP file of the parts that can still be had: of one that has lost its directory, and of one whose parts are damaged. Such a part, or the
 * one that the file ends in, comes as far as it goes, closed, where it is XML, and else not at all. Null for a file that is whole, and for one of which nothing is left.
 */
export async function mendedPackage(file: Uint8Array): Promise<Uint8Array | null> {
  const source = heldSource(file);
  const entries = await zipEntries(source);
  return entries === null ? fromHeaders(source) : fromDirectory(source, entries);
}

async function fromHeaders(source: ByteSource): Promise<Uint8Array | null> {
  const parts: PackagePart[] = [];
  let left = mostUnfolded;
  for await (const { path, content, isCut } of salvagedMembers(source, () => left)) {
    if (!(content instanceof Uint8Array)) continue;
    left -= content.length;
    if (!isCut) parts.push({ path, bytes: content });
    else if (written.test(path)) parts.push({ path, bytes: closed(content) });
  }
  return parts.length === 0 ? null : storedPackage(parts);
}

async function fromDirectory(source: ByteSource, entries: readonly ZipEntry[]): Promise<Uint8Array | null> {
  const files = entries.filter(({ kind }) => kind === 'file');
  const damaged = new Set<ZipEntry>();
  let left = mostUnfolded;
  for (const entry of files.filter(({ path }) => parsed.test(path) && !embedded.test(path))) {
    const content = await zipContent(source, entry, Math.max(0, left));
    if (content === reasons.memberDamaged) damaged.add(entry);
    else if (content instanceof Uint8Array) left -= content.length;
  }
  if (damaged.size === 0) return null;
  const parts: PackagePart[] = [];
  left = mostUnfolded;
  for (const entry of files) {
    const content = damaged.has(entry) ? await partOf(source, entry, left) : await zipContent(source, entry, Math.max(0, left));
    if (!(content instanceof Uint8Array)) continue;
    left -= content.length;
    parts.push({ path: entry.path, bytes: content });
  }
  return storedPackage(parts);
}

async function partOf(source: ByteSource, entry: ZipEntry, largest: number): Promise<Uint8Array | null> {
  const packed = written.test(entry.path) && entry.method === 8 && entry.packedBytes <= mostSearched ? await storedBytes(source, entry) : null;
  const content = packed === null ? null : inflatedUpToDamage(packed, Math.max(0, largest));
  return content === null || content.length === 0 ? null : closed(content);
}

const closed = (content: Uint8Array): Uint8Array => Buffer.from(closedXml(decodeText(content).text));

/** XML that ends anywhere, ended after its last whole tag with every open element closed. */
export function closedXml(xml: string): string {
  const open: string[] = [];
  let end = 0;
  for (const found of xml.matchAll(/<(\/?)([A-Za-z_][\w.:-]*)(?:\s(?:[^<>"']|"[^"<]*"|'[^'<]*')*)?(\/?)>|<\?[^>]*\?>|<!--(?:(?!-->)[^])*-->/g)) {
    end = found.index + found[0].length;
    const [, closing, name, empty] = found;
    if (name === undefined || empty === '/') continue;
    if (closing !== '/') open.push(name);
    else if (open.at(-1) === name) open.pop();
  }
  // Text behind the last tag counts as far as no tag begins in it.
  const rest = /^[^<]*/.exec(xml.slice(end))?.[0] ?? '';
  return `${xml.slice(0, end)}${open.length === 0 ? '' : rest.replace(/&[^;\s]*$/, '')}${open.toReversed().map((name) => `</${name}>`).join('')}`;
}

/** A part of a package by its name. */
export interface PackagePart {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** A ZIP file of these parts, as they are (APPNOTE 4.3). */
export function storedPackage(parts: readonly PackagePart[]): Uint8Array {
  const locals: Uint8Array[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const { path, bytes } of parts) {
    const name = Buffer.from(path);
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(20, 0);
    shared.writeUInt16LE(0x800, 2);
    shared.writeUInt32LE(crc32(bytes), 10);
    shared.writeUInt32LE(bytes.length, 14);
    shared.writeUInt32LE(bytes.length, 18);
    shared.writeUInt16LE(name.length, 22);
    locals.push(Buffer.from('PK\x03\x04', 'latin1'), shared, name, bytes);
    const place = Buffer.alloc(4);
    place.writeUInt32LE(offset);
    central.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), shared, Buffer.alloc(10), place, name]));
    offset += 30 + name.length + bytes.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
}
