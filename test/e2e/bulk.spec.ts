/** A first pass by keyboard: ordered over a search, shown before it starts, paused and gone on with, its proposals accepted one by one. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import { firstPassSays, startBulkServer, type BulkServer } from '../support/bulk-server.ts';
import { goTo, openCase, search, unlock } from './drive.ts';
import { redoubt } from './headless.ts';
import { expectAccessible, expectFitting } from './looking.ts';
import { newFolder, sampleFolder, startProgram, type Program } from './program.ts';
import { recordFailures } from './recording.ts';

test.describe.configure({ mode: 'serial' });

let program: Program;
let server: BulkServer;

test.beforeAll(async () => {
  server = await startBulkServer({
    words: /zzz/,
    reply: (user) => {
      const quote = /pump[^.\n]{4,60}/i.exec(user.split('\n').slice(4).join('\n'))?.[0] ?? '';
      return firstPassSays(quote === '' ? 'not-relevant' : 'relevant', quote, quote === '' ? 'No pump is named.' : 'It names a pump.');
    },
  });
  const folder = newFolder();
  await redoubt(folder, 'vault', 'create', '--system-high', 'SECRET//NOFORN');
  await redoubt(folder, 'case', 'create', '--name', 'Pumps', '--marking', 'UNCLASSIFIED');
  await redoubt(folder, 'ingest', sampleFolder, '--case', 'Pumps');
  const file = join(folder, 'endpoint.json');
  writeFileSync(file, JSON.stringify({ name: 'Harbour model', dialect: 'openai-chat', baseUrl: server.baseUrl, model: 'small-1', ceiling: 'SECRET//NOFORN' }));
  await redoubt(folder, 'endpoint', 'add', file);
  program = await startProgram(folder);
  await unlock(program.page);
  await openCase(program.page, 'Pumps');
});
test.afterAll(async () => {
  await program.remove();
  await server.close();
});
recordFailures(() => program);

test('bulk work begins empty, and its form says what a run would do before anything is sent', async () => {
  const { page } = program;
  await goTo(page, 'Bulk');
  await expect(page.getByRole('heading', { name: 'No bulk work yet' })).toBeVisible();
  await expectAccessible(program, 'bulk work, empty');
  await search(page, 'pump');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('First pass over');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'New run over the search pump' })).toBeVisible();
  await page.getByRole('textbox', { name: 'What to look for' }).fill('Which texts name a pump');
  const told = page.getByRole('region', { name: 'What it would do' });
  await expect(told).toContainText(/\d+ documents? in \d+ requests?.*tokens in/);
  await expect(told).toContainText('which may receive up to SECRET//NOFORN');
  expect(server.requests).toHaveLength(0);
  await expectAccessible(program, 'the form of a run');
  await expectFitting(page, 'the form of a run');
});

test('a run is started, watched to its end, and its proposals are accepted by key; what is not accepted is not coded', async () => {
  const { page } = program;
  await page.keyboard.press('Control+Enter');
  const run = page.getByRole('region', { name: 'Run', exact: true });
  await expect(run.getByRole('heading', { level: 1, name: 'First pass' })).toBeVisible();
  await expect(run.getByText(/^done · Harbour model/)).toBeVisible({ timeout: 60_000 });
  const table = run.getByRole('grid', { name: 'Results' });
  await expect(table.getByRole('row').nth(1)).toContainText('It names a pump.');
  await table.getByRole('row').nth(1).click();
  const result = page.getByRole('region', { name: /^Result of document/ }).first();
  await expect(result).toContainText('stands there word for word');
  await expectAccessible(program, 'a run and a result');
  await expectFitting(page, 'a run and a result');
  await page.keyboard.press('Enter');
  await expect(table.getByRole('row').nth(1).getByRole('gridcell').last()).toHaveText('Relevant');
  await expect(table.getByRole('row').nth(2).getByRole('gridcell').last()).toHaveText('');
  await result.getByRole('button', { name: 'Open', exact: true }).click();
  await expect(page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: 'Triage' })).toHaveAttribute('aria-current', 'page');
  await expect(page.getByRole('article', { name: 'Document' })).toContainText(/pump/i);
});

test('in triage a proposal stands beside the document, and is accepted by key like a code', async () => {
  const { page } = program;
  await goTo(page, 'Triage');
  await page.keyboard.press('Escape');
  await page.keyboard.press('u');
  const work = page.getByRole('region', { name: 'Work' });
  await expect(work.getByText('Proposed by small-1')).toBeVisible();
  await expectAccessible(program, 'a proposal in triage');
  await page.keyboard.press('w');
  const sent = page.getByRole('dialog', { name: 'What was sent' });
  await expect(sent).toContainText('What to look for:');
  await expect(sent).toContainText('First pass, version 1');
  await page.keyboard.press('Escape');
  await expect(sent).toBeHidden();
  const before = await page.getByRole('article', { name: 'Document' }).getByRole('heading', { level: 1 }).innerText();
  await page.keyboard.press(await work.getByRole('button', { name: /^Accept: Relevant/ }).isVisible() ? 'r' : 'n');
  await expect(page.getByRole('article', { name: 'Document' }).getByRole('heading', { level: 1 })).not.toHaveText(before);
});
