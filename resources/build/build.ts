/** `npm run build`: everything under out/, from scratch. */
import './node-guard.ts';
import { cpSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build as bundle } from 'esbuild';
import { build as buildRenderer } from 'vite';
import { bundleOptions, bundles, isPresent } from './bundles.ts';
import { thirdPartyNotices } from './notices.ts';
import { installed, outFolder, root } from './paths.ts';
import { rendererBuild } from './vite.config.ts';

/** What pdfjs fetches while it draws: character maps, substitute fonts, decoders, colour profiles. */
const pdfjsFolders = ['cmaps', 'standard_fonts', 'wasm', 'iccs'];

/** Builds the processes, the preload and the renderer. Throws when any of them fails. */
export async function buildAll(): Promise<void> {
  rmSync(outFolder, { recursive: true, force: true });
  for (const missing of bundles.filter((entry) => !isPresent(entry))) console.log(`not built, because there is no ${missing.entry}`);
  await Promise.all([
    ...bundles.filter(isPresent).map((entry) => bundle(bundleOptions(entry))),
    buildRenderer(rendererBuild),
  ]);
  copyAssets();
}

/** Copies what no bundler follows: pdfjs's files for the page, libarchive for the extractors, notices of others' work, Tesseract and its English data, the decoders of HEIC and AVIF, the window's icon. */
export function copyAssets(): void {
  for (const folder of pdfjsFolders) cpSync(installed('pdfjs-dist', folder), join(outFolder, 'renderer', 'pdfjs', folder), { recursive: true });
  cpSync(installed('libarchive-wasm', 'dist', 'libarchive.wasm'), join(outFolder, 'main', 'libarchive.wasm'));
  writeFileSync(join(outFolder, 'third-party-notices.txt'), thirdPartyNotices());
  cpSync(installed('tesseract.js-core', 'tesseract-core-relaxedsimd-lstm.wasm'), join(outFolder, 'main', 'tesseract-core.wasm'));
  cpSync(installed('@tesseract.js-data/eng', '4.0.0_best_int', 'eng.traineddata.gz'), join(outFolder, 'main', 'eng.traineddata.gz'));
  cpSync(installed('libheif-js', 'libheif-wasm', 'libheif.js'), join(outFolder, 'main', 'libheif.cjs'));
  cpSync(installed('libheif-js', 'libheif-wasm', 'libheif.wasm'), join(outFolder, 'main', 'libheif.wasm'));
  cpSync(installed('libheif-js', 'libheif-wasm', 'LICENSE'), join(outFolder, 'libheif-licences.txt'));
  cpSync(installed('@jsquash/avif', 'codec', 'dec', 'avif_dec.wasm'), join(outFolder, 'main', 'avif.wasm'));
  cpSync(join(root, 'resources', 'icons', '256x256.png'), join(outFolder, 'icon.png'));
}

if (import.meta.main) {
  const startedMs = performance.now();
  await buildAll();
  console.log(`built out/ in ${((performance.now() - startedMs) / 1000).toFixed(1)} s`);
}
