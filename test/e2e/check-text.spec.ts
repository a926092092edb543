/** Checking a pasted text by keyboard: labels, what is missing, the nearest passage, and a citation that opens. */
import { expect, test } from 'playwright/test';
import { addFolders, createCase, createVault, goTo, waitForIngest } from './drive.ts';
import { expectAccessible } from './looking.ts';
import { sampleFolder, startProgram, type Program } from './program.ts';
import { recordFailures } from './recording.ts';

test.describe.configure({ mode: 'serial' });

let program: Program;
test.beforeAll(async () => {
  program = await startProgram();
});
test.afterAll(async () => {
  await program.remove();
});
recordFailures(() => program);

const quote = 'Pump 4B tripped at 15:00 on 20 March 2024 because the lower bearing reached 94 °C.';

test('a text is pasted and checked by keys alone, and each sentence says what the case says of it', async () => {
  const { app, page } = program;
  await createVault(page);
  await createCase(page, 'Pumps of Lowfen');
  await addFolders(app, page, [sampleFolder]);
  await waitForIngest(page, 'documents');
  await goTo(page, 'Chat');
  await page.keyboard.press('Control+K');
  await page.keyboard.type('check text');
  await page.keyboard.press('Enter');
  const field = page.getByRole('textbox', { name: 'Text to check' });
  await expect(field).toBeFocused();
  await page.keyboard.insertText('Pump 4B tripped at 3 pm on 2024-03-20 because the lower bearing reached 94 °C. Pump 4B tripped at 15:00 on 21 March 2024. A comet over Peru bribed the treasurer.');
  await page.keyboard.press('Control+Enter');
  const sentences = page.getByRole('list', { name: 'Sentences' }).getByRole('listitem');
  await expect(sentences).toHaveCount(3);
  await expect(sentences.nth(0)).toContainText('Supported');
  await expect(sentences.nth(1)).toContainText('Partly supported');
  await expect(sentences.nth(1)).toContainText('does not say “21 March 2024”');
  await expect(sentences.nth(2)).toContainText('Unsupported');
  await expect(sentences.nth(2)).toContainText('No passage in scope says this.');
});

test('its citation opens the document at the quote, axe finds nothing, and Escape leads back to the conversation with nothing lost', async () => {
  const { page } = program;
  const sentences = page.getByRole('list', { name: 'Sentences' }).getByRole('listitem');
  await sentences.nth(0).getByRole('button', { name: /^Citation \d+$/ }).first().click();
  const cited = page.getByRole('article', { name: 'Cited document' });
  await expect(cited.getByText('word for word')).toBeVisible();
  const mark = cited.locator('mark');
  await expect(mark.first()).toBeInViewport();
  expect((await mark.allInnerTexts()).join('').replaceAll(/\s+/g, ' ')).toContain(quote);
  await expectAccessible(program, 'chat, checked text');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('textbox', { name: 'Question' })).toBeVisible();
  await page.keyboard.press('Control+K');
  await page.keyboard.type('check text');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: 'Text to check' })).toHaveValue(/^Pump 4B tripped at 3 pm/);
});
