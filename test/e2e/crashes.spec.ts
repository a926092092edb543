/** What breaks costs what it must and no more: an extractor one file, an engine the keys in memory and nothing acknowledged. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import { tinyPdf } from '../support/file-fixtures.ts';
import { addFolders, createCase, createVault, goTo, openCase, openQueued, queued, unlock, waitForIngest } from './drive.ts';
import { expectAccessible } from './looking.ts';
import { childrenOf, crash, enginePid, isRunning } from './processes.ts';
import { sampleFolder, startProgram, type Program } from './program.ts';
import { recordFailures } from './recording.ts';

const caseName = 'Broken things';

test.describe.configure({ mode: 'serial' });

let program: Program;
test.beforeAll(async () => {
  program = await startProgram();
  await createVault(program.page);
  await createCase(program.page, caseName);
});
test.afterAll(async () => {
  await program.remove();
});
recordFailures(() => program);

/** A folder with one PDF that takes seconds to read, and three short notes. */
function slowFolder(): string {
  const folder = join(program.folder, 'papers');
  mkdirSync(folder);
  const lines = Array.from({ length: 60 }, (_, at) => ({ text: `Reading ${at} of the gauge at the lower gate, in centimetres`, y: 760 - 12 * at }));
  writeFileSync(join(folder, 'gauge readings.pdf'), tinyPdf(Array.from({ length: 3000 }, () => lines)));
  for (const gate of ['lower', 'middle', 'upper']) writeFileSync(join(folder, `${gate} gate.txt`), `The ${gate} gate was found shut.`);
  return folder;
}

test('an extractor that crashes twice on a file costs that file only', async () => {
  const { app, page } = program;
  await goTo(page, 'Ingest');
  await addFolders(app, page, [slowFolder()]);
  // The file gets a second try, alone in a fresh child, which is killed as well: whatever reads for longer than a short note does.
  const held = page.getByRole('region', { name: 'Job', exact: true }).getByText(/^(done|failed)$/);
  for (let killed: readonly number[] = []; !(await held.isVisible()); ) {
    await expect.poll(async () => (await held.isVisible()) || (await childrenOf(app, 'extractor')).some((pid) => !killed.includes(pid))).toBe(true);
    await page.waitForTimeout(1_500);
    killed = await childrenOf(app, 'extractor');
    killed.forEach(crash);
  }
  expect(await waitForIngest(page, 'papers')).toBe('3 added + 1 in quarantine = 4.');
  await expect(page.getByRole('region', { name: 'Failures by reason' })).toContainText(/Crashed the (PDF|file) extractor twice\./);
  await page.getByRole('region', { name: 'Quarantine' }).getByText(/gauge readings/).click();
  await expect(page.getByRole('region', { name: /^File gauge readings/ })).toContainText('held in quarantine');
  await expectAccessible(program, 'ingest with a held file');
  await goTo(page, 'Triage');
  await expect(queued(page, 3)).toBeVisible();
});

test('an engine that crashes while it ingests loses nothing that was acknowledged, and the job goes on after unlocking', async () => {
  const { app, page } = program;
  await openQueued(page, 1);
  await page.keyboard.press('r');
  await expect(page.getByRole('progressbar', { name: 'Coded' })).toHaveAttribute('aria-valuetext', /^1 of/);
  await goTo(page, 'Ingest');
  await addFolders(app, page, [sampleFolder]);
  await expect(page.getByRole('listbox', { name: 'Jobs' }).getByRole('option')).toHaveCount(2);
  const before = await enginePid(app);
  const extractors = await childrenOf(app, 'extractor');
  crash(before);
  await expect(page.getByRole('alert').filter({ hasText: 'The engine stopped.' })).toContainText('Nothing acknowledged is lost. It restarts locked.');
  await expectAccessible(program, 'after a crash');
  const after = await enginePid(app, before);
  expect(after).not.toBe(before);
  await expect.poll(() => extractors.filter(isRunning), { message: 'the dead engine’s extractors are gone' }).toEqual([]);
  await unlock(page);
  await openCase(page, caseName);
  await expect(page.getByRole('progressbar', { name: 'Coded' })).toHaveAttribute('aria-valuetext', /^1 of/);
  const sum = await waitForIngest(page, 'documents');
  expect(sum).toMatch(/ = 43\. Inside them 4 attachments\.$/);
  await goTo(page, 'Triage');
  await expect(queued(page, 1)).toHaveAccessibleName(/ relevant/);
});

test('an engine that does not stay up is left alone, and comes back when a person restarts it', async () => {
  const { app, page } = program;
  let last = await enginePid(app);
  // Three crashes within a minute are forgiven, whenever they were; the next is not.
  const giveUp = page.getByRole('heading', { name: 'The engine does not stay up' });
  for (let crashes = 0; crashes < 4 && !(await giveUp.isVisible()); crashes += 1) {
    crash(last);
    const killed = last;
    await expect.poll(async () => (await giveUp.isVisible()) || (await childrenOf(app, 'engine')).some((pid) => pid !== killed)).toBe(true);
    last = (await childrenOf(app, 'engine')).find((pid) => pid !== killed) ?? last;
  }
  await expect(giveUp).toBeVisible();
  expect(await childrenOf(app, 'engine')).toEqual([]);
  await expectAccessible(program, 'given up');
  await page.getByRole('button', { name: 'Restart the engine' }).click();
  await expect(page.getByRole('heading', { name: 'Vault locked' })).toBeVisible();
  await unlock(page);
  await openCase(page, caseName);
  await expect(page.getByRole('progressbar', { name: 'Coded' })).toHaveAttribute('aria-valuetext', /^1 of/);
});
