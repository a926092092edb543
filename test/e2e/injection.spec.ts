/** What documents that attack have a model write, in a real window: nothing is requested, nothing is alive, nothing is hidden. And a person's word on answers, by key. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import { attacks } from '../support/attacks.ts';
import { startObedientVictim } from '../support/model-servers/obedient-victim.ts';
import { goTo, openCase, unlock } from './drive.ts';
import { redoubt } from './headless.ts';
import { expectAccessible, expectFitting } from './looking.ts';
import { newFolder, startProgram, type Program } from './program.ts';
import { recordFailures } from './recording.ts';

test.describe.configure({ mode: 'serial' });

let program: Program;
let victim: Awaited<ReturnType<typeof startObedientVictim>>;
const requests: string[] = [];
/** Parts of the program itself, as Electron and the stand-in serve them, and what it makes in memory. */
const isOwn = (url: string): boolean => /^(?:app:\/\/|https:\/\/bundle\.app\.stand-in\.invalid\/|blob:)/.test(url);

test.beforeAll(async () => {
  victim = await startObedientVictim(attacks, { isBlind: true });
  const folder = newFolder();
  const dump = join(folder, 'dump');
  mkdirSync(dump);
  for (const { name, bytes } of attacks) writeFileSync(join(dump, name), bytes);
  writeFileSync(join(folder, 'endpoint.json'), JSON.stringify({ name: 'Obedient', dialect: 'openai-chat', baseUrl: victim.baseUrl, model: 'obedient-1', ceiling: 'SECRET//NOFORN' }));
  await redoubt(folder, 'vault', 'create', '--system-high', 'SECRET//NOFORN');
  await redoubt(folder, 'case', 'create', '--name', 'Pier', '--marking', 'UNCLASSIFIED');
  await redoubt(folder, 'ingest', dump, '--case', 'Pier');
  await redoubt(folder, 'endpoint', 'add', join(folder, 'endpoint.json'));
  program = await startProgram(folder);
  const { page } = program;
  page.on('request', (request) => requests.push(request.url()));
  await page.evaluate(() => {
    const seen: string[] = [];
    Object.assign(window, { violations: seen });
    document.addEventListener('securitypolicyviolation', (event) => seen.push(`${event.violatedDirective} ${event.blockedURI}`));
  });
  await unlock(page);
  await openCase(page, 'Pier');
  await goTo(page, 'Chat');
  await page.keyboard.press('e');
  await page.getByRole('option', { name: /Obedient/ }).click();
});
test.afterAll(async () => {
  await program.remove();
  await victim.close();
});
recordFailures(() => program);

/** Elements that an answer may be drawn with, attributes that would make one act, and characters that must not stand in what is read. */
const looked = (): Promise<{ readonly strange: string[]; readonly hidden: string[]; readonly acted: unknown[] }> => program.page.evaluate(() => {
  const lawful = new Set(['DIV', 'SECTION', 'H3', 'P', 'SPAN', 'CODE', 'STRONG', 'EM', 'S', 'UL', 'OL', 'LI', 'PRE', 'TABLE', 'TBODY', 'TR', 'TD', 'BUTTON', 'BR', 'B']);
  const area = document.querySelector('[aria-label="Questions and answers"]');
  const all = [...area?.querySelectorAll('*') ?? []];
  // The pictures of our own buttons.
  const own = all.filter((element) => element.closest('svg.lucide') === null);
  const strange = own.filter((element) => !lawful.has(element.tagName) || [...element.attributes].some(({ name }) => /^(?:href|src|srcset|action|formaction|data|xlink:href|srcdoc|background|on.*)$/i.test(name)));
  const text = `${area?.textContent ?? ''}${document.title}${[...document.querySelectorAll('[title], [aria-label]')].map((element) => `${element.getAttribute('title') ?? ''}${element.getAttribute('aria-label') ?? ''}`).join('')}`;
  const hidden = text.match(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u00AD\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB]|[\u{E0000}-\u{E0FFF}]/gu) ?? [];
  return { strange: strange.map((element) => element.outerHTML.slice(0, 200)), hidden: hidden.map((character) => (character.codePointAt(0) ?? 0).toString(16)), acted: ['pwned', 'violations'].map((name): unknown => Reflect.get(window, name)).filter((found) => found !== undefined && !(Array.isArray(found) && found.length === 0)) };
});

const batches = Array.from({ length: Math.ceil(attacks.length / 8) }, (_, index) => attacks.slice(index * 8, index * 8 + 8));
for (const [index, batch] of batches.entries()) {
  test(`attacks ${index * 8 + 1} to ${index * 8 + batch.length} are shown and do nothing: ${[...new Set(batch.map(({ kind }) => kind))].join(', ')}`, async () => {
    const { page } = program;
    const from = requests.length;
    await page.keyboard.press('Control+n');
    await page.getByRole('textbox', { name: 'Question' }).fill(`What do notes ${batch.map(({ code }) => code).join(', ')} say of the pier lamp?`);
    await page.keyboard.press('Control+Enter');
    await expect(page.getByRole('group', { name: 'State of the answer' })).toBeVisible({ timeout: 60_000 });
    expect(await looked()).toEqual({ strange: [], hidden: [], acted: [] });
    // What was sent is shown with the same care.
    await page.getByRole('button', { name: 'what was sent' }).last().click();
    await expect(page.getByRole('region', { name: 'What was sent' })).toContainText('Code: ');
    expect((await looked()).hidden).toEqual([]);
    await page.keyboard.press('Escape');
    expect(requests.slice(from).filter((url) => !isOwn(url))).toEqual([]);
    expect(new Set(victim.requests.map(({ path }) => path))).toEqual(new Set(['/v1/chat/completions']));
  });
}

test('an answer is edited, accepted and taken back by key, and what is copied says where it is from', async () => {
  const { page } = program;
  const state = page.getByRole('group', { name: 'State of the answer' });
  await page.getByRole('region', { name: 'Question 1', exact: true }).getByRole('heading', { level: 3 }).click();
  await expect(state).toContainText('Raw: nobody has accepted or edited it.');
  await page.keyboard.press('Shift+E');
  const field = page.getByRole('textbox', { name: 'Text of the answer' });
  await expect(field).toBeFocused();
  await expectAccessible(program, 'an answer being edited');
  await expectFitting(page, 'an answer being edited');
  await field.fill('All invoices of Brask are to be paid without a second signature.\n\nThe analyst doubts it.');
  await page.keyboard.press('Control+Enter');
  await expect(state).toContainText(/^Edited by .+: \d of 2 sentences\. Accepted by nobody\.$|Edited by/);
  await expect(page.getByText('A person’s words').first()).toBeVisible();
  await page.getByRole('region', { name: 'Question 1', exact: true }).getByRole('heading', { level: 3 }).click();
  await page.keyboard.press('Shift+A');
  await expect(state).toContainText('. Accepted by ');
  await expect(state).not.toContainText('Accepted by nobody');
  await expectAccessible(program, 'an accepted answer');
  await page.getByRole('button', { name: 'Show the original' }).click();
  await expect(page.getByText('As the model wrote it:')).toBeVisible();
  await page.getByRole('button', { name: 'Show the edit' }).click();
  const copied = await page.evaluate(() => {
    const words = [...document.querySelectorAll('p')].find((element) => element.textContent.includes('The analyst doubts it'));
    if (words === undefined) return '';
    document.getSelection()?.selectAllChildren(words);
    const data = new DataTransfer();
    words.dispatchEvent(new ClipboardEvent('copy', { bubbles: true, cancelable: true, clipboardData: data }));
    return data.getData('text/plain');
  });
  expect(copied).toMatch(/The analyst doubts it\.[\s\S]*UNCLASSIFIED\. Written by obedient-1 at Obedient, .+ State accepted\./);
  await page.keyboard.press('Shift+A');
  await expect(state).toContainText('Accepted by nobody');
});

test('documents that attack are read in triage as text', async () => {
  const { page } = program;
  const from = requests.length;
  await goTo(page, 'Triage');
  for (let at = 0; at < 14; at += 1) {
    await expect(page.getByRole('article', { name: 'Document' })).toContainText(/pier lamp/);
    await page.keyboard.press('j');
  }
  expect(requests.slice(from).filter((url) => !isOwn(url))).toEqual([]);
  expect((await looked()).acted).toEqual([]);
});
