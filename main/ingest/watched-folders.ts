/** The watched folders of a case: off until a person turns one on, at work only while the case is open. */
import { existsSync, statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { WatchId } from '../../preload/contract/domains/basics.ts';
import type { WatchedFolder } from '../../preload/contract/domains/ingest.ts';
import { audited } from '../audit/index.ts';
import { AppError } from '../base/errors.ts';
import { newId } from '../base/ids.ts';
import { deleteWatchedFolder, insertWatchedFolder, iterateWatchedFiles, keepWatchedFiles, listWatchedFolders, type CaseStore, type WatchedFolderRow } from '../store/index.ts';
import type { FileReader } from './file-reader.ts';
import { watchFolder, type FolderState } from './folder-watch.ts';

export interface WatchedFolders {
  readonly list: () => WatchedFolder[];
  /** Throws case.path-absent, case.path-is-vault and case.folder-watched. */
  readonly add: (path: string) => WatchedFolder;
  /** Throws case.unknown-watch. Documents that came in stay. */
  readonly remove: (id: WatchId) => Promise<void>;
  /** Takes up watching what is turned on. */
  readonly begin: () => void;
  readonly close: () => Promise<void>;
}

export interface WatchedFoldersOptions {
  readonly store: CaseStore;
  readonly isOurs: (location: string) => boolean;
  /** Looks through the folders. */
  readonly files: FileReader;
  /** Takes in the paths of a folder as a job; resolves with whether it ended as it should. */
  readonly takeIn: (folder: string, paths: ReadonlySet<string>, signal: AbortSignal) => Promise<boolean>;
  readonly onChange: () => void;
  readonly everyMs: number;
}

interface Watching {
  readonly controller: AbortController;
  readonly ended: Promise<void>;
  state: FolderState;
  lookedAt: number | null;
}

/** Files that are noted in one transaction. */
const keptAtOnce = 500;

/** The watched folders; none is looked at before `begin`. */
export function watchedFolders({ store, isOurs, files, takeIn, onChange, everyMs }: WatchedFoldersOptions): WatchedFolders {
  const watchings = new Map<WatchId, Watching>();

  const begin = ({ id, path }: WatchedFolderRow): void => {
    if (watchings.has(id)) return;
    const controller = new AbortController();
    const { signal } = controller;
    const known = new Map(Array.from(iterateWatchedFiles(store.read, id), ({ path: file, sign }) => [file, sign] as const));
    const watching: Watching = {
      controller, state: 'waiting', lookedAt: null,
      ended: watchFolder({
        folder: path, known, isOurs, files, everyMs, signal,
        takeIn: (paths) => takeIn(path, paths, signal),
        keep: (files) => {
          for (let from = 0; from < files.length; from += keptAtOnce) store.bookkeep((db) => keepWatchedFiles(db, id, files.slice(from, from + keptAtOnce)));
        },
        onState: (state) => {
          const own = watchings.get(id);
          if (own === undefined) return;
          if (own.state === 'looking') own.lookedAt = store.clock.nowMs();
          const isNews = state !== 'looking' && own.state !== state;
          own.state = state;
          if (isNews) onChange();
        },
      }).catch(() => { watchings.delete(id); }), // a full disk: it is watched again when the case is opened again
    };
    watchings.set(id, watching);
  };
  const view = ({ id, path, since }: WatchedFolderRow): WatchedFolder => {
    const watching = watchings.get(id);
    return { watch: id, path, label: basename(path), since, lookedAt: watching?.lookedAt ?? null, state: watching === undefined ? 'off' : watching.state === 'looking' ? 'waiting' : watching.state };
  };
  const stop = async (id: WatchId): Promise<void> => {
    const watching = watchings.get(id);
    watchings.delete(id);
    watching?.controller.abort('close');
    await watching?.ended;
  };
  return {
    list: () => listWatchedFolders(store.read).map(view),
    add: (path) => {
      const folder = resolve(path);
      if (!existsSync(folder) || !statSync(folder).isDirectory()) throw new AppError('case.path-absent', `"${basename(folder)}" is not a folder that is there.`, { data: { name: basename(folder) } });
      if (isOurs(folder)) throw new AppError('case.path-is-vault', 'This folder holds the vault itself. It cannot be taken into a case.');
      if (listWatchedFolders(store.read).some((other) => other.path === folder)) throw new AppError('case.folder-watched', `"${basename(folder)}" is watched already.`, { data: { name: basename(folder) } });
      const row: WatchedFolderRow = { id: newId<WatchId>(store.ids), path: folder, since: store.clock.nowMs() };
      audited(store, (db) => insertWatchedFolder(db, row), () => ({ action: 'folder.watched', objects: [row.id], marking: store.marking }));
      begin(row);
      onChange();
      return view(row);
    },
    remove: async (id) => {
      if (!listWatchedFolders(store.read).some((row) => row.id === id)) throw new AppError('case.unknown-watch', 'This folder is not watched.', { data: { watch: id } });
      await stop(id);
      audited(store, (db) => deleteWatchedFolder(db, id), () => ({ action: 'folder.unwatched', objects: [id], marking: store.marking }));
      onChange();
    },
    begin: () => listWatchedFolders(store.read).forEach(begin),
    close: async () => void await Promise.all([...watchings.keys()].map(stop)),
  };
}
