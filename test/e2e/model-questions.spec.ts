/**
 * Each kind of question by keyboard, to a real model in its own process: stopped and asked again, document by document over a selection, over a
 * table, and as bulk work. The model is small and says what it likes: what is looked at is how answers stand, what they rest on, and who
 * gave them. Skipped where there is no real model.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright';
import { expect, test } from 'playwright/test';
import { realModel } from '../support/real-models.ts';
import { goTo, openCase, queued, search, unlock } from './drive.ts';
import { redoubt } from './headless.ts';
import { newFolder, startProgram, type Program } from './program.ts';
import { recordFailures } from './recording.ts';

const model = realModel('chat');
test.skip(model === null, 'models/ does not hold the model that answers: npm run models');
test.describe.configure({ mode: 'serial', timeout: 240_000 });
/** A model on a busy processor. */
const slow = { timeout: 150_000 };

let program: Program;
test.beforeAll(async () => {
  if (model === null) return;
  const folder = newFolder();
  const documents = join(folder, 'documents');
  mkdirSync(documents);
  writeFileSync(join(documents, 'a-log.txt'), 'Pump 4B tripped on 20 March 2024 because a bearing ran hot.\n');
  writeFileSync(join(documents, 'b-note.txt'), 'Pump 2A was stopped on 4 May 2024 after its bearing ran hot.\n');
  writeFileSync(join(documents, 'c-menu.txt'), 'The canteen serves soup at noon.\n');
  writeFileSync(join(documents, 'd-repairs.csv'), 'Pump,Fitter,Amount\n4B,Tern,1200\n2A,Knot,300\n4B,Knot,90\n');
  await redoubt(folder, 'vault', 'create', '--system-high', 'SECRET//NOFORN');
  await redoubt(folder, 'case', 'create', '--name', 'Pumps', '--marking', 'UNCLASSIFIED');
  await redoubt(folder, 'ingest', documents, '--case', 'Pumps');
  await redoubt(folder, 'model', 'add', model, '--name', 'Small');
  const endpoint = join(folder, 'endpoint.json');
  // A short context bounds what it may write, too.
  writeFileSync(endpoint, JSON.stringify({ name: 'Laptop model', dialect: 'embedded', baseUrl: '', model: 'Small', ceiling: 'SECRET//NOFORN', contextTokens: 1024, maxOutputTokens: 96 }));
  await redoubt(folder, 'endpoint', 'add', endpoint);
  program = await startProgram(folder);
  await unlock(program.page);
  await openCase(program.page, 'Pumps');
});
test.afterAll(async () => {
  await program?.remove();
});
recordFailures(() => program);

/** Writes a question by key and sends it. */
async function write(question: string): Promise<void> {
  const { page } = program;
  await page.getByRole('textbox', { name: 'Question' }).fill(question);
  await page.keyboard.press('Control+Enter');
}

const turnOf = (number: number): Locator => program.page.getByRole('region', { name: `Question ${number}`, exact: true });

test('an answer is stopped by Escape, stands as stopped, and is asked again beside it', async () => {
  const { page } = program;
  await goTo(page, 'Chat');
  await page.keyboard.press('e');
  await page.getByRole('option', { name: /Laptop model/ }).press('Enter');
  await write('Why did pump 4B trip?');
  const turn = turnOf(1);
  await expect(page.getByRole('region', { name: 'Question being answered' })).toContainText('Writing · Laptop model', slow);
  await page.keyboard.press('Escape');
  await expect(turn).toContainText('You stopped this answer.', slow);
  await turn.getByRole('button', { name: 'More about this question' }).press('Enter');
  await page.getByRole('menuitem', { name: 'Ask again' }).press('Enter');
  await expect(turn).toContainText('2 of 2', slow);
  await expect(turn.getByText(/passages? given\./)).toBeVisible(slow);
  await expect(turn).toContainText('Laptop model');
  await expect(turn).not.toContainText('You stopped this answer.');
  await turn.getByRole('button', { name: 'Previous branch' }).press('Enter');
  await expect(turn).toContainText('You stopped this answer.');
  await turn.getByRole('button', { name: 'Next branch' }).press('Enter');
});

test('documents that are marked are read one by one by the model, and counted by the program', async () => {
  const { page } = program;
  await goTo(page, 'Triage');
  await expect(queued(page, 1)).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Home');
  await expect(queued(page, 1)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Shift+ArrowDown');
  await expect(page.getByRole('button', { name: /^2 marked/ })).toBeVisible();
  await page.keyboard.press('q');
  await expect(page.getByRole('button', { name: /What is asked of/ })).toContainText('2 documents');
  await write('How many of the pumps were stopped by somebody for a hot bearing?');
  const strip = page.getByRole('region', { name: 'Plan' });
  await expect(strip).toContainText('Each document is read by the model, about 2 requests', slow);
  await page.keyboard.press('Enter');
  const turn = page.getByRole('region', { name: /^Question \d+$/ }).last();
  await expect(turn).toContainText('as the model reads them', slow);
  await expect(turn).toContainText('Looked at 2 of 2 documents');
  await expect(turn).toContainText('Small at Laptop model read, this program counted');
});

test('a plan over a table that the model proposes is shown before it runs, and one that cannot be read is said to be none', async () => {
  const { page } = program;
  await page.getByRole('heading', { name: 'Why did pump 4B trip?', level: 3 }).click();
  await page.keyboard.press('s');
  await page.getByRole('option', { name: /whole case/ }).press('Enter');
  await write('How many of the fitters were slow?');
  const strip = page.getByRole('region', { name: 'Plan' });
  const propose = strip.getByRole('button', { name: 'Plan over a table' });
  await expect(propose).toBeVisible(slow);
  await propose.press('Enter');
  const proposed = strip.getByText('Laptop model proposed this from the names of the columns.');
  await expect(proposed.or(strip.getByRole('alert'))).toBeVisible(slow);
  if (await proposed.isVisible()) {
    await page.keyboard.press('Enter');
    await expect(page.getByRole('region', { name: /^Question \d+$/ }).last()).toContainText(/Looked at \d+ of \d+ /, slow);
  } else {
    await expect(strip.getByRole('alert')).toContainText(/Laptop model|The figure names no column|column/);
    await page.keyboard.press('Escape');
    await expect(strip).toBeHidden();
    await expect(page.getByRole('textbox', { name: 'Question' })).toHaveValue('How many of the fitters were slow?');
  }
});

test('a summary goes through the queue to its end, and every document of it has an outcome', async () => {
  const { page } = program;
  await goTo(page, 'Search');
  await search(page, 'bearing');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('First pass over');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'New run over the search bearing' })).toBeVisible();
  await page.getByRole('radio', { name: 'Summary' }).press('Space');
  await expect(page.getByRole('region', { name: 'What it would do' })).toContainText(/2 documents in 2 requests/);
  await page.keyboard.press('Control+Enter');
  const run = page.getByRole('region', { name: 'Run', exact: true });
  await expect(run.getByText(/^done · Laptop model/)).toBeVisible(slow);
  const rows = run.getByRole('grid', { name: 'Results' }).getByRole('row');
  await expect(rows).toHaveCount(3);
  await rows.nth(1).click();
  await expect(page.getByRole('region', { name: /^Result of document/ }).first()).toContainText('Small');
});
