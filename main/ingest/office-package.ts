import { heldSource } from './byte-source.ts';
import { openCompoundFile } from './compound-file.ts';
import { embeddedFile, foundChildren, type FoundFile } from './embedded-files.ts';
import { endingOf } from './file-endings.ts';
import { ExtractFailure, reasons } from './extracted.ts';
import type { ChildFile, LostChild } from './extracted.ts';
import { decodeText } from './text-encoding.ts';
import { zipContent, zipEntries } from './zip-directory.ts';

/** The parts of a document that is a ZIP file: Office Open XML, OpenDocument, EPUB. */
export interface OfficePackage {
  /** In the order of the directory. */
  readonly names: readonly string[];
  /** Null where there is no such part, or it is damaged. */
  readonly bytes: (name: string) => Promise<Uint8Array | null>;
  /** Decoded; empty where there is none. */
  readonly text: (name: string) => Promise<string>;
}

/** What all parts of a document may unfold to together. */
const largestPackage = 512 * 2 ** 20;
const largestPart = 256 * 2 ** 20;

/** Opens a package. Throws ExtractFailure when it is no ZIP file, or claims or turns out to unfold to more than a document may. */
export async function openOfficePackage(file: Uint8Array, what: string): Promise<OfficePackage> {
  const source = heldSource(file);
  const entries = await zipEntries(source);
  if (entries === null || entries.length === 0) throw new ExtractFailure(reasons.damaged(what));
  if (entries.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) > largestPackage) throw new ExtractFailure(reasons.packageTooLarge);
  const byName = new Map(entries.filter(({ kind }) => kind === 'file').map((entry) => [entry.path, entry]));
  let left = largestPackage;
  const counted = new Set<string>();
  const bytes = async (name: string): Promise<Uint8Array | null> => {
    const entry = byName.get(name);
    const content = entry === undefined ? null : await zipContent(source, entry, counted.has(name) ? largestPart : Math.min(left, largestPart));
    if (content === reasons.memberTooLarge) throw new ExtractFailure(reasons.packageTooLarge);
    if (!(content instanceof Uint8Array)) return null;
    if (!counted.has(name)) left -= content.length;
    counted.add(name);
    return content;
  };
  return {
    names: [...byName.keys()],
    bytes,
    text: async (name) => {
      const content = await bytes(name);
      return content === null ? '' : decodeText(content).text;
    },
  };
}

/** The files that a package embeds, documents and pictures, as children; each distinct part once, a damaged one as lost. */
export async function embeddedParts(parts: OfficePackage, folder: RegExp): Promise<(ChildFile | LostChild)[]> {
  const files: FoundFile[] = [];
  const lost: LostChild[] = [];
  for (const part of parts.names.filter((path) => folder.test(path))) {
    const name = part.slice(part.lastIndexOf('/') + 1);
    const content = await parts.bytes(part);
    if (content === null) lost.push({ name, sizeBytes: null, reason: reasons.memberDamaged });
    else if (content.length > 0) files.push(unwrapped(name, content));
  }
  return [...foundChildren(files), ...lost];
}

/** The file in an object that is a compound file only to hold it; any other part as it is. */
function unwrapped(name: string, bytes: Uint8Array): FoundFile {
  if (bytes[0] !== 0xd0 || bytes[1] !== 0xcf) return { name, bytes };
  try {
    const inner = embeddedFile(openCompoundFile(bytes, 'embedded object'), '');
    return inner === null ? { name, bytes } : { name: inner.name ?? `${name.replace(/\.bin$/, '')}.${endingOf(inner.bytes)}`, bytes: inner.bytes };
  } catch {
    return { name, bytes }; // a damaged object says so itself
  }
}
