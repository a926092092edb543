import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import type { InlineConfig } from 'vite';
import { outFolder, root } from './paths.ts';

/** The renderer's build. Only relative URLs, nothing inlined: the page's content policy allows neither inline scripts nor data: ones. */
export const rendererBuild: InlineConfig = {
  configFile: false,
  envDir: false,
  root: join(root, 'renderer', 'shell'),
  base: './',
  publicDir: false,
  logLevel: 'warn',
  css: { postcss: { plugins: [] } }, // or a configuration in some folder above this checkout would be found
  plugins: [react()],
  build: {
    outDir: join(outFolder, 'renderer'),
    emptyOutDir: true,
    target: 'chrome140',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    sourcemap: false,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 4000, // it is read from the disk, not fetched
  },
};
