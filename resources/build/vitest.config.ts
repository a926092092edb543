import { configDefaults, defineConfig } from 'vitest/config';
import { root } from './paths.ts';

/** Unit and integration tests; the end-to-end suite is Playwright's. Vitest asks for a default export. */
export default defineConfig({
  root,
  envDir: false,
  css: { postcss: { plugins: [] } },
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    exclude: [...configDefaults.exclude, 'test/e2e/**', 'test/perf/**'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
