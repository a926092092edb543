/** Conversations: asked again, edited, gone on from, found and handed on. The tests follow one another in one window. */
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import { ask, goTo, openCase, unlock } from './drive.ts';
import { redoubt } from './headless.ts';
import { expectAccessible, expectFitting } from './looking.ts';
import { newFolder, sampleFolder, startProgram, type Program } from './program.ts';
import { recordFailures } from './recording.ts';

test.describe.configure({ mode: 'serial' });

const first = 'Why did pump 4B trip on 20 March 2024?';
const second = 'Who delivered the spare pumps?';
let program: Program;

test.beforeAll(async () => {
  const folder = newFolder();
  await redoubt(folder, 'vault', 'create', '--system-high', 'SECRET//NOFORN');
  await redoubt(folder, 'case', 'create', '--name', 'Pumps', '--marking', 'CUI');
  await redoubt(folder, 'ingest', sampleFolder, '--case', 'Pumps');
  program = await startProgram(folder);
  await unlock(program.page);
  await openCase(program.page, 'Pumps');
});
test.afterAll(async () => {
  await program.remove();
});
recordFailures(() => program);

test('a question that is edited stands beside the one it came from, and both can be gone back to', async () => {
  const { page } = program;
  await ask(page, first);
  await ask(page, second);
  const turn = page.getByRole('region', { name: 'Question 1', exact: true });
  await turn.getByRole('button', { name: 'More about this question' }).click();
  await page.getByRole('menuitem', { name: 'Edit the question' }).click();
  await expect(page.getByText('This begins the conversation anew.')).toBeVisible();
  const field = page.getByRole('textbox', { name: 'Question' });
  await expect(field).toBeFocused();
  await field.fill('When did pump 4B trip?');
  await page.keyboard.press('Control+Enter');
  await expect(turn.getByRole('heading', { name: 'When did pump 4B trip?' })).toBeVisible();
  await expect(turn).toContainText('2 of 2');
  await expect(page.getByRole('region', { name: 'Question 2', exact: true })).toHaveCount(0);
  await expectAccessible(program, 'a branch of a conversation');
  await expectFitting(page, 'a branch of a conversation');
  await turn.getByRole('button', { name: 'Previous branch' }).click();
  await expect(turn.getByRole('heading', { name: first })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Question 2', exact: true }).getByRole('heading', { name: second })).toBeVisible();
});

test('a question that names nothing is looked for with the one before it, and says so', async () => {
  const { page } = program;
  await expect(await ask(page, 'And who repaired it?')).toContainText(`Looked for with the words of “${second}”`);
  await page.getByRole('heading', { name: first, level: 3 }).click();
});

test('a search is asked instead of the whole case, by key', async () => {
  const { page } = program;
  await page.keyboard.press('/');
  await page.getByRole('searchbox', { name: 'Query' }).fill('type:mail certificate');
  await page.keyboard.press('Enter');
  await expect(page.getByText(/of \d[\d,]* searched · /)).toBeVisible();
  await goTo(page, 'Chat');
  await page.getByRole('heading', { name: first, level: 3 }).click();
  await page.keyboard.press('s');
  await page.getByRole('option', { name: /the last search/ }).click();
  const turn = await ask(page, 'Who signs the certificate?');
  await expect(turn).toContainText('Asked of the search type:mail certificate');
});

test('conversations are found by a word of an answer, and handed on as files that carry their marking', async () => {
  const { app, page, folder } = program;
  await page.keyboard.press('Control+n');
  await ask(page, 'What does the asset register say of station 6?');
  const pane = page.getByRole('region', { name: 'Conversations' });
  await expect(pane.getByRole('option')).toHaveCount(2);
  await pane.getByRole('searchbox', { name: 'Find a conversation' }).fill('tripped bearing');
  await expect(pane.getByRole('option')).toHaveCount(1);
  await pane.getByRole('option').first().click();
  const out = join(folder, 'handed-on');
  mkdirSync(out);
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [filePath] });
  }, out);
  await page.getByRole('button', { name: 'Export the conversation' }).click();
  await expect(page.getByText(/^Written, unencrypted, CUI: /)).toBeVisible();
  const files = readdirSync(out);
  expect(files.map((file) => file.replace(/^conversation-[0-9a-f]{32}/, ''))).toEqual(['.json', '.md']);
  expect(readFileSync(join(out, files[1] ?? ''), 'utf8').split('\n')[0]).toBe('CUI');
});
