/**
 * What a person does with the program: by the roles and names that a screen reader hears, and by the keys of the screens' rules.
 * Every function waits until the window shows that it is done.
 */
import { statSync } from 'node:fs';
import { basename } from 'node:path';
import type { ElectronApplication, Locator, Page } from 'playwright';
import { expect as expectSoon } from 'playwright/test';
import { grantFile } from '../support/electron-host.ts';

// The demo drives without the test runner, whose configuration says the same.
const expect = expectSoon.configure({ timeout: 15_000 });

/** A passphrase that is strong enough, and written nowhere but in tests. */
export const passphrase = 'six grey herons wait at noon';

/** What the first run is told. */
export interface NewVault {
  readonly systemHigh: string;
  readonly person: string;
  readonly device: string;
}

export const newVault: NewVault = { systemHigh: 'SECRET//NOFORN', person: 'Analyst of the day shift', device: 'Laptop 1' };

/** The views, as the rail names them, with their keys. */
const keyByView = { Triage: 'Control+1', Search: 'Control+2', Chat: 'Control+3', Annotate: 'Control+4', Ingest: 'Control+6', Bulk: 'Control+7', Settings: 'Control+,' } as const;
export type ViewName = keyof typeof keyByView;

/** First step of the first run. */
export async function chooseSystemHigh(page: Page, systemHigh: string): Promise<void> {
  await page.getByRole('radio', { name: systemHigh, exact: true }).press('Space');
  await page.getByRole('button', { name: 'Go on' }).click();
}

/** The groups of the recovery code that is shown. */
export async function shownRecoveryCode(page: Page): Promise<string[]> {
  const groups = page.getByRole('region', { name: 'Recovery code' }).getByRole('listitem');
  await expect(groups).toHaveCount(8);
  return (await groups.allInnerTexts()).map((text) => text.split(/\s+/).at(-1) ?? '');
}

/** The two fields that ask for groups of the code, each with the position it asks for, counted from 0. */
export async function proofFields(page: Page): Promise<{ readonly field: Locator; readonly position: number }[]> {
  const fields = page.getByRole('group', { name: /^Type groups/ }).getByRole('textbox', { name: /^Group \d$/ });
  await expect(fields).toHaveCount(2);
  return await Promise.all((await fields.all()).map(async (field) => ({ field, position: Number((await field.getAttribute('placeholder'))?.replace(/\D/g, '')) - 1 })));
}

/** Second step: the passphrase twice, and two groups of the code typed. Returns the code. */
export async function setPassphrase(page: Page, secret = passphrase): Promise<string> {
  await page.getByLabel('Passphrase', { exact: true }).fill(secret);
  await page.getByLabel('Passphrase again', { exact: true }).fill(secret);
  const groups = await shownRecoveryCode(page);
  for (const { field, position } of await proofFields(page)) await field.fill(groups[position] ?? '');
  await page.getByRole('button', { name: 'Go on' }).click();
  return groups.join('-');
}

/** The first three steps of the first run. Returns the recovery code. */
export async function createVault(page: Page, vault: NewVault = newVault): Promise<string> {
  await chooseSystemHigh(page, vault.systemHigh);
  const code = await setPassphrase(page);
  await page.getByLabel('Your name').fill(vault.person);
  await page.getByLabel('This device').fill(vault.device);
  await page.getByRole('button', { name: 'Create vault' }).click();
  await page.getByRole('heading', { name: 'First case' }).waitFor();
  return code;
}

/** Creates the first case, in the last step of the first run. Without a marking it gets the vault's system high. It is open afterwards. */
export async function createCase(page: Page, name: string, marking?: string): Promise<void> {
  await page.getByLabel('Name of the case').fill(name);
  if (marking !== undefined) {
    const field = page.getByRole('combobox', { name: 'Marking' });
    await field.fill(marking);
    await field.press('Tab'); // closes the list of usual ones, behind which the rest is hidden
  }
  await page.getByRole('button', { name: 'Create case' }).click();
  await page.getByRole('button', { name }).first().waitFor();
  await page.getByRole('heading', { name: 'Nothing to triage yet' }).waitFor();
}

/** Opens a case from the list of cases. */
export async function openCase(page: Page, name: string): Promise<void> {
  await page.getByRole('table').getByRole('button', { name, exact: true }).click();
  await expect(page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: 'Triage' })).toHaveAttribute('aria-current', 'page');
}

/** Switches to a view by its key; to the audit trail, which has none, by the rail. */
export async function goTo(page: Page, view: ViewName | 'Audit'): Promise<void> {
  const entry = page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: view });
  if (view === 'Audit') await entry.click();
  else await page.keyboard.press(keyByView[view]);
  await expect(entry).toHaveAttribute('aria-current', 'page');
  await expect(page.locator('main [data-pane]:visible').first()).toBeVisible();
}

/** Adds folders by key; the system's dialog answers with them. */
export async function addFolders(app: ElectronApplication, page: Page, folders: readonly string[]): Promise<void> {
  await app.evaluate(({ dialog }, filePaths) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [...filePaths] });
  }, folders);
  await page.keyboard.press('Control+o');
}

/** Drops a file anywhere on the window. */
export async function dropFile(app: ElectronApplication, page: Page, path: string): Promise<void> {
  const name = basename(path);
  await grantFile(app, { name, size: statSync(path).size, path });
  // A file that the browser itself was handed has a path on real Electron too, where one made by a script has none.
  await page.evaluate(() => {
    const input = Object.assign(document.createElement('input'), { type: 'file', id: 'dropped-by-test', hidden: true });
    document.body.append(input);
  });
  await page.locator('#dropped-by-test').setInputFiles(path);
  await page.evaluate(() => {
    const input = document.querySelector<HTMLInputElement>('#dropped-by-test');
    const dataTransfer = new DataTransfer();
    for (const file of input?.files ?? []) dataTransfer.items.add(file);
    input?.remove();
    const main = document.querySelector('main');
    for (const type of ['dragenter', 'dragover', 'drop']) main?.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer }));
  });
}

/** Waits in the ingest view until the job with this label has ended, and reads its sum. */
export async function waitForIngest(page: Page, label: string): Promise<string> {
  await goTo(page, 'Ingest');
  const job = page.getByRole('region', { name: 'Job', exact: true });
  const heading = job.getByRole('heading', { level: 1, name: label });
  await expect(heading).toBeVisible();
  // The job's own state stands beside its name; the parts below it have states of their own.
  const state = heading.locator('..').getByText(/^(done|failed|cancelled)$/);
  await expect(state).toBeVisible({ timeout: 60_000 });
  await expect(state).toHaveText('done');
  await expect(page.getByText('No jobs running')).toBeVisible();
  return await job.getByText(/^[\d,]+ (added|here already|duplicates?|without text|held)/).innerText();
}

/** A row of triage's queue by its position, counted from 1. Far ones exist only while they are near the visible part. */
export function queued(page: Page, position: number): Locator {
  return page.getByRole('region', { name: 'Queue' }).locator(`[role="option"][aria-posinset="${position}"]`);
}

/** Opens one of the first documents of triage's queue. */
export async function openQueued(page: Page, position: number): Promise<void> {
  await queued(page, position).or(page.getByRole('region', { name: 'Queue' }).getByRole('option').first()).first().waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Home');
  await expect(queued(page, 1)).toHaveAttribute('aria-selected', 'true');
  await queued(page, position).click();
  await expect(queued(page, position)).toHaveAttribute('aria-selected', 'true');
  const title = (await queued(page, position).innerText()).split('\n')[0] ?? '';
  await expect(page.getByRole('article', { name: 'Document' }).getByRole('heading', { level: 1, name: title })).toBeVisible();
}

/** Searches by key; the results are there afterwards, or the words that say that there are none. */
export async function search(page: Page, query: string): Promise<void> {
  await page.keyboard.press('/');
  const box = page.getByRole('searchbox', { name: 'Query' });
  await expect(box).toBeFocused();
  // Results stay until newer ones come: without the old ones, those that are seen next are this query's.
  await box.fill('');
  await expect(page.getByRole('heading', { name: 'Search this case' })).toBeVisible();
  await box.fill(query);
  await page.keyboard.press('Enter');
  await expect(page.getByText(/of \d[\d,]* searched · /)).toBeVisible();
}

/** Goes from the query to the first result, whose document is open afterwards. */
export async function openFirstResult(page: Page): Promise<Locator> {
  await page.keyboard.press('Enter');
  await expect(page.getByRole('listbox', { name: 'Results' }).getByRole('option').first()).toHaveAttribute('aria-selected', 'true');
  const document = page.getByRole('article', { name: 'Document' });
  await expect(document.getByRole('radiogroup', { name: 'Rendering' })).toBeVisible();
  return document;
}

/** Changes between the text and the original of what is open: the pages of a PDF, or a picture. */
export async function switchRendering(page: Page, to: 'Text' | 'Original'): Promise<void> {
  const document = page.getByRole('article').filter({ has: page.getByRole('radio', { name: 'Original' }) });
  await expect(document).toBeVisible();
  await page.keyboard.press('o');
  await expect(document.getByRole('radio', { name: to })).toBeChecked();
  if (to === 'Original') await expect(document.locator('canvas, img').first()).toBeVisible();
}

/** Asks the open case with whoever answers by default; the answer is whole afterwards. Returns the place of question and answer. */
export async function ask(page: Page, question: string): Promise<Locator> {
  await goTo(page, 'Chat');
  const turns = page.getByRole('region', { name: /^Question \d+$/ });
  const before = await turns.count();
  await page.getByRole('textbox', { name: 'Question' }).fill(question);
  await page.keyboard.press('Control+Enter');
  await expect(turns).toHaveCount(before + 1, { timeout: 30_000 });
  const turn = turns.last();
  await expect(turn.getByRole('heading', { name: question })).toBeVisible();
  await expect(turn.getByText(/(sentences? weighed|passages? given)\./)).toBeVisible();
  return turn;
}

/** Opens a citation of the last answer by its number. */
export async function openCitation(page: Page, number: number): Promise<void> {
  await page.getByRole('region', { name: /^Question \d+$/ }).last().getByRole('button', { name: `Citation ${number}`, exact: true }).click();
  await expect(page.getByRole('article', { name: 'Cited document' }).getByRole('toolbar', { name: 'Citations' })).toBeVisible();
}

/** Selects a text of the open document by dragging over it. */
export async function selectText(page: Page, text: string): Promise<void> {
  const body = page.getByRole('article').locator('[data-pane-body]');
  await expect(body).toContainText(text.split(' ').slice(0, 3).join(' '));
  const ends = await body.evaluate((element, wanted) => {
    const nodes: { node: Text; start: number }[] = [];
    let whole = '';
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      if (!(node instanceof Text) || node.parentElement?.closest('[data-start]') === null) continue;
      nodes.push({ node, start: whole.length });
      whole += node.data;
    }
    const at = whole.indexOf(wanted);
    if (at < 0) return null;
    const pointAt = (offset: number): readonly [Text, number] | null => {
      const found = nodes.findLast(({ start }) => start <= offset);
      return found === undefined ? null : [found.node, offset - found.start];
    };
    const rectAt = (offset: number): DOMRect | null => {
      const point = pointAt(offset);
      if (point === null) return null;
      const range = document.createRange();
      range.setStart(point[0], point[1]);
      range.setEnd(point[0], point[1] + 1);
      return range.getBoundingClientRect();
    };
    pointAt(at)?.[0].parentElement?.scrollIntoView({ block: 'center' });
    const first = rectAt(at);
    const last = rectAt(at + wanted.length - 1);
    return first === null || last === null ? null : { from: [first.left + 1, first.top + first.height / 2] as const, to: [last.right - 1, last.top + last.height / 2] as const };
  }, text);
  if (ends === null) throw new Error(`The open document does not show: ${text}`);
  await page.mouse.move(...ends.from);
  await page.mouse.down();
  await page.mouse.move((ends.from[0] + ends.to[0]) / 2, ends.to[1]);
  await page.mouse.move(...ends.to);
  await page.mouse.up();
  await expect(page.getByRole('dialog', { name: 'Mark the selected text' })).toBeVisible();
}

/** Marks a text of the document that annotate shows, with the label of a digit, and with a note if one is given. */
export async function annotate(page: Page, text: string, digit: number, note = ''): Promise<void> {
  await selectText(page, text);
  if (note === '') {
    await page.keyboard.press(String(digit));
  } else {
    const dialog = page.getByRole('dialog', { name: 'Mark the selected text' });
    await dialog.getByRole('textbox', { name: 'Note' }).fill(note);
    await dialog.getByRole('group', { name: 'Labels' }).getByRole('button').nth(digit - 1).click();
  }
  await expect(page.getByRole('dialog', { name: 'Mark the selected text' })).toBeHidden();
  await expect(page.getByRole('region', { name: 'The selected annotation' }).getByRole('blockquote')).toHaveText(text);
}

/** Goes to a control by Tab alone. Throws when it is not reached. */
export async function tabTo(page: Page, control: Locator): Promise<void> {
  for (let steps = 0; steps < 40; steps += 1) {
    if (await control.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error('Tab does not lead to the control.');
}

/** Locks by key. */
export async function lock(page: Page): Promise<void> {
  await page.keyboard.press('Control+l');
  await expect(page.getByRole('heading', { name: 'Vault locked' })).toBeVisible();
}

/** Types the passphrase on the lock screen and sends it. */
export async function tryPassphrase(page: Page, secret: string): Promise<void> {
  const field = page.getByLabel('Passphrase', { exact: true });
  await field.fill(secret);
  await expect(page.getByRole('button', { name: 'Unlock' })).toBeEnabled();
  await field.press('Enter');
}

/** Unlocks; the open vault's views are there afterwards. */
export async function unlock(page: Page, secret = passphrase): Promise<void> {
  await tryPassphrase(page, secret);
  await expect(page.getByRole('navigation', { name: 'Views' })).toBeVisible();
}
