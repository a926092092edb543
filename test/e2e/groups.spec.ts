/** What belongs together, and what could not be read: containers, near-duplicates, threads, quarantine, watched folders. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import { madeZip } from '../support/archive-fixtures.ts';
import { mailLines, utf8 } from '../support/file-fixtures.ts';
import { addFolders, createCase, createVault, goTo, openFirstResult, openQueued, queued, search, waitForIngest } from './drive.ts';
import { expectAccessible, expectFitting } from './looking.ts';
import { startProgram, type Program } from './program.ts';
import { recordFailures } from './recording.ts';

test.describe.configure({ mode: 'serial' });

const paragraph = 'The survey of berth four found the crane empty and the seal whole, as the pilot had said. The clerk of the customs office weighed the cargo twice, noted the tonnage in the ledger, and sent the manifest to the harbour with the tide of the evening.';
const letter = (who: string): string => `${paragraph}\n\n${paragraph.replace('clerk', who).split(' ').reverse().join(' ')}\n`;
const message = (id: number, before: number | null, subject: string, body: string): Uint8Array => mailLines(
  `Message-ID: <${id}@port.example>`, ...(before === null ? [] : [`In-Reply-To: <${before}@port.example>`]), 'From: Harbour office <office@port.example>', 'To: Customs desk <desk@port.example>', `Subject: ${subject}`, `Date: Mon, 0${id} Jun 2024 09:00:00 +0000`, '', body,
);
const withAttachment = mailLines(
  'From: Harbour office <office@port.example>', 'Subject: Tariff of the quay', 'MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary="b"', '', '--b', 'Content-Type: text/plain', '', 'The tariff is attached.',
  '--b', 'Content-Type: text/plain; name="tariff.txt"', 'Content-Disposition: attachment; filename="tariff.txt"', '', 'Lighterage costs twelve a ton.', '--b--', '',
);

let program: Program;
test.beforeAll(async () => {
  program = await startProgram();
  const folder = join(program.folder, 'dump');
  mkdirSync(folder);
  for (const [index, who] of ['clerk', 'guard', 'porter', 'pilot'].entries()) writeFileSync(join(folder, `a-letter-${index + 1}.txt`), letter(who));
  writeFileSync(join(folder, 'b-1.eml'), message(1, null, 'Berth four', 'The survey of berth four is done and the crane was empty.'));
  writeFileSync(join(folder, 'b-2.eml'), message(2, 1, 'Re: Berth four', 'Good.\n\n> The survey of berth four is done and the crane was empty.'));
  writeFileSync(join(folder, 'b-3.eml'), message(3, 2, 'Re: Berth four', 'The seal was broken, though, when the pilot came.'));
  writeFileSync(join(folder, 'c-papers.zip'), madeZip([{ name: 'mail/tariff.eml', bytes: withAttachment }, { name: '=locked.txt', bytes: utf8('secret'), flags: 1 }]));
  writeFileSync(join(folder, 'd-torn.pdf'), '%PDF-1.7 torn');
  await createVault(program.page);
  await createCase(program.page, 'Harbour', 'UNCLASSIFIED');
  await addFolders(program.app, program.page, [folder]);
  await waitForIngest(program.page, 'dump');
});
test.afterAll(async () => {
  await program.remove();
});
recordFailures(() => program);

test('what lies in an archive, in a mail, in an archive is found by its words and opens with its path', async () => {
  const { page } = program;
  await search(page, 'lighterage');
  const document = await openFirstResult(page);
  await expect(document.getByText('Lighterage costs twelve a ton.')).toBeVisible();
  await goTo(page, 'Triage');
  await expect(page.getByText('dump/c-papers.zip!/mail/tariff.eml!/tariff.txt').first()).toBeVisible();
});

test('near-duplicates are a group that G codes together, and one undo takes back', async () => {
  const { page } = program;
  await openQueued(page, 1);
  await expect(queued(page, 1).getByText('3 near-duplicates')).toBeVisible({ timeout: 30_000 });
  const work = page.getByRole('region', { name: 'Work', exact: true });
  await expect(work.getByRole('checkbox', { name: /^Near-duplicates/ })).not.toBeChecked();
  await expectAccessible(program, 'triage, near-duplicates');
  await expectFitting(page, 'triage, near-duplicates');
  await page.keyboard.press('g');
  await expect(work.getByRole('checkbox', { name: /^Near-duplicates/ })).toBeChecked();
  await page.keyboard.press('r');
  await expect(page.getByText('Coded Relevant, with 3 other documents').first()).toBeVisible();
  for (const position of [1, 2, 3, 4]) await expect(queued(page, position)).toContainText(', relevant');
  await expect(queued(page, 5)).toHaveAttribute('aria-selected', 'true'); // the next one that is not coded
  await page.keyboard.press('z');
  for (const position of [1, 2, 3, 4]) await expect(queued(page, position)).not.toContainText(', relevant');
});

test('a thread is listed in its order with what adds nothing, opens by a press, and is coded only after asking', async () => {
  const { page } = program;
  await openQueued(page, 5);
  const work = page.getByRole('region', { name: 'Work', exact: true });
  await expect(work.getByText('Message 1 of 3')).toBeVisible({ timeout: 30_000 });
  const messages = work.getByRole('listitem').filter({ hasText: 'Berth four' });
  await expect(messages).toHaveCount(3);
  await expect(messages.nth(0)).toContainText('adds nothing to document 6');
  await expectAccessible(program, 'triage, a thread');
  await messages.nth(2).getByRole('button').click();
  await expect(page.getByRole('article', { name: 'Document' }).getByText('The seal was broken')).toBeVisible();
  await work.getByRole('button', { name: 'Code the thread' }).click();
  const dialog = page.getByRole('alertdialog');
  await expect(dialog.getByText('3 messages get one code')).toBeVisible();
  await dialog.getByRole('button', { name: 'Not relevant' }).click();
  await expect(page.getByText('Coded Not relevant, a thread of 3 messages').first()).toBeVisible();
  await search(page, 'thread:5 inclusive:yes coded:not-relevant');
  await expect(page.getByRole('listbox', { name: 'Results' }).getByRole('option')).toHaveCount(2);
});

test('what was not read is explained, and leaves as a table that runs nothing', async () => {
  const { app, page, folder } = program;
  await goTo(page, 'Ingest');
  await expect(page.getByText('Ask for another copy. Its original is kept.').first()).toBeVisible();
  await expect(page.getByText(/^Each file is read in a process apart: no network/)).toBeVisible();
  await expectAccessible(program, 'ingest, failures');
  const out = join(folder, 'out');
  mkdirSync(out);
  await app.evaluate(({ dialog }, filePath) => { dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [filePath] }); }, out);
  await page.getByRole('button', { name: 'Export as CSV' }).first().click();
  await expect(page.getByText('Written, unencrypted, UNCLASSIFIED: not-read.csv, 2 files').first()).toBeVisible();
  expect(readdirSync(out)).toEqual(['not-read.csv']);
  const table = readFileSync(join(out, 'not-read.csv'), 'utf8');
  expect(table).toContain('dump/c-papers.zip!/=locked.txt,quarantined,encrypted');
  expect(table).not.toMatch(/(?:^|,)"?[=+@]/m);
});

test('a folder is watched only once it is turned on, and takes in what is put there', async () => {
  const { app, page, folder } = program;
  await goTo(page, 'Ingest');
  const inbox = join(folder, 'inbox');
  mkdirSync(inbox);
  await expect(page.getByText('None. What is put into a watched folder')).toBeVisible();
  await app.evaluate(({ dialog }, filePath) => { dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [filePath] }); }, inbox);
  await page.getByRole('button', { name: 'Watch a folder' }).click();
  const stop = page.getByRole('button', { name: 'Stop watching inbox' });
  await expect(stop).toBeVisible();
  await expectAccessible(program, 'ingest, a watched folder');
  await stop.click();
  await expect(stop).toBeHidden();
  expect(program.faults).toEqual([]);
});
