/** A selection as what is asked of: documents marked in a list, or a passage, by keyboard. The tests follow one another in one window. */
import { expect, test } from 'playwright/test';
import { goTo, openCase, queued, search, unlock } from './drive.ts';
import { redoubt } from './headless.ts';
import { expectAccessible, expectFitting } from './looking.ts';
import { newFolder, sampleFolder, startProgram, type Program } from './program.ts';
import { recordFailures } from './recording.ts';

test.describe.configure({ mode: 'serial' });
let program: Program;

test.beforeAll(async () => {
  const folder = newFolder();
  await redoubt(folder, 'vault', 'create', '--system-high', 'SECRET//NOFORN');
  await redoubt(folder, 'case', 'create', '--name', 'Pumps', '--marking', 'CUI');
  await redoubt(folder, 'ingest', sampleFolder, '--case', 'Pumps', '--no-ocr');
  program = await startProgram(folder);
  await unlock(program.page);
  await openCase(program.page, 'Pumps');
});
test.afterAll(async () => {
  await program.remove();
});
recordFailures(() => program);

const scope = () => program.page.getByRole('button', { name: /What is asked of/ });

test('documents marked in triage with Shift and the arrows are asked about by Q', async () => {
  const { page } = program;
  await expect(queued(page, 1)).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Home');
  await expect(queued(page, 1)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Shift+ArrowDown');
  await expect(queued(page, 2)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Shift+ArrowDown');
  await expect(page.getByRole('button', { name: /^3 marked/ })).toBeVisible();
  await page.keyboard.press('x');
  await expect(page.getByRole('button', { name: /^2 marked/ })).toBeVisible();
  await page.keyboard.press('x');
  await expectAccessible(program, 'marked documents');
  await expectFitting(page, 'marked documents');
  await page.keyboard.press('q');
  await expect(scope()).toContainText('3 documents');
  await page.getByRole('textbox', { name: 'Question' }).fill('Which documents mention Harrow?');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('region', { name: 'Plan' })).toContainText('3 of 3 documents');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Question 1', exact: true })).toContainText('of the 3 documents looked at');
});

test('results marked in search are asked about, and let go', async () => {
  const { page } = program;
  await goTo(page, 'Search');
  await search(page, 'certificate');
  await page.keyboard.press('Enter');
  const results = page.getByRole('listbox', { name: 'Results' });
  await expect(results.getByRole('option').first()).toHaveAttribute('aria-selected', 'true');
  await page.getByRole('button', { name: 'Let the marked documents go' }).click();
  await expect(page.getByRole('button', { name: /^\d+ marked/ })).toHaveCount(0);
  await results.focus();
  await page.keyboard.press('Shift+J');
  await expect(page.getByRole('button', { name: /^2 marked/ })).toBeVisible();
  await page.keyboard.press('q');
  await expect(scope()).toContainText('2 documents');
});

test('a passage that is selected is asked about by Q', async () => {
  const { page } = program;
  await goTo(page, 'Triage');
  await page.getByRole('button', { name: 'Let the marked documents go' }).click();
  const body = page.getByRole('article', { name: 'Document' }).locator('[data-document]');
  await expect(body).toBeVisible();
  await body.evaluate((element) => {
    const run = element.querySelector('[data-start]')?.firstChild;
    if (run === null || run === undefined) throw new Error('no text');
    document.getSelection()?.setBaseAndExtent(run, 0, run, Math.min(20, run.textContent?.length ?? 0));
  });
  await page.keyboard.press('q');
  await expect(scope()).toContainText('Passage of');
  await page.getByRole('textbox', { name: 'Question' }).fill('What is said of the pumps here?');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText('Asked of one passage')).toBeVisible();
});
