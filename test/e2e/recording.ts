import type { ElectronApplication } from 'playwright';
import { test } from 'playwright/test';
import type { Program } from './program.ts';

/** Records every test of a file and keeps trace and window of those that fail, beside what Playwright itself says about them. */
export function recordFailures(program: () => Program): void {
  let recorded: ElectronApplication | null = null;
  test.beforeEach(async () => {
    recorded = program().app;
    await recorded.context().tracing.start({ snapshots: true });
  });
  test.afterEach(async () => {
    const info = test.info();
    const hasFailed = info.status !== info.expectedStatus;
    const { app, page } = program();
    if (hasFailed) await page.screenshot({ path: info.outputPath('window.png') });
    // A program that the test itself ended took its trace with it.
    if (app === recorded) await app.context().tracing.stop(hasFailed ? { path: info.outputPath('trace.zip') } : {});
  });
}
