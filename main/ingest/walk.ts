import { lstatSync, readdirSync, statSync, type Stats } from 'node:fs';
import { basename, join, resolve, sep } from 'node:path';
import type { StateReason } from '../../preload/contract/domains/basics.ts';

/** A file that was found. */
export interface FoundFile {
  readonly kind: 'file';
  /** To open it with: bytes where the name is no valid Unicode, which no string could say. */
  readonly location: string | Uint8Array;
  /** From the parent of what was dropped, parts joined by `/`: `dump/a/b.txt`. Bytes that are no Unicode are written as `%FF`. */
  readonly path: string;
  readonly sizeBytes: number;
  /** Milliseconds since 1970; file systems may say nonsense. */
  readonly modifiedAt: number;
}

/** Something that will not be read, and why. A folder that cannot be listed is one entry. */
export interface SkippedEntry {
  readonly kind: 'skipped';
  readonly path: string;
  readonly reason: StateReason;
}

export type WalkEntry = FoundFile | SkippedEntry;

const skipReasons = {
  absent: { code: 'path.absent', sentence: 'The file is not there any more.' },
  link: { code: 'path.link', sentence: 'Links are not followed; drop what the link points to.' },
  special: { code: 'path.special', sentence: 'This is a device, a pipe or a socket, not a file.' },
  unreadable: { code: 'path.unreadable', sentence: 'The file or folder cannot be read with your rights.' },
} as const;

/**
 * Finds the files of a dropped file or folder, each folder's entries by name, depth first. Only one folder's names per level are held
 * at a time. A dropped path that is itself a link is followed, since a person chose it; links below it are reported. Never throws
 * for what it finds: everything ends as a file or as a skipped entry. Waits for the disk, so it runs on a thread (file-reader.ts).
 */
export function* walkFiles(dropped: string): Generator<WalkEntry, void, undefined> {
  const location = resolve(dropped);
  const path = basename(location) || 'root';
  let stats: Stats;
  try {
    stats = statSync(location);
  } catch (error) {
    yield { kind: 'skipped', path, reason: reasonOf(error) };
    return;
  }
  yield* entryOf(location, path, stats);
}

type Location = string | Buffer;

function* entryOf(location: Location, path: string, stats: Stats): Generator<WalkEntry, void, undefined> {
  if (stats.isFile()) yield { kind: 'file', location, path, sizeBytes: Number(stats.size), modifiedAt: Math.trunc(Number(stats.mtimeMs)) };
  else if (stats.isDirectory()) yield* walkFolder(location, path);
  else yield { kind: 'skipped', path, reason: stats.isSymbolicLink() ? skipReasons.link : skipReasons.special };
}

function* walkFolder(location: Location, path: string): Generator<WalkEntry, void, undefined> {
  let names: string[] | Buffer[];
  try {
    names = namesIn(location);
  } catch (error) {
    yield { kind: 'skipped', path, reason: reasonOf(error) };
    return;
  }
  for (const name of names) {
    const below = childLocation(location, name);
    const shown = `${path}/${shownName(name)}`;
    let stats: Stats;
    try {
      stats = lstatSync(below);
    } catch (error) {
      yield { kind: 'skipped', path: shown, reason: reasonOf(error) };
      continue;
    }
    yield* entryOf(below, shown, stats);
  }
}

/** Names in a stable order. On POSIX a name is any bytes: they are asked for as such, and turned into strings where that loses nothing. */
function namesIn(location: Location): string[] | Buffer[] {
  if (process.platform === 'win32') return readdirSync(location).sort();
  return readdirSync(location, { encoding: 'buffer' }).sort((a, b) => a.compare(b));
}

function childLocation(folder: Location, name: string | Buffer): Location {
  if (typeof name === 'string') return join(folder.toString(), name);
  const text = name.toString('utf8');
  if (typeof folder === 'string' && Buffer.from(text, 'utf8').equals(name)) return join(folder, text);
  return Buffer.concat([Buffer.from(folder), Buffer.from(sep), name]);
}

function shownName(name: string | Buffer): string {
  if (typeof name === 'string') return name.toWellFormed();
  const text = name.toString('utf8');
  if (Buffer.from(text, 'utf8').equals(name)) return text;
  // Byte by byte, so that two such names never look the same.
  return Array.from(name.toString('latin1'), (byte) => (byte < '\u0080' ? byte : `%${byte.charCodeAt(0).toString(16).toUpperCase()}`)).join('');
}

function reasonOf(error: unknown): StateReason {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the field may be absent, and is checked
  const code = (error as { readonly code?: unknown } | null)?.code;
  return code === 'ENOENT' || code === 'ENOTDIR' ? skipReasons.absent : skipReasons.unreadable;
}
