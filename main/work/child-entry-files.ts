import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ChildEntry } from './process-host.ts';

/** Where an entry's program is and which folders its process has to read to load it. */
export interface EntryFile {
  readonly file: string;
  readonly readable: readonly string[];
}

const sources: Record<ChildEntry, string> = { extract: '../ingest/extract.worker.ts', ocr: '../ingest/ocr/ocr.worker.ts', model: '../models/embedded/model.worker.ts' };

/**
 * The program behind an entry: the source when we run from source, `<entry>.worker.js` beside the bundle otherwise. `readable` names
 * the program's own folders and its packages; never a folder above them, where a vault could be.
 */
export function entryFile(entry: ChildEntry): EntryFile {
  const here = fileURLToPath(import.meta.url);
  if (here.endsWith('.ts')) {
    const root = join(dirname(here), '..', '..');
    return { file: fileURLToPath(new URL(sources[entry], import.meta.url)), readable: [join(root, 'main'), join(root, 'preload'), join(root, 'node_modules')] };
  }
  const folder = dirname(here);
  const packages = nearestPackages(folder);
  return { file: join(folder, `${entry}.worker.js`), readable: packages === null ? [folder] : [folder, packages] };
}

function nearestPackages(from: string): string | null {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules');
    if (existsSync(candidate)) return candidate;
    if (dirname(folder) === folder) return null;
  }
}
