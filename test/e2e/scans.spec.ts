/** Words in pictures: a scan and a photograph come in, are read by OCR beside everything else, found, shown in their place, and cited as what they are. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright';
import { expect, test } from 'playwright/test';
import { sampleHeic } from '../support/picture-samples.ts';
import { drawnLines, pngOf, scannedPdf, tiffOf } from '../support/pictures.ts';
import { addFolders, ask, createCase, createVault, goTo, openFirstResult, search, switchRendering, waitForIngest } from './drive.ts';
import { expectAccessible } from './looking.ts';
import { startProgram, type Program } from './program.ts';
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

type Box = Awaited<ReturnType<Locator['boundingBox']>>;

/** True when a mark of the sheet begins where the box does and is as large. */
async function markOver(sheet: Locator, box: Box): Promise<boolean> {
  const marks = await Promise.all((await sheet.locator('[aria-hidden="true"] > span').all()).map(async (mark) => await mark.boundingBox()));
  return box !== null && marks.some((mark) => mark !== null && (['x', 'y', 'width', 'height'] as const).every((side) => Math.abs(mark[side] - box[side]) < 3));
}

test('a scan and a picture are read by OCR, and the ingest view says how far it is', async () => {
  const { app, page, folder } = program;
  const dump = join(folder, 'scans');
  mkdirSync(dump);
  writeFileSync(join(dump, 'order.pdf'), scannedPdf([{ picture: await drawnLines('The convoy leaves the harbour at dawn', 'with eleven trucks and one crane') }]));
  writeFileSync(join(dump, 'notice.png'), pngOf(await drawnLines('The western quay is closed', 'until the lighthouse is repaired')));
  await createVault(page);
  await createCase(page, 'Harbour', 'UNCLASSIFIED');
  await addFolders(app, page, [dump]);
  await waitForIngest(page, 'scans');
  const section = page.getByRole('region', { name: 'Words in pictures' });
  await expect(section.getByText('done', { exact: true })).toBeVisible({ timeout: 90_000 });
  await expect(page.getByText('2 added.', { exact: true })).toBeVisible();
  await expect(section.getByRole('switch')).toBeChecked();
  await expectAccessible(program, 'words in pictures');
});

test('a word of the scan is found, and its box lies on the page where the word is', async () => {
  const { page } = program;
  await search(page, 'eleven trucks');
  const document = await openFirstResult(page);
  await expect(document.getByText(/read by OCR, confidence \d+ %/).first()).toBeVisible();
  await switchRendering(page, 'Original');
  const sheet = document.getByRole('group', { name: 'Page 1' });
  await expect(sheet.locator('canvas')).toBeVisible();
  const box = sheet.locator('[data-box]', { hasText: 'eleven' });
  await expect(box).toHaveCount(1);
  const [word, mark] = [await box.boundingBox(), await sheet.locator('[aria-hidden="true"] > span').first().boundingBox()];
  expect(Math.abs((word?.x ?? 0) - (mark?.x ?? 99))).toBeLessThan(3);
  expect(Math.abs((word?.y ?? 0) - (mark?.y ?? 99))).toBeLessThan(3);
});

test('a picture is shown as it is, with its words in their place', async () => {
  const { page } = program;
  await search(page, 'lighthouse');
  const document = await openFirstResult(page);
  await switchRendering(page, 'Original');
  const picture = document.getByRole('group', { name: 'Picture' });
  await expect(picture.getByRole('img')).toBeVisible();
  await expect(picture.locator('[data-box]', { hasText: 'lighthouse' })).toHaveCount(1);
  await expect(picture.locator('[aria-hidden="true"] > span')).toHaveCount(1);
  await expectAccessible(program, 'a picture');
});

test('a TIFF and a HEIC, which the window cannot draw, are drawn for it page by page, and a hit turns to its page', async () => {
  const { app, page, folder } = program;
  const dump = join(folder, 'fax');
  mkdirSync(dump);
  writeFileSync(join(dump, 'fax.tif'), tiffOf([await drawnLines('The first sheet of the fax'), await drawnLines('The second sheet names a buoy')]));
  writeFileSync(join(dump, 'phone.heic'), sampleHeic);
  await addFolders(app, page, [dump]);
  await waitForIngest(page, 'fax');
  await expect(page.getByRole('region', { name: 'Words in pictures' }).getByText('done', { exact: true })).toBeVisible({ timeout: 90_000 });
  await search(page, 'buoy');
  const document = await openFirstResult(page);
  await switchRendering(page, 'Original');
  const second = document.getByRole('group', { name: 'Page 2' });
  await expect(second.getByRole('img')).toBeVisible({ timeout: 30_000 });
  await expect(second.locator('[data-box]', { hasText: 'buoy' })).toHaveCount(1);
  await document.getByRole('button', { name: 'Previous page' }).click();
  await expect(document.getByRole('group', { name: 'Page 1' }).getByRole('img')).toBeVisible({ timeout: 30_000 });
  await expectAccessible(program, 'a page of a TIFF');
  await search(page, 'harbour office closed');
  const photo = await openFirstResult(page);
  await switchRendering(page, 'Original');
  const shown = photo.getByRole('group', { name: 'Picture' });
  await expect(shown.getByRole('img')).toBeVisible({ timeout: 30_000 });
  for (const word of ['harbour', 'office', 'closed']) {
    const box = shown.locator('[data-box]', { hasText: word });
    await expect(box).toHaveCount(1);
    await expect.poll(async () => await markOver(shown, await box.boundingBox()), word).toBe(true);
  }
  await expectAccessible(program, 'a HEIC');
  // What is read again stands in the text a second time, and the page shows the marks of the newer words.
  await page.keyboard.press('Control+k');
  await page.keyboard.type('Read again by OCR in English');
  await page.keyboard.press('Enter');
  await expect(photo.getByText('1 of 6')).toBeVisible({ timeout: 60_000 });
  for (const word of ['harbour', 'office', 'closed']) await expect.poll(async () => await markOver(shown, await shown.locator('[data-box]', { hasText: word }).boundingBox()), word).toBe(true);
});

test('the queue of triage is narrowed to a language by keys, and the chip lets it go', async () => {
  const { app, page, folder } = program;
  const dump = join(folder, 'letters');
  mkdirSync(dump);
  writeFileSync(join(dump, 'kran.txt'), 'Der Kran stand die ganze Nacht am Liegeplatz, und der Hafenmeister hat nichts davon gewusst. Wir haben ihn am Morgen gefragt.');
  await addFolders(app, page, [dump]);
  await waitForIngest(page, 'letters');
  await goTo(page, 'Triage');
  const rows = page.getByRole('region', { name: 'Queue' }).getByRole('option');
  await page.keyboard.press('Shift+F');
  const german = page.getByRole('menuitem', { name: 'German' });
  await expect(german).toBeVisible();
  await expectAccessible(program, 'filters of the queue');
  await page.keyboard.type('German');
  await expect(german).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText('kran.txt');
  await page.getByRole('button', { name: 'Take out German' }).press('Enter');
  await expect(rows).toHaveCount(5);
});

test('a citation of the scan says that OCR read it', async () => {
  const { page } = program;
  await goTo(page, 'Chat');
  await ask(page, 'convoy leaves the harbour at dawn');
  await expect(page.getByText(/p\. 1, OCR \d+ %/).first()).toBeVisible();
});
