/** A plan over a table, by keyboard alone: changed in place with the extractive reader, and one that a scripted server proposes. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { expect, test } from 'playwright/test';
import { startBulkServer, type BulkServer } from '../support/bulk-server.ts';
import { goTo, openCase, unlock } from './drive.ts';
import { redoubt } from './headless.ts';
import { expectAccessible, expectFitting } from './looking.ts';
import { newFolder, startProgram, type Program } from './program.ts';
import { recordFailures } from './recording.ts';

test.describe.configure({ mode: 'serial' });

let program: Program;
let server: BulkServer;

test.beforeAll(async () => {
  server = await startBulkServer({ words: /zzz/, reply: (user) => JSON.stringify({ table: Number(/table (\d+): dues/.exec(user)?.[1] ?? 0), filters: [{ column: 'paid on', is: '=', value: '2024-03' }], groupBy: null, measure: { kind: 'sum', column: 'dues' }, sort: null, limit: null }) });
  const folder = newFolder();
  await redoubt(folder, 'vault', 'create', '--system-high', 'SECRET//NOFORN');
  await redoubt(folder, 'case', 'create', '--name', 'Harbour', '--marking', 'UNCLASSIFIED');
  const documents = join(folder, 'documents');
  mkdirSync(documents);
  writeFileSync(join(documents, 'dues.csv'), 'ship,paid on,dues\nCorran,2024-03-01,1200.50\nVellen,2024-03-02,99.50\nCorran,2024-04-01,0.10\nEgret,2024-04-09,700.00\n');
  writeFileSync(join(documents, 'berths.csv'), 'ship,berth,days\nCorran,North,4\nVellen,South,2\nEgret,North,9\n');
  await redoubt(folder, 'ingest', documents, '--case', 'Harbour');
  const file = join(folder, 'endpoint.json');
  writeFileSync(file, JSON.stringify({ name: 'Planner', dialect: 'openai-chat', baseUrl: server.baseUrl, model: 'planner-1', ceiling: 'UNCLASSIFIED' }));
  await redoubt(folder, 'endpoint', 'add', file);
  program = await startProgram(folder);
  await unlock(program.page);
  await openCase(program.page, 'Harbour');
});
test.afterAll(async () => {
  await program.remove();
  await server.close();
});
recordFailures(() => program);

/** Writes a question by key and sends it. */
async function ask(page: Page, question: string) {
  await goTo(page, 'Chat');
  await page.keyboard.press('c');
  await page.keyboard.press('Control+a');
  await page.keyboard.type(question);
  await page.keyboard.press('Control+Enter');
  const strip = page.getByRole('region', { name: 'Plan' });
  await expect(strip.getByRole('button', { name: 'Run the plan' })).toBeFocused();
  return strip;
}

/** Goes by Tab to the control of a name, back or onward, as a person without a mouse does. */
async function walkTo(page: Page, name: string | RegExp, key: 'Tab' | 'Shift+Tab' = 'Shift+Tab'): Promise<void> {
  const control = page.getByRole('region', { name: 'Plan' }).getByRole('button', { name });
  for (let presses = 0; presses < 30; presses += 1) {
    if (await control.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press(key);
  }
  await expect(control).toBeFocused();
}

/** Opens the list under the focus and chooses from it by arrows. */
async function choose(page: Page, option: string | RegExp): Promise<void> {
  await page.keyboard.press('Enter');
  const wanted = page.getByRole('option', { name: option });
  await expect(wanted).toBeVisible();
  await page.keyboard.press('Home');
  for (let presses = 0; presses < 20; presses += 1) {
    if (await wanted.evaluate((element) => element === document.activeElement)) break;
    await page.keyboard.press('ArrowDown');
  }
  await expect(wanted).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(wanted).toBeHidden();
}

test('a table question is planned without a model, its plan changed by key, held against the sheet at once, and run', async () => {
  const { page } = program;
  const strip = await ask(page, 'What is the total dues for Corran?');
  await expect(strip).toContainText('sum of dues · where ship is “Corran”');
  await walkTo(page, /Add a condition/);
  await page.keyboard.press('Enter');
  await expect(strip.getByRole('button', { name: /Column of condition 2/ })).toBeFocused();
  await choose(page, /paid on/);
  await page.keyboard.press('Tab');
  await choose(page, 'is above');
  await page.keyboard.press('Tab');
  await expect(strip.getByRole('textbox', { name: 'Value of condition 2' })).toBeFocused();
  await page.keyboard.type('spring');
  await expect(strip.getByText('A filter compares a column of dates with what is no date')).toBeVisible();
  await expect(strip.getByRole('button', { name: 'Run the plan' })).toBeDisabled();
  await page.keyboard.press('Enter'); // nothing runs that the sheet does not bear
  await expect(strip).toBeVisible();
  await expectAccessible(program, 'a table plan with a fault');
  await expectFitting(page, 'a table plan with a fault');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('2024-03-15');
  await expect(strip).toContainText('sum of dues · where ship is “Corran” · and paid on is above “2024-03-15”');
  await expectAccessible(program, 'a table plan that was changed');
  await expectFitting(page, 'a table plan that was changed');
  await page.keyboard.press('Enter');
  const turn = page.getByRole('region', { name: 'Question 1', exact: true });
  await expect(turn).toContainText('The sum of dues over 1 row is 0.10.');
  await expect(turn).toContainText('Computed from the rows, no model');
  await turn.getByRole('button', { name: /^C4: / }).press('Enter');
  await expect(page.getByRole('article', { name: 'Cited document' })).toContainText('word for word');
});

test('the same plan goes over to another sheet with what fits there, in groups and in an order', async () => {
  const { page } = program;
  await page.keyboard.press('Escape');
  const strip = await ask(page, 'What is the total dues for Corran?');
  await walkTo(page, /^.*Sheet/);
  await choose(page, /berths/);
  await expect(strip).toContainText('B berth (text)');
  await walkTo(page, /What is made/, 'Tab');
  await choose(page, 'greatest');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await choose(page, /^berth/);
  await expect(strip).toContainText('greatest days, by berth · where ship is “Corran”');
  await strip.getByRole('button', { name: 'Take out condition 1' }).press('Enter');
  await expect(strip).toContainText('greatest days, by berth · of all rows');
  await strip.getByRole('button', { name: 'Run the plan' }).press('Enter');
  await expect(page.getByRole('region', { name: 'Question 2', exact: true })).toContainText('2 groups of berth.');
});

test('a plan that a model proposes is asked for by key, says what leaves, is shown, and runs without asking again', async () => {
  const { page } = program;
  await goTo(page, 'Triage');
  await goTo(page, 'Chat');
  await page.keyboard.press('e');
  await page.getByRole('option', { name: /Planner/ }).press('Enter');
  await page.keyboard.press('c');
  await page.keyboard.type('How many pounds did the ships pay in March altogether?');
  await page.keyboard.press('Control+Enter');
  const strip = page.getByRole('region', { name: 'Plan' });
  await expect(strip).toContainText('Planner is sent the question and the names of columns, no rows.');
  await walkTo(page, 'Plan over a table');
  expect(server.requests).toHaveLength(0);
  await page.keyboard.press('Enter');
  await expect(strip).toContainText('sum of dues · where paid on is “2024-03”');
  await expect(strip).toContainText('Planner proposed this from the names of the columns.');
  expect(JSON.stringify(server.requests)).not.toMatch(/Corran|1200\.50/);
  expect(server.requests).toHaveLength(1);
  await expectAccessible(program, 'a proposed plan');
  await expectFitting(page, 'a proposed plan');
  await expect(strip.getByRole('button', { name: /Run/ })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Question 3', exact: true })).toContainText('The sum of dues over 2 rows is 1,300.00.');
  expect(server.requests).toHaveLength(1);
});
