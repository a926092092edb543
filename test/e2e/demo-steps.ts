/** What the demo does with the window: one case, from an empty vault to an annotated passage, and its pictures. */
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { addFolders, annotate, ask, createCase, createVault, goTo, lock, newVault, openCitation, openFirstResult, openQueued, search, waitForIngest } from './drive.ts';
import { settled, showTheme, type Theme } from './looking.ts';
import { root, sampleFolder, type Program } from './program.ts';

export const demoCase = 'Pumps of Lowfen';
const caseMarking = 'CUI';
const query = 'certificate* AND (signed OR stamp)';

/** A citation as the window shows it; the document is known by its number there. */
export interface ShownCitation {
  readonly citation: number;
  readonly document: number;
  readonly page: number | null;
  readonly quote: string;
  readonly isFound: boolean;
}

/** An answer as the window shows it. */
export interface ShownAnswer {
  readonly question: string;
  readonly text: string;
  readonly check: string;
  readonly citations: readonly ShownCitation[];
}

type Say = (sentence: string) => void;
const questions = z.array(z.object({ question: z.string() }));

/** Makes vault and case and brings the sample documents in. */
export async function fillCase({ app, page }: Program, say: Say): Promise<void> {
  await createVault(page);
  say(`Made a vault (system high ${newVault.systemHigh}), locked by a passphrase and a recovery code.`);
  await createCase(page, demoCase, caseMarking);
  say(`Made the case “${demoCase}”, marked ${caseMarking}.`);
  await addFolders(app, page, [sampleFolder]);
  say(`Ingested resources/sample/documents: ${await waitForIngest(page, 'documents')}`);
}

/** Searches, opens the first result and says what was found. */
export async function searchCase({ page }: Program, say: Say): Promise<void> {
  await search(page, query);
  const results = page.getByRole('listbox', { name: 'Results' }).getByRole('option');
  const found = await page.getByText(/^[\d,]+ documents? of [\d,]+ searched/).innerText();
  const document = await openFirstResult(page);
  await document.locator('mark').first().waitFor();
  const snippet = (await results.first().locator('mark').first().locator('xpath=..').innerText()).trim();
  say(`Searched for ${query}: ${found}. The first says: ${snippet}`);
}

/** Decides on documents by key and takes the last decision back. */
export async function codeCase({ page }: Program, say: Say): Promise<void> {
  await goTo(page, 'Triage');
  await openQueued(page, 1);
  const progress = page.getByRole('progressbar', { name: 'Coded' });
  const keys = ['r', 'r', 'd', 'n', 'r', 'r', 'n'];
  for (const [done, key] of keys.entries()) {
    await page.keyboard.press(key);
    await page.locator(`[role="progressbar"][aria-label="Coded"][aria-valuenow="${done + 1}"]`).waitFor();
  }
  await page.keyboard.press('z');
  await page.locator(`[role="progressbar"][aria-label="Coded"][aria-valuenow="${keys.length - 1}"]`).waitFor();
  say(`Coded ${keys.length} documents by the keys ${keys.join(' ').toUpperCase()}, and took the last code back by Z: ${await progress.getAttribute('aria-valuetext') ?? ''} coded.`);
}

/** Asks the first question of the sample and reads the answer off the window. */
export async function askCase({ page }: Program): Promise<ShownAnswer> {
  const question = questions.parse(JSON.parse(readFileSync(join(sampleFolder, '..', 'questions.json'), 'utf8')))[0]?.question ?? '';
  const turn = await ask(page, question);
  const citations: ShownCitation[] = [];
  for (const source of await turn.getByRole('list', { name: 'Sources' }).getByRole('listitem').all()) {
    const text = (await source.innerText()).replaceAll(/\s+/g, ' ');
    const [, number = '0', quote = ''] = /Citation (\d+)[^:]*: “(.*)”/.exec(text) ?? [];
    const [, document = '0', shownPage] = /[№#] ?([\d,]+)(?: p\. (\d+))?\s*$/.exec(text) ?? [];
    citations.push({ citation: Number(number), document: Number(document.replaceAll(',', '')), page: shownPage === undefined ? null : Number(shownPage), quote, isFound: !text.includes('not found in the text') });
  }
  if (citations.length > 0) await openCitation(page, 1);
  const answered = (await turn.locator('p').allInnerTexts()).map((text) => text.replaceAll(/\s+/g, ' ').replaceAll(/” ?(\d+)/g, '” [$1]').trim()).join(' ');
  return { question, text: answered, check: (await turn.getByText(/found word for word|Nothing in this case supports/).first().innerText()).trim(), citations };
}

const passages = [
  { text: 'Two spare pumps, MR-20418 and MR-20419', digit: 3, note: '' },
  { text: '£399,800.00', digit: 4, note: '' },
  { text: 'The second payment was an oversight in accounts payable', digit: 6, note: 'Accounts payable was asked on 22 April to hold the invoice.' },
] as const;

/** Marks up three passages of the first document. */
export async function annotateCase({ page }: Program, say: Say): Promise<void> {
  await goTo(page, 'Triage');
  await openQueued(page, 1);
  await page.keyboard.press('m');
  for (const { text, digit, note } of passages) await annotate(page, text, digit, note);
  const listed = await page.getByRole('listbox', { name: 'Annotations of this document' }).getByRole('option').count();
  say(`Marked up ${listed} passages of “Memo: spare pumps and certificates, draft 1”, one with a note: “${passages[2].text}”.`);
}

/** Takes pictures of every view as it stands now, in both themes. Returns the files' absolute paths. */
export async function takePictures(program: Program): Promise<string[]> {
  const { page } = program;
  const folder = join(root, 'out', 'demo');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const files: string[] = [];
  const take = async (name: string): Promise<void> => {
    for (const theme of ['light', 'dark'] as const satisfies readonly Theme[]) {
      await showTheme(program, theme);
      await settled(page);
      const file = join(folder, `${name}-${theme}.png`);
      await page.screenshot({ path: file });
      files.push(file);
    }
  };
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.mouse.move(720, 42); // away from lists and buttons, so that nothing is drawn as hovered
  // What was done last is offered for taking back, over the pictures' lower right corner, for ten seconds.
  await page.getByRole('alertdialog').or(page.getByRole('button', { name: /^Redo|^Undo/ })).first().waitFor({ state: 'detached', timeout: 20_000 });
  for (const [view, name] of [['Chat', 'chat'], ['Annotate', 'annotate'], ['Search', 'search'], ['Ingest', 'ingest'], ['Triage', 'triage']] as const) {
    await goTo(page, view);
    if (view === 'Triage') await standAtMail(program);
    await take(name);
  }
  return files;
}

/** Codes the documents before a mail of the thread, so that triage is seen at work: hits in the text, a code just given. */
async function standAtMail({ page }: Program): Promise<void> {
  await openQueued(page, 8);
  const progress = page.getByRole('progressbar', { name: 'Coded' });
  for (const key of ['n', 'd', 'r', 'n', 'r', 'r', 'n', 'r', 'r', 'd', 'r', 'r', 'n', 'r']) {
    const before = Number(await progress.getAttribute('aria-valuenow'));
    await page.keyboard.press(key);
    await page.locator(`[role="progressbar"][aria-label="Coded"][aria-valuenow="${before + 1}"]`).waitFor();
  }
  await page.getByRole('article', { name: 'Document' }).locator('mark').first().waitFor();
  await page.mouse.move(720, 42);
}

/** Locks by key. */
export async function endWork({ page }: Program, say: Say): Promise<void> {
  await lock(page);
  say('Locked by Ctrl L: the engine has ended, and the keys with it.');
}
