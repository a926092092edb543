/** Documents that are ZIP files and have lost their end: what is left of them as a whole file, so that their readers can read it. */
import { crc32 } from 'node:zlib';
import { heldSource } from './byte-source.ts';
import { decodeText } from './text-encoding.ts';
import { zipEntries } from './zip-directory.ts';
import { salvagedMembers } from './zip-salvage.ts';

const mostUnfolded = 256 * 2 ** 20;

/** A ZIP file of the parts that can still be had, the cut one closed where it is XML; null for a file that has its directory, or nothing but the beginning of one. */
export async function mendedPackage(file: Uint8Array): Promise<Uint8Array | null> {
  const source = heldSource(file);
  if ((await zipEntries(source)) !== null) return null;
  const parts: { readonly path: string; readonly bytes: Uint8Array }[] = [];
  let left = mostUnfolded;
  for await (const { path, content, isCut } of salvagedMembers(source, () => left)) {
    if (!(content instanceof Uint8Array)) continue;
    left -= content.length;
    if (!isCut) parts.push({ path, bytes: content });
    else if (/\.(?:xml|rels|x?html?|opf|fpage|fdseq)$/i.test(path)) parts.push({ path, bytes: Buffer.from(closedXml(decodeText(content).text)) });
  }
  return parts.length === 0 ? null : stored(parts);
}

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

/** A ZIP file of these parts, as they are (APPNOTE 4.3). */
function stored(parts: readonly { readonly path: string; readonly bytes: Uint8Array }[]): Uint8Array {
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
