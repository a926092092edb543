/** What every view looks like, empty and full, in both themes and at four sizes; and the settings that change it. */
import { expect, test } from 'playwright/test';
import { addFolders, annotate, ask, createCase, createVault, goTo, openFirstResult, openQueued, search, switchRendering, waitForIngest, type ViewName } from './drive.ts';
import { expectAccessible, expectFitting } from './looking.ts';
import { sampleFolder, startProgram, type Program } from './program.ts';
import { recordFailures } from './recording.ts';

test.describe.configure({ mode: 'serial' });

let program: Program;
test.beforeAll(async () => {
  program = await startProgram();
  await createVault(program.page);
  await createCase(program.page, 'Pumps of Lowfen');
});
test.afterAll(async () => {
  await program.remove();
});
recordFailures(() => program);

const views = ['Triage', 'Search', 'Chat', 'Annotate', 'Ingest'] as const satisfies readonly ViewName[];

test('axe finds nothing in an empty case', async () => {
  for (const view of views) {
    await goTo(program.page, view);
    await expectAccessible(program, `${view}, empty`);
  }
});

test('axe finds nothing in triage and ingest', async () => {
  const { app, page } = program;
  await addFolders(app, page, [sampleFolder]);
  await waitForIngest(page, 'documents');
  await expectAccessible(program, 'ingest, done');
  await goTo(page, 'Triage');
  await openQueued(page, 6);
  await page.keyboard.press('r');
  await expect(page.getByText('Coded Relevant', { exact: true }).first()).toBeVisible();
  await expectAccessible(program, 'triage, with a toast');
});

test('axe finds nothing in search with results, on a page, and without a match', async () => {
  const { page } = program;
  await search(page, '(pump OR seal) AND "hour counter"');
  await expect((await openFirstResult(page)).locator('mark').first()).toBeVisible();
  await expectAccessible(program, 'search, results');
  await search(page, 'type:pdf AND "hour counter"');
  await openFirstResult(page);
  await switchRendering(page, 'Original');
  await expectAccessible(program, 'search, pages of a PDF');
  await search(page, 'pumpp certificatez');
  await expectAccessible(program, 'search, no match');
  await page.getByRole('searchbox', { name: 'Query' }).fill('(pump AND');
  await page.keyboard.press('Enter');
  await expectAccessible(program, 'search, refused query');
});

test('axe finds nothing in an answered chat', async () => {
  await ask(program.page, 'When was the Eel Drove road closed by flood water?');
  await program.page.getByRole('button', { name: 'Citation 1', exact: true }).click();
  await expect(program.page.getByRole('article', { name: 'Cited document' }).locator('mark').first()).toBeInViewport();
  await expectAccessible(program, 'chat, answered');
});

test('axe finds nothing in annotate, with a selection and with an annotation', async () => {
  const { page } = program;
  await goTo(page, 'Annotate');
  await page.getByRole('listbox', { name: 'Documents' }).getByRole('option').first().click();
  await annotate(page, 'Serial numbers are not compared when an invoice is entered', 3, 'Who could have compared them?');
  await expectAccessible(program, 'annotate');
});

test('axe finds nothing in settings, audit, the palette, the keys and the export', async () => {
  const { page } = program;
  await goTo(page, 'Settings');
  await expectAccessible(program, 'settings');
  await goTo(page, 'Audit');
  await expectAccessible(program, 'audit');
  await goTo(page, 'Triage');
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.type('certificates');
  await expect(page.getByText('Certificates before quarter end').last()).toBeVisible();
  await expectAccessible(program, 'palette');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
  await expectAccessible(program, 'keys');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('Export this case');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Export case' })).toBeVisible();
  await expectAccessible(program, 'export');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
});

test('nothing is cut off and no banner is covered, from the smallest window to a full screen', async () => {
  const { page } = program;
  await goTo(page, 'Triage');
  await search(page, 'type:pdf AND "hour counter"');
  await openFirstResult(page);
  await switchRendering(page, 'Original');
  for (const size of [{ width: 1440, height: 900 }, { width: 1280, height: 800 }, { width: 1920, height: 1080 }, { width: 760, height: 560 }]) {
    await page.setViewportSize(size);
    for (const view of views) {
      await goTo(page, view);
      await expectFitting(page, `${view} at ${size.width} by ${size.height}`);
    }
    await page.keyboard.press('Control+k');
    await expect(page.getByRole('dialog')).toBeVisible();
    await expectFitting(page, `palette at ${size.width} by ${size.height}`);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toBeHidden();
  }
  await page.setViewportSize({ width: 1440, height: 900 });
});

test('the theme follows the setting', async () => {
  const { app, page } = program;
  await goTo(page, 'Settings');
  const isDark = (): Promise<boolean> => page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches);
  const ground = (): Promise<string> => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const theme = page.getByRole('radiogroup', { name: 'Theme' });
  await theme.getByRole('radio', { name: 'Light' }).click({ force: true });
  await expect.poll(isDark).toBe(false);
  const light = await ground();
  await theme.getByRole('radio', { name: 'Dark' }).click({ force: true });
  await expect.poll(isDark).toBe(true);
  expect(await ground()).not.toBe(light);
  expect(await app.evaluate(({ nativeTheme }) => nativeTheme.themeSource)).toBe('dark');
  expect(program.faults).toEqual([]);
});
