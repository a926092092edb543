/** Questions about everything in scope, by keyboard: planned, changed, declined, run. The tests follow one another in one window. */
import { expect, test } from 'playwright/test';
import { goTo, openCase, unlock } from './drive.ts';
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

/** Writes a question by key and sends it; its plan is there afterwards. */
async function plan(question: string) {
  const { page } = program;
  await goTo(page, 'Chat');
  await page.keyboard.press('c');
  await page.getByRole('textbox', { name: 'Question' }).fill(question);
  await page.keyboard.press('Control+Enter');
  const strip = page.getByRole('region', { name: 'Plan' });
  await expect(strip).toBeVisible();
  return strip;
}

test('how many: the plan is shown, changed in place, and Enter runs it', async () => {
  const { page } = program;
  const strip = await plan('How many documents mention Harrow?');
  await expect(strip).toContainText('45 of 46 documents');
  await expect(strip).toContainText('no text layer');
  await expect(strip.getByRole('button', { name: 'Run the plan' })).toBeFocused();
  await expectAccessible(program, 'a plan');
  await expectFitting(page, 'a plan');
  await strip.getByRole('textbox', { name: 'Query' }).fill('Harrow "');
  await expect(strip.getByText(/quotation|quote/i)).toBeVisible();
  await strip.getByRole('textbox', { name: 'Query' }).fill('Brackmere type:mail');
  await page.keyboard.press('Enter');
  const turn = page.getByRole('region', { name: 'Question 1', exact: true });
  await expect(turn).toContainText(/\d+ documents match Brackmere type:mail, of the 45 documents looked at\./);
  await expect(turn).toContainText('Looked at 45 of 46 documents; 1 skipped');
  const list = turn.getByRole('list', { name: 'Found' });
  await list.getByRole('button').first().press('Enter');
  await expect(page.getByRole('article', { name: 'Cited document' })).toContainText('word for word');
  await expectAccessible(program, 'an answer by plan');
  await expectFitting(page, 'an answer by plan');
});

test('list all: a long list has pages, and a citation of the second page opens', async () => {
  const { page } = program;
  await plan('List all documents that mention pump');
  await page.keyboard.press('Enter');
  const turn = page.getByRole('region', { name: 'Question 2', exact: true });
  await expect(turn).toContainText('1 to 25 of');
  await turn.getByRole('button', { name: 'Next page of the list' }).press('Enter');
  await expect(turn).toContainText('26 to');
  await turn.getByRole('button', { name: /^Found 27/ }).press('Enter');
  await expect(turn.getByRole('button', { name: /^Found 27, open at right/ })).toBeVisible();
  await expect(page.getByRole('article', { name: 'Cited document' })).toContainText('word for word');
});

test('is there any: no is an answer', async () => {
  await plan('Is there any mention of cholera?');
  await program.page.keyboard.press('Enter');
  await expect(program.page.getByRole('region', { name: 'Question 3', exact: true })).toContainText('No: none of the 45 documents looked at mentions cholera.');
});

test('a question that cannot be counted says so, and Enter answers it from passages', async () => {
  const { page } = program;
  const strip = await plan('How many call-outs does invoice HS-24-0311 charge?');
  await expect(strip).toContainText('cannot be counted');
  await expect(strip.getByRole('button', { name: 'Answer from passages' })).toBeFocused();
  await page.keyboard.press('Enter');
  const turn = page.getByRole('region', { name: 'Question 4', exact: true });
  await expect(turn).toContainText('eleven call-outs');
  await expect(turn).toContainText('sentences weighed');
});

test('a plan is declined by one key, and put away by another, with the question kept', async () => {
  const { page } = program;
  const strip = await plan('Which documents mention Harrow?');
  await page.keyboard.press('Escape');
  await expect(strip).toBeHidden();
  await expect(page.getByRole('textbox', { name: 'Question' })).toHaveValue('Which documents mention Harrow?');
  await page.keyboard.press('Control+Enter');
  await expect(strip.getByRole('button', { name: 'Run the plan' })).toBeFocused();
  await page.keyboard.press('Shift+Enter');
  await expect(page.getByRole('region', { name: 'Question 5', exact: true })).toContainText('sentences weighed');
});

test('a sum over a table is shown as a table, and a cell opens at its place', async () => {
  const { page } = program;
  const strip = await plan('Total gross by supplier in the payments ledger');
  await expect(strip).toContainText('sum of gross_gbp, by supplier');
  await expect(strip).toContainText('gross_gbp (number)');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Question 6', exact: true })).toContainText(/\d+ groups of supplier\./);
  await expectFitting(page, 'an answer by table');
  await plan('What is the total gross for Harrow Sluice Engineering?');
  await page.keyboard.press('Enter');
  const turn = page.getByRole('region', { name: 'Question 7', exact: true });
  await expect(turn).toContainText(/The sum of gross_gbp over \d+ rows is [\d,]+\.\d\d\./);
  await expect(turn.getByRole('columnheader', { name: 'supplier C' })).toBeVisible();
  await turn.getByRole('button', { name: /^H\d+: / }).first().press('Enter');
  await expect(turn.getByRole('button', { name: /^H\d+: .*, open at right/ })).toBeVisible();
  await expect(page.getByRole('article', { name: 'Cited document' })).toContainText('word for word');
  await expectAccessible(program, 'an answer by table');
});
