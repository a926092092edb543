/** A question that a scripted model reads document by document for, by keyboard, with one document held by the guard. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import { startBulkServer, type BulkServer } from '../support/bulk-server.ts';
import { goTo, openCase, unlock } from './drive.ts';
import { redoubt } from './headless.ts';
import { expectAccessible, expectFitting } from './looking.ts';
import { newFolder, startProgram, type Program } from './program.ts';
import { recordFailures } from './recording.ts';

let program: Program;
let server: BulkServer;

test.beforeAll(async () => {
  server = await startBulkServer({ words: /watchword\d/, reply: (user) => JSON.stringify(user.includes('watchword1') || user.includes('watchword2') ? { holds: 'yes', items: [{ text: 'The night watch lit it', quote: 'lit by the night watch' }] } : { holds: 'no', items: [] }) });
  const folder = newFolder();
  await redoubt(folder, 'vault', 'create', '--system-high', 'SECRET//NOFORN');
  await redoubt(folder, 'case', 'create', '--name', 'Harbour', '--marking', 'UNCLASSIFIED');
  const documents = join(folder, 'documents');
  mkdirSync(documents);
  for (const nth of [1, 2, 3, 4]) writeFileSync(join(documents, `log-${nth}.txt`), nth === 4 ? '(S//NF) The lamp watchword4 was lit by the night watch.' : `The lamp watchword${nth} was ${nth === 3 ? 'not lit.' : 'lit by the night watch.'}`);
  await redoubt(folder, 'ingest', documents, '--case', 'Harbour');
  const file = join(folder, 'endpoint.json');
  writeFileSync(file, JSON.stringify({ name: 'Reading model', dialect: 'openai-chat', baseUrl: server.baseUrl, model: 'reader-1', ceiling: 'UNCLASSIFIED', auth: { kind: 'none' } }));
  await redoubt(folder, 'endpoint', 'add', file);
  program = await startProgram(folder);
  await unlock(program.page);
  await openCase(program.page, 'Harbour');
});
test.afterAll(async () => {
  await program.remove();
  await server.close();
});
recordFailures(() => program);

test('the plan names what would be asked, Enter runs it, and one document is held with its reason', async () => {
  const { page } = program;
  await goTo(page, 'Chat');
  await page.keyboard.press('e');
  await page.getByRole('option', { name: /Reading model/ }).click();
  await page.getByRole('textbox', { name: 'Question' }).fill('How many of the lamps were lit by somebody at night?');
  await page.keyboard.press('Control+Enter');
  const strip = page.getByRole('region', { name: 'Plan' });
  await expect(strip).toContainText('Each document is read by the model, about 3 requests');
  await expect(strip).toContainText('1 request would be held: Reading model may receive up to UNCLASSIFIED.');
  await expectAccessible(program, 'a plan for a model');
  await expectFitting(page, 'a plan for a model');
  expect(server.requests).toHaveLength(0);
  await page.keyboard.press('Enter');
  const turn = page.getByRole('region', { name: 'Question 1', exact: true });
  await expect(turn).toContainText('2 documents of the 3 documents read hold it, as the model reads them', { timeout: 30_000 });
  await expect(turn).toContainText('Looked at 3 of 4 documents; 1 skipped: Reading model may receive up to UNCLASSIFIED');
  await expect(turn).toContainText('reader-1 at Reading model read, this program counted');
  await turn.getByRole('button', { name: /^Quote: lit by the night watch/ }).first().press('Enter');
  await expect(page.getByRole('article', { name: 'Cited document' })).toContainText('word for word');
  expect(JSON.stringify(server.requests)).not.toContain('watchword4');
  await page.keyboard.press('w');
  const sent = page.getByRole('dialog', { name: 'What was sent' });
  await expect(sent).toContainText('How many of the lamps were lit by somebody at night?');
  await expect(sent).toContainText('The lamp watchword1 was lit by the night watch.');
  await expect(sent).toContainText('Question over all documents, version 2');
  await page.keyboard.press('Escape');
  await expect(sent).toBeHidden();
  await expectAccessible(program, 'an answer read by a model');
  await expectFitting(page, 'an answer read by a model');
  // What was asked of a document that holds nothing stands with the run.
  await turn.getByRole('button', { name: 'every request' }).press('Enter');
  await expect(page.getByRole('region', { name: 'Run', exact: true }).getByRole('heading', { level: 1, name: 'Question over all documents' })).toBeVisible();
});
