/**
 * The main job, once, from a bare machine to a marked-up case: a vault and a case, a folder of documents of every first format, search,
 * codes by key, a cited answer, an annotation; then the lock, and all of it again. The tests follow one another in one window.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import { addFolders, annotate, ask, createCase, createVault, dropFile, goTo, lock, openCase, openCitation, openFirstResult, openQueued, queued, search, switchRendering, unlock, waitForIngest } from './drive.ts';
import { marksOnPage } from './page-marks.ts';
import { sampleFolder, startProgram, type Program } from './program.ts';
import { recordFailures } from './recording.ts';

const caseName = 'Pumps of Lowfen';
const question = 'Why did pump 4B trip on 20 March 2024?';
const answerQuote = 'Pump 4B tripped at 15:00 on 20 March 2024 because the lower bearing reached 94 °C.';
const marked = 'Two spare pumps, MR-20418 and MR-20419, were delivered once';
const note = 'Compare the serial numbers with the ledger.';

test.describe.configure({ mode: 'serial' });

let program: Program;
test.beforeAll(async () => {
  program = await startProgram();
});
test.afterAll(async () => {
  await program.remove();
});
recordFailures(() => program);

test('a newcomer makes a vault and a first case', async () => {
  const { page } = program;
  await createVault(page);
  await createCase(page, caseName);
  await expect(page.getByRole('button', { name: caseName }).first()).toBeVisible();
});

test('a folder with every first format becomes documents and a duplicate, the scan among them by OCR', async () => {
  const { app, page } = program;
  await addFolders(app, page, [sampleFolder]);
  await waitForIngest(page, 'documents');
  await expect(page.getByRole('region', { name: 'Words in pictures' }).getByText('done', { exact: true })).toBeVisible({ timeout: 90_000 });
  await expect(page.getByText('42 added + 1 duplicate = 43. Inside them 4 attachments.')).toBeVisible();
  await goTo(page, 'Search');
  for (const [type, documents] of [['text', 7], ['markdown', 4], ['table', 5], ['web-page', 3], ['mail', 13], ['pdf', 8], ['word', 6]] as const) {
    await search(page, `type:${type}`);
    await expect(page.getByText(`${documents} documents`, { exact: true }).first(), type).toBeVisible();
  }
});

test('the same folder again adds nothing', async () => {
  const { app, page } = program;
  await goTo(page, 'Ingest');
  await addFolders(app, page, [sampleFolder]);
  await expect(page.getByRole('listbox', { name: 'Jobs' }).getByRole('option')).toHaveCount(2);
  expect(await waitForIngest(page, 'documents')).toBe('43 here already.');
});

test('a query finds its documents, with the hits marked in the snippet, in the text and on the page', async () => {
  const { page } = program;
  await search(page, '"hour counter" AND type:pdf');
  const results = page.getByRole('listbox', { name: 'Results' });
  await expect(results.getByRole('option').first().locator('mark').first()).toHaveText(/hour/i);
  const document = await openFirstResult(page);
  await expect(document.locator('mark[data-marks^="hit-"]').first()).toBeInViewport();
  await expect(document.locator('mark[data-marks^="hit-"]').first()).toHaveText(/hour/i);
  await switchRendering(page, 'Original');
  await expect(document.getByRole('group', { name: 'Page 2' }).locator('canvas')).toBeVisible();
  await expect.poll(() => marksOnPage(document, 2)).toEqual(expect.arrayContaining([expect.stringMatching(/hour counter/i)]));
  await switchRendering(page, 'Text');
});

test('a query without a match says how much was searched and what would find something', async () => {
  const { page } = program;
  await search(page, 'pumpp certificatez');
  await expect(page.getByRole('heading', { name: 'No documents match' })).toBeVisible();
  await expect(page.getByText(/46 documents searched, 0 found/)).toBeVisible();
});

test('documents are coded by one key each, and the last code is taken back', async () => {
  const { page } = program;
  await goTo(page, 'Triage');
  const progress = page.getByRole('progressbar', { name: 'Coded' });
  await openQueued(page, 1);
  await expect(progress).toHaveAttribute('aria-valuetext', '0 of 46');
  await page.keyboard.press('r');
  await expect(queued(page, 2)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('n');
  await expect(queued(page, 3)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('d');
  await expect(queued(page, 4)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('u');
  await expect(queued(page, 5)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('r');
  await expect(progress).toHaveAttribute('aria-valuetext', '4 of 46');
  await page.keyboard.press('z');
  await expect(progress).toHaveAttribute('aria-valuetext', '3 of 46');
  await expect(queued(page, 1)).toHaveAccessibleName(/relevant/);
  await expect(queued(page, 2)).toHaveAccessibleName(/not relevant/);
  await expect(queued(page, 3)).toHaveAccessibleName(/deferred/);
  await expect(queued(page, 5)).toHaveAccessibleName(/not coded/);
});

test('keys pressed faster than the disk each decide one document, in order', async () => {
  const { page } = program;
  await openQueued(page, 6);
  await page.keyboard.type('rn');
  await expect(queued(page, 8)).toHaveAttribute('aria-selected', 'true');
  await expect(queued(page, 6)).toHaveAccessibleName(/[^t] relevant/);
  await expect(queued(page, 7)).toHaveAccessibleName(/not relevant/);
  await expect(page.getByRole('progressbar', { name: 'Coded' })).toHaveAttribute('aria-valuetext', '5 of 46');
  await page.keyboard.press('z');
  await expect(page.getByRole('progressbar', { name: 'Coded' })).toHaveAttribute('aria-valuetext', '4 of 46');
  await expect(queued(page, 7)).toHaveAccessibleName(/not coded/);
});

test('a note is written by key and kept', async () => {
  const { page } = program;
  await openQueued(page, 1);
  await page.keyboard.press('c');
  await page.keyboard.type(note);
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
  await expect(page.getByRole('group', { name: 'History' }).getByText('wrote the note')).toHaveCount(1);
});

test('a question is answered with quotes, and a citation opens the document at its quote', async () => {
  const { page } = program;
  const turn = await ask(page, question);
  await expect(turn).toContainText(answerQuote);
  await expect(turn).toContainText('quotes found word for word');
  const source = turn.getByRole('list', { name: 'Sources' }).getByRole('listitem').filter({ hasText: answerQuote });
  await openCitation(page, Number(/Citation (\d+)/.exec(await source.innerText())?.[1]));
  const cited = page.getByRole('article', { name: 'Cited document' });
  await expect(cited.getByText('word for word')).toBeVisible();
  const mark = cited.locator('mark');
  await expect(mark.first()).toBeInViewport();
  expect((await mark.allInnerTexts()).join('').replaceAll(/\s+/g, ' ')).toContain(answerQuote);
});

test('a question that nothing answers is told so', async () => {
  const turn = await ask(program.page, 'Which comet was seen above the observatory in Peru?');
  await expect(turn).toContainText('Nothing in this case supports an answer.');
});

test('a passage is marked up with a label and a note, and listed beside the document and across the case', async () => {
  const { page } = program;
  await goTo(page, 'Triage');
  await openQueued(page, 1);
  await page.keyboard.press('m');
  await annotate(page, marked, 2, note);
  const work = page.getByRole('region', { name: 'Annotations', exact: true });
  await expect(work.getByRole('listbox', { name: 'Annotations of this document' }).getByRole('option')).toHaveCount(1);
  await work.getByRole('tab', { name: 'Across the case' }).click();
  await expect(work.getByRole('listbox', { name: 'Annotations across the case' }).getByRole('option')).toContainText(['Memo: spare pumps']);
  await work.getByRole('tab', { name: /^Annotations/ }).click();
});

test('a second window shows the same case, and each sees what the other decides', async () => {
  const { app, page } = program;
  const opened = app.waitForEvent('window');
  await page.keyboard.press('Control+Shift+N');
  const second = await opened;
  await openCase(second, caseName);
  await expect(second.getByRole('progressbar', { name: 'Coded' })).toHaveAttribute('aria-valuetext', '4 of 46');
  await openQueued(second, 12);
  await second.keyboard.press('r');
  await goTo(page, 'Triage');
  await expect(page.getByRole('progressbar', { name: 'Coded' })).toHaveAttribute('aria-valuetext', '5 of 46');
  await expect(queued(page, 12)).toHaveAccessibleName(/[^t] relevant/);
  await page.keyboard.press('Control+l');
  await expect(second.getByRole('heading', { name: 'Vault locked' })).toBeVisible();
  await second.close();
});

test('after lock and unlock all of it is there', async () => {
  const { page } = program;
  await expect(page.getByRole('heading', { name: 'Vault locked' })).toBeVisible();
  expect(await page.locator('body').innerText()).not.toContain('pump');
  await unlock(page);
  await openCase(page, caseName);
  await expect(page.getByRole('progressbar', { name: 'Coded' })).toHaveAttribute('aria-valuetext', '5 of 46');
  await openQueued(page, 1);
  await expect(page.getByRole('radio', { name: 'Relevant', exact: true })).toBeChecked();
  await expect(page.getByRole('textbox', { name: 'Note' })).toHaveValue(note);
  await page.keyboard.press('m');
  await page.getByRole('listbox', { name: 'Annotations of this document' }).getByRole('option').first().click();
  await expect(page.getByRole('region', { name: 'The selected annotation' })).toContainText(marked);
  await expect(page.getByRole('region', { name: 'The selected annotation' }).getByRole('textbox', { name: 'Note' })).toHaveValue(note);
  await goTo(page, 'Chat');
  await page.getByRole('listbox', { name: 'Conversations' }).getByRole('option').first().click();
  await expect(page.getByRole('region', { name: 'Question 1' })).toContainText(answerQuote);
});

test('a dropped file joins the case', async () => {
  const { app, page, folder } = program;
  const path = join(folder, 'dropped note.txt');
  writeFileSync(path, 'A note about the heliograph, dropped on the window.');
  await dropFile(app, page, path);
  expect(await waitForIngest(page, 'dropped note.txt')).toBe('1 added.');
  await search(page, 'heliograph');
  await expect(page.getByRole('listbox', { name: 'Results' }).getByRole('option')).toHaveCount(1);
});

test('the case is exported to a folder, and a folder that holds something is refused', async () => {
  const { app, page, folder } = program;
  const target = join(folder, 'handed on');
  mkdirSync(target);
  const choose = async (path: string, button: string): Promise<void> => {
    await app.evaluate(({ dialog }, chosen) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
    }, path);
    await page.getByRole('button', { name: button }).click();
  };
  await page.getByRole('button', { name: caseName }).first().click();
  await page.getByRole('menuitem', { name: 'Export this case' }).click();
  const dialog = page.getByRole('dialog', { name: 'Export case' });
  await expect(dialog).toContainText('What is written is not encrypted.');
  await choose(folder, 'Choose a folder');
  await expect(dialog.getByRole('alert')).toContainText('not an empty folder');
  await choose(target, 'Choose another folder');
  await expect(dialog.getByRole('status')).toContainText(/\d+ files written/);
  await dialog.getByRole('button', { name: 'Close', exact: true }).last().click();
  const line = readFileSync(join(target, 'annotations.jsonl'), 'utf8').split('\n').find((one) => one.includes(marked));
  expect(JSON.parse(line ?? '{}')).toMatchObject({ '@context': 'http://www.w3.org/ns/anno.jsonld', type: 'Annotation' });
});

test('the program ends, starts again locked, and nothing of it was lost', async () => {
  const { folder } = program;
  await lock(program.page);
  await program.app.context().tracing.stop(); // what it recorded lies in a temporary folder that only this removes
  await program.end();
  program = await startProgram(folder);
  await unlock(program.page);
  await openCase(program.page, caseName);
  await expect(program.page.getByRole('progressbar', { name: 'Coded' })).toHaveAttribute('aria-valuetext', '5 of 47');
  expect(program.faults).toEqual([]);
});
