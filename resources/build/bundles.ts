import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { BuildOptions } from 'esbuild';
import { outFolder, root } from './paths.ts';

/** An entry that esbuild makes one file of; both paths are relative, to the root and to out/. */
export interface Bundle {
  readonly entry: string;
  readonly out: string;
}

/** Every file that runs outside the page. */
export const bundles: readonly Bundle[] = [
  { entry: 'main/app/main.ts', out: 'main/app.js' },
  { entry: 'main/engine/main.ts', out: 'main/engine.js' },
  { entry: 'main/ingest/extract.worker.ts', out: 'main/extract.worker.js' },
  { entry: 'main/ingest/file-reader.worker.ts', out: 'main/file-reader.worker.js' },
  { entry: 'main/ingest/ocr/ocr.worker.ts', out: 'main/ocr.worker.js' },
  { entry: 'main/models/embedded/model.worker.ts', out: 'main/model.worker.js' },
  { entry: 'main/entities/personal-data.worker.ts', out: 'main/personal-data.worker.js' },
  { entry: 'main/search/search.worker.ts', out: 'main/search.worker.js' },
  { entry: 'main/search/groups.worker.ts', out: 'main/groups.worker.js' },
  { entry: 'main/chat/reader/reader.worker.ts', out: 'main/reader.worker.js' },
  { entry: 'main/chat/exhaustive/exhaustive.worker.ts', out: 'main/exhaustive.worker.js' },
  { entry: 'main/store/checkpoint.worker.ts', out: 'main/checkpoint.worker.js' },
  { entry: 'main/store/pack.worker.ts', out: 'main/pack.worker.js' },
  { entry: 'preload/bridge.ts', out: 'preload/bridge.cjs' },
];

/** Packages that stay packages: Electron is the host, the driver and the model runtime are native, pdfjs finds its own files beside itself. */
const external = ['electron', 'better-sqlite3', 'pdfjs-dist', 'node-llama-cpp', '@node-llama-cpp/*'];

/** True when the entry is in this checkout. */
export function isPresent(bundle: Bundle): boolean {
  return existsSync(join(root, bundle.entry));
}

/** esbuild's options for a bundle: a sandboxed preload is one CommonJS file, everything else is ESM on Node 24. */
export function bundleOptions(bundle: Bundle): BuildOptions {
  const isPreload = bundle.out.startsWith('preload/');
  return {
    entryPoints: [join(root, bundle.entry)],
    outfile: join(outFolder, bundle.out),
    absWorkingDir: root,
    bundle: true,
    platform: isPreload ? 'browser' : 'node',
    format: isPreload ? 'cjs' : 'esm',
    target: isPreload ? 'chrome140' : 'node24',
    external,
    legalComments: 'linked',
    logLevel: 'warning',
    // Bundled CommonJS packages call require for Node's own modules, and one asks where it lies; ESM has neither.
    ...(isPreload ? {} : { banner: { js: "import { createRequire as __createRequire } from 'node:module';\nconst require = __createRequire(import.meta.url);\nconst __dirname = import.meta.dirname;" } }),
  };
}
