/** Watching one folder: looks at it again and again, and says what is new or changed once it stands still. Never opens a file. */
import { setTimeout as wait } from 'node:timers/promises';
import type { FileReader } from './file-reader.ts';

/** How a watched folder stands. `absent`: it is not there now, as a share that is not connected. */
export type FolderState = 'waiting' | 'looking' | 'taking-in' | 'absent';

export interface FolderWatchOptions {
  /** Absolute. */
  readonly folder: string;
  /** What was taken in before: path to sign. Grows with what is taken in. */
  readonly known: Map<string, string>;
  readonly isOurs: (location: string) => boolean;
  readonly files: FileReader;
  /** Takes in these paths; resolves when they have ended in one way or another, false when they have not. */
  readonly takeIn: (paths: ReadonlySet<string>) => Promise<boolean>;
  /** Keeps that these were taken in. */
  readonly keep: (files: readonly (readonly [path: string, sign: string])[]) => void;
  readonly onState: (state: FolderState) => void;
  /** Between two looks, and so the time for which a file must stand still. */
  readonly everyMs: number;
  readonly signal: AbortSignal;
}

/** A look may take a tenth of the time at most: large folders are looked at less often. */
const restPerLook = 10;

/** Watches until the signal aborts. Never rejects. */
export async function watchFolder(options: FolderWatchOptions): Promise<void> {
  const { known, takeIn, keep, onState, everyMs, signal } = options;
  let before: ReadonlyMap<string, string> = new Map();
  try {
    for (;;) {
      onState('looking');
      const began = performance.now();
      const now = await look(options);
      const tookMs = performance.now() - began;
      // What changed, and is as it was at the look before: nobody writes it any more.
      const settled = [...(now ?? [])].filter(([path, sign]) => known.get(path) !== sign && before.get(path) === sign);
      before = now ?? new Map();
      if (settled.length > 0) {
        onState('taking-in');
        if (await takeIn(new Set(settled.map(([path]) => path)))) {
          for (const [path, sign] of settled) known.set(path, sign);
          keep(settled);
        }
      }
      onState(now === null ? 'absent' : 'waiting');
      await wait(Math.max(everyMs, restPerLook * tookMs), undefined, { signal, ref: false });
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

/** Every entry below the folder with a sign that changes when it does; null when the folder is not there. */
async function look({ folder, isOurs, files, signal }: FolderWatchOptions): Promise<Map<string, string> | null> {
  const found = new Map<string, string>();
  for await (const entries of files.walk(folder, signal)) {
    for (const entry of entries) {
      if (entry.kind === 'skipped' && entry.reason.code === 'path.absent' && !entry.path.includes('/')) return null;
      if (entry.kind === 'file' && isOurs(Buffer.from(entry.location).toString())) continue;
      found.set(entry.path, entry.kind === 'file' ? `${entry.sizeBytes}/${entry.modifiedAt}` : entry.reason.code);
    }
  }
  return found;
}
