/**
 * `npm test`: the checks, the unit and integration tests, then the end-to-end suite on a fresh build, and one closing line. All
 * parts run even when one fails. With arguments only vitest runs, on them: `npm test -- test/main/store`.
 */
import './node-guard.ts';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { buildAll } from './build.ts';
import { checkAll } from './check.ts';
import { installed, root } from './paths.ts';
import { runNode } from './run.ts';

/** What one part found. A part that broke off counts as a failure of its own. */
interface Count {
  readonly passed: number;
  readonly failed: number;
}

const reportFolder = installed('.cache', 'redoubt-test');
const vitestReport = z.object({ numPassedTests: z.number(), numFailedTests: z.number() });
const playwrightReport = z.object({ stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number() }) });

async function unit(args: readonly string[]): Promise<Count> {
  const report = join(reportFolder, 'vitest.json');
  const { code } = await runNode([
    installed('vitest', 'vitest.mjs'), 'run', '--config', 'resources/build/vitest.config.ts',
    '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...args,
  ]);
  const counts = read(report, vitestReport);
  return closed(code, { passed: counts?.numPassedTests ?? 0, failed: counts?.numFailedTests ?? 0 });
}

async function endToEnd(): Promise<Count> {
  const config = 'test/e2e/playwright.config.ts';
  if (!existsSync(join(root, config))) return { passed: 0, failed: 0 };
  await buildAll();
  const report = join(reportFolder, 'playwright.json');
  const { code } = await runNode([installed('playwright', 'cli.js'), 'test', '-c', config, '--reporter=list,json'], { env: { PLAYWRIGHT_JSON_OUTPUT_FILE: report } });
  const stats = read(report, playwrightReport)?.stats;
  return closed(code, { passed: stats?.expected ?? 0, failed: (stats?.unexpected ?? 0) + (stats?.flaky ?? 0) });
}

// A run that failed without a failed test (a crash, an unhandled rejection, no report) must not read as passed.
function closed(code: number | null, count: Count): Count {
  return code !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count;
}

function read<T>(report: string, schema: z.ZodType<T>): T | null {
  return existsSync(report) ? schema.parse(JSON.parse(readFileSync(report, 'utf8'))) : null;
}

async function testAll(args: readonly string[]): Promise<boolean> {
  rmSync(reportFolder, { recursive: true, force: true });
  mkdirSync(reportFolder, { recursive: true });
  const parts: Count[] = [];
  if (args.length === 0) parts.push((await checkAll()) ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 });
  parts.push(await unit(args));
  if (args.length === 0) parts.push(await endToEnd());
  const passed = parts.reduce((sum, part) => sum + part.passed, 0);
  const failed = parts.reduce((sum, part) => sum + part.failed, 0);
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0;
}

process.exitCode = (await testAll(process.argv.slice(2))) ? 0 : 1;
