/** Each further kind of bulk work once by keyboard, at a scripted server: ordered, paused and gone on with, tried again, and what it sent read in full. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import { startBulkServer, type BulkServer } from '../support/bulk-server.ts';
import { goTo, openCase, unlock } from './drive.ts';
import { redoubt } from './headless.ts';
import { expectAccessible, expectFitting } from './looking.ts';
import { newFolder, startProgram, type Program } from './program.ts';
import { recordFailures } from './recording.ts';

test.describe.configure({ mode: 'serial' });

let program: Program;
let server: BulkServer;
/** Closed: the server lets requests wait. */
let gate: { readonly passed: Promise<void>; readonly open: () => void } | null = null;
let isFailing = false;

function closedGate(): NonNullable<typeof gate> {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { passed: promise, open: resolve };
}

const replyTo = (user: string): string => {
  if (user.startsWith('Fields:')) return JSON.stringify({ values: [{ field: 'Vessel', value: /the (\w+) moored/.exec(user)?.[1] ?? '', quote: /the \w+ moored/.exec(user)?.[0] ?? '' }] });
  return JSON.stringify({ sentences: [`The ${/the (\w+) moored/.exec(user)?.[1] ?? 'ship'} moored at the pier.`] });
};

test.beforeAll(async () => {
  server = await startBulkServer({
    words: /zzz/,
    reply: async (user) => {
      await gate?.passed;
      return isFailing ? 'This is no JSON.' : replyTo(user);
    },
  });
  const folder = newFolder();
  await redoubt(folder, 'vault', 'create', '--system-high', 'SECRET//NOFORN');
  await redoubt(folder, 'case', 'create', '--name', 'Harbour', '--marking', 'UNCLASSIFIED');
  const documents = join(folder, 'documents');
  mkdirSync(documents);
  for (const vessel of ['Amelia', 'Boreas', 'Corvina', 'Dunlin', 'Egret', 'Fulmar', 'Gannet', 'Heron']) writeFileSync(join(documents, `${vessel}.txt`), `On Monday the ${vessel} moored at the pier. Its papers were looked at.`);
  await redoubt(folder, 'ingest', documents, '--case', 'Harbour');
  const file = join(folder, 'endpoint.json');
  writeFileSync(file, JSON.stringify({ name: 'Harbour model', dialect: 'openai-chat', baseUrl: server.baseUrl, model: 'small-1', ceiling: 'SECRET//NOFORN' }));
  await redoubt(folder, 'endpoint', 'add', file);
  program = await startProgram(folder);
  await unlock(program.page);
  await openCase(program.page, 'Harbour');
});
test.afterAll(async () => {
  gate?.open();
  await program.remove();
  await server.close();
});
recordFailures(() => program);

/** Opens the form of a run by key and chooses a kind by arrows. */
async function order(kind: 'Extraction' | 'Summary', text: string): Promise<void> {
  const { page } = program;
  await goTo(page, 'Bulk');
  await page.keyboard.press('c');
  await expect(page.getByRole('heading', { name: 'New run over the whole case' })).toBeVisible();
  await page.getByRole('radio', { name: 'First pass' }).focus();
  for (let presses = 0; presses < (kind === 'Extraction' ? 1 : 2); presses += 1) await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Space');
  await expect(page.getByRole('radio', { name: kind })).toBeChecked();
  await expect(page.getByRole('textbox', { name: kind === 'Extraction' ? 'Fields, one a line' : 'Of interest above all' })).toBeFocused();
  await page.keyboard.type(text);
  await expect(page.getByRole('region', { name: 'What it would do' })).toContainText('8 documents in 8 requests');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('region', { name: 'Run', exact: true }).getByRole('heading', { level: 1, name: kind })).toBeVisible();
}

test('an extraction is paused with P and gone on with P, and what was kept before is not asked again', async () => {
  const { page } = program;
  gate = closedGate();
  await order('Extraction', 'Vessel: name of the ship');
  await expect.poll(() => server.waiting()).toBeGreaterThan(0);
  await page.keyboard.press('p');
  const run = page.getByRole('region', { name: 'Run', exact: true });
  await expect(run.getByText(/^paused · Harbour model/)).toBeVisible();
  gate.open();
  await expect.poll(() => server.waiting()).toBe(0);
  const before = server.requests.length;
  expect(before).toBeLessThan(8);
  gate = null;
  await page.keyboard.press('p');
  await expect(run.getByText(/^done · Harbour model/)).toBeVisible({ timeout: 60_000 });
  expect(server.requests).toHaveLength(8);
});

test('the values of a document stand with their quotes, and W shows word for word what was sent for them', async () => {
  const { page } = program;
  const run = page.getByRole('region', { name: 'Run', exact: true });
  const table = run.getByRole('grid', { name: 'Results' });
  await expect(table.getByRole('row').nth(1)).toContainText('1 of 1 fields');
  // By key alone: into the table, and a row down.
  await table.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowUp');
  const result = page.getByRole('region', { name: /^Result of document/ });
  await expect(result).toContainText('Vessel: Amelia');
  await expect(result).toContainText('stands there word for word');
  await page.keyboard.press('w');
  const dialog = page.getByRole('dialog', { name: 'What was sent' });
  const words = dialog.getByRole('region', { name: 'What was sent' });
  await expect(words).toContainText('You fill in fields from a text for an analyst.');
  await expect(words).toContainText('On Monday the Amelia moored at the pier.');
  await expect(words).toContainText('Form of the answer');
  await expect(dialog).toContainText('Extraction, version 1');
  const sent = server.requests.map(({ body }) => JSON.parse(body) as { messages: { role: string; content: string }[] }).find(({ messages }) => JSON.stringify(messages).includes('Amelia'));
  for (const { content } of sent?.messages ?? []) expect(await words.innerText()).toContain(content.split('\n')[0]);
  await expectAccessible(program, 'what bulk work sent');
  await expectFitting(page, 'what bulk work sent');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
});

test('a summary whose answers failed is tried again with Y, also shows what failed had sent, and ends with checked sentences', async () => {
  const { page } = program;
  isFailing = true;
  await order('Summary', 'the mooring');
  const run = page.getByRole('region', { name: 'Run', exact: true });
  await expect(run.getByText(/^done · Harbour model/)).toBeVisible({ timeout: 60_000 });
  await expect(run.getByRole('list', { name: 'Failed and held, by reason' })).toContainText('8 failed: The answer is not of the form that was asked for.');
  const table = run.getByRole('grid', { name: 'Results' });
  await table.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('w');
  const dialog = page.getByRole('dialog', { name: 'What was sent' });
  await expect(dialog).toContainText('You summarise a text for an analyst');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  isFailing = false;
  await page.keyboard.press('y');
  await expect(run.getByRole('list', { name: 'Failed and held, by reason' })).toBeHidden({ timeout: 60_000 });
  await expect(table.getByRole('row').nth(1)).toContainText('1 sentence, 1 supported');
  await table.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('w');
  await expect(dialog).toContainText('1 try before this one.');
  await page.keyboard.press('Escape');
});
