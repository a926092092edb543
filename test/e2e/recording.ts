import { test } from 'playwright/test';
import type { Program } from './program.ts';

/** Records every test of a file and keeps the trace of those that fail, beside what Playwright itself says about them. */
export function recordFailures(program: () => Program): void {
  test.beforeEach(async () => {
    await program().app.context().tracing.startChunk();
  });
  test.afterEach(async () => {
    const info = test.info();
    const hasFailed = info.status !== info.expectedStatus;
    await program().app.context().tracing.stopChunk(hasFailed ? { path: info.outputPath('trace.zip') } : {});
    if (hasFailed) await program().page.screenshot({ path: info.outputPath('window.png') });
  });
}
