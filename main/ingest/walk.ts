import { lstat, readdir, stat } from 'node:fs/promises';
import { basename, join, resolve, sep } from 'node:path';
import type { StateReason } from '../../preload/contract/domains/basics.ts';

/** A file that was found. */
export interface FoundFile {
  readonly kind: 'file';
  /** To open it with: bytes where the name is no valid Unicode, which no string could say. */
  readonly location: string | Buffer;
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

/** How many entries of a folder are looked at together. */
const batch = 64;

/**
 * Finds the files of dropped files and folders, each folder's entries by name, depth first. Only one folder's names per level are held
 * at a time. A dropped path that is itself a link is followed, since a person chose it; links below it are reported. Never throws
 * for what it finds: everything ends as a file or as a skipped entry. Throws the signal's reason when aborted.
 */
export async function* walkFiles(paths: readonly string[], signal?: AbortSignal): AsyncGenerator<WalkEntry, void, undefined> {
  for (const dropped of paths) {
    const location = resolve(dropped);
    const path = basename(location) || 'root';
    try {
      yield* entryOf(location, path, await stat(location), signal);
    } catch (error) {
      signal?.throwIfAborted();
      yield { kind: 'skipped', path, reason: reasonOf(error) };
    }
  }
}

type Location = string | Buffer;
type Stats = Awaited<ReturnType<typeof lstat>>;

async function* entryOf(location: Location, path: string, stats: Stats, signal: AbortSignal | undefined): AsyncGenerator<WalkEntry, void, undefined> {
  signal?.throwIfAborted();
  if (stats.isFile()) yield { kind: 'file', location, path, sizeBytes: Number(stats.size), modifiedAt: Math.trunc(Number(stats.mtimeMs)) };
  else if (stats.isDirectory()) yield* walkFolder(location, path, signal);
  else yield { kind: 'skipped', path, reason: stats.isSymbolicLink() ? skipReasons.link : skipReasons.special };
}

async function* walkFolder(location: Location, path: string, signal: AbortSignal | undefined): AsyncGenerator<WalkEntry, void, undefined> {
  let names: string[] | Buffer[];
  try {
    names = await namesIn(location);
  } catch (error) {
    yield { kind: 'skipped', path, reason: reasonOf(error) };
    return;
  }
  for (let from = 0; from < names.length; from += batch) {
    signal?.throwIfAborted();
    const entries = await Promise.all(
      names.slice(from, from + batch).map(async (name) => {
        const below = { location: childLocation(location, name), path: `${path}/${shownName(name)}` };
        return { ...below, looked: await lstat(below.location).then((stats) => ({ stats }), (error: unknown) => ({ error })) };
      }),
    );
    for (const { looked, ...below } of entries) {
      if ('stats' in looked) yield* entryOf(below.location, below.path, looked.stats, signal);
      else yield { kind: 'skipped', path: below.path, reason: reasonOf(looked.error) };
    }
  }
}

/** Names in a stable order. On POSIX a name is any bytes: they are asked for as such, and turned into strings where that loses nothing. */
async function namesIn(location: Location): Promise<string[] | Buffer[]> {
  if (process.platform === 'win32') return (await readdir(location)).sort();
  return (await readdir(location, { encoding: 'buffer' })).sort((a, b) => a.compare(b));
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
