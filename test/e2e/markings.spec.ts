/**
 * Two tracks that do not mix: a SECRET case refuses a cloud endpoint, says which portion and why, and answers through one on this laptop;
 * marks of the text are accepted and dismissed; what would leave is shown before it does. The tests follow one another in one window.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import { finishFrame, frames, startModelServer, streams, textFrame, type ModelServer } from '../support/model-servers/model-server.ts';
import { goTo, openCase, openQueued, unlock } from './drive.ts';
import { redoubt } from './headless.ts';
import { expectAccessible, expectFitting } from './looking.ts';
import { newFolder, startProgram, type Program } from './program.ts';
import { recordFailures } from './recording.ts';

test.describe.configure({ mode: 'serial' });

const question = 'Where was the pier lamp moved?';
let program: Program;
let server: ModelServer;

test.beforeAll(async () => {
  server = await startModelServer(streams(frames(textFrame('The pier lamp was moved to the north mole on Tuesday [1].'), finishFrame('stop')), 'data: [DONE]\n\n'));
  const folder = newFolder();
  const documents = join(folder, 'documents');
  mkdirSync(documents);
  writeFileSync(join(documents, 'pier-report.txt'), '(U) The pier lamp burned all night.\n\n(S//NF) The pier lamp was moved to the north mole on Tuesday.\n\n(C) The watch saw who moved the pier lamp.');
  writeFileSync(join(documents, 'notice.txt'), 'Notice to all masters: the pier lamp is repaired every spring by Mary Haldane, mary.haldane@harbour.example.');
  await redoubt(folder, 'vault', 'create', '--system-high', 'SECRET//NOFORN');
  await redoubt(folder, 'case', 'create', '--name', 'North mole', '--marking', 'SECRET//NOFORN');
  await redoubt(folder, 'case', 'create', '--name', 'Harbour notices', '--marking', 'UNCLASSIFIED');
  await redoubt(folder, 'ingest', documents, '--case', 'North mole');
  await redoubt(folder, 'ingest', join(documents, 'notice.txt'), '--case', 'Harbour notices');
  for (const endpoint of [
    { name: 'Cloud gateway', dialect: 'openai-chat', baseUrl: 'https://gateway.agency.example/v1', model: 'large-1', ceiling: 'UNCLASSIFIED', promptLogging: 'yes', auth: { kind: 'none' } },
    { name: 'Laptop model', dialect: 'openai-chat', baseUrl: server.baseUrl, model: 'small-1', ceiling: 'SECRET//NOFORN', auth: { kind: 'none' } },
  ]) {
    const file = join(folder, 'endpoint.json');
    writeFileSync(file, JSON.stringify(endpoint));
    await redoubt(folder, 'endpoint', 'add', file);
  }
  program = await startProgram(folder);
  await unlock(program.page);
});
test.afterAll(async () => {
  await program.remove();
  await server.close();
});
recordFailures(() => program);

async function choose(endpoint: string): Promise<void> {
  const { page } = program;
  await page.getByRole('button', { name: 'Who answers' }).click();
  await page.getByRole('option', { name: endpoint }).click();
}

test('a SECRET case refuses the cloud endpoint, names the portion and the rule, and nothing leaves', async () => {
  const { page } = program;
  await openCase(page, 'North mole');
  await goTo(page, 'Chat');
  await choose('Cloud gateway');
  await page.getByRole('textbox', { name: 'Question' }).fill(question);
  await page.keyboard.press('Control+Enter');
  const refusal = page.getByRole('alert', { name: /Not sent to Cloud gateway/ });
  await expect(refusal).toContainText('Nothing left this laptop');
  await expect(refusal).toContainText('Cloud gateway may receive up to UNCLASSIFIED');
  await expect(refusal).toContainText('(S//NF)');
  await expect(refusal).toContainText(/document \d/);
  await expect(refusal).toContainText('Audit record');
  await expect(page.getByRole('textbox', { name: 'Question' })).toHaveValue(question);
  expect(server.requests).toHaveLength(0);
  await expectAccessible(program, 'refusal');
  await expectFitting(page, 'refusal');
});

test('the same question is answered by the model on this laptop, at one press', async () => {
  const { page } = program;
  await page.getByRole('listitem').filter({ hasText: 'Laptop model' }).getByRole('button', { name: 'Ask it instead' }).click();
  const turn = page.getByRole('region', { name: 'Question 1' });
  await expect(turn).toContainText('The pier lamp was moved to the north mole on Tuesday.');
  await expect(turn).toContainText('SECRET//NOFORN');
  expect(server.requests).toHaveLength(1);
  await turn.getByRole('button', { name: 'Accept marking' }).click();
  await expect(turn.getByText('accepted', { exact: true })).toBeVisible();
  await expectAccessible(program, 'answer with its marking accepted');
});

test('marks that stand in a text are accepted and dismissed one by one, and a document is marked with a reason', async () => {
  const { page } = program;
  await goTo(page, 'Triage');
  await openQueued(page, 2);
  const work = page.getByRole('region', { name: 'Work' });
  await expect(work).toContainText('3 marks in the text, not looked at yet');
  await work.getByRole('button', { name: 'Accept (U)' }).click();
  await expect(work).toContainText('1 marked passage');
  await work.getByRole('listitem').filter({ hasText: '(C)' }).getByRole('button', { name: 'Dismiss this mark' }).click();
  await expect(work).toContainText('1 mark in the text');
  await expectAccessible(program, 'marking group');
  await expectFitting(page, 'marking group');
  await work.getByRole('button', { name: 'Mark', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Mark the document' });
  const field = dialog.getByRole('combobox', { name: 'Marking' });
  await field.fill('SECRET//NOFORM');
  await expect(dialog).toContainText('NOFORM');
  await field.fill('s//nf');
  await expect(dialog).toContainText('Read as SECRET//NOFORN (S//NF)');
  await dialog.getByRole('button', { name: 'Mark', exact: true }).click();
  await expect(dialog).toContainText('Say why');
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('names a source');
  await expectAccessible(program, 'mark dialog');
  await dialog.getByRole('button', { name: 'Mark', exact: true }).click();
  await expect(work).toContainText('names a source');
});

test('what would leave is shown word for word first, personal data replaced, and is not sent when the person says so', async () => {
  const { page } = program;
  await page.keyboard.press('Control+k');
  await page.keyboard.type('All cases');
  await page.keyboard.press('Enter');
  await openCase(page, 'Harbour notices');
  await goTo(page, 'Chat');
  await choose('Cloud gateway');
  await page.getByRole('textbox', { name: 'Question' }).fill('Who repairs the pier lamp?');
  await page.keyboard.press('Control+Enter');
  const dialog = page.getByRole('dialog', { name: 'What leaves this laptop for Cloud gateway' });
  await expect(dialog).toContainText('gateway.agency.example');
  await expect(dialog).toContainText('yes, the server keeps prompts');
  await expect(dialog.getByRole('region', { name: 'What is sent' })).toContainText('the pier lamp is repaired every spring');
  await expect(dialog.getByRole('region', { name: 'What is sent' })).not.toContainText('mary.haldane@harbour.example');
  await expectAccessible(program, 'preview of a send');
  await expectFitting(page, 'preview of a send');
  await dialog.getByRole('button', { name: 'Do not send' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('textbox', { name: 'Question' })).toHaveValue('Who repairs the pier lamp?');
});

test('a case is marked anew with a reason, and its banner follows', async () => {
  const { page } = program;
  await page.keyboard.press('Control+k');
  await page.keyboard.type('All cases');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'More about Harbour notices' }).click();
  await page.getByRole('menuitem', { name: 'Mark' }).click();
  const dialog = page.getByRole('dialog', { name: 'Mark the case' });
  await dialog.getByRole('combobox', { name: 'Marking' }).fill('TOP SECRET');
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('what came in today');
  await dialog.getByRole('button', { name: 'Mark', exact: true }).click();
  await expect(dialog).toContainText('This vault may hold up to SECRET//NOFORN');
  await dialog.getByRole('combobox', { name: 'Marking' }).fill('CUI//SP-CTI');
  await dialog.getByRole('button', { name: 'Mark', exact: true }).click();
  await expect(page.getByRole('row').filter({ hasText: 'Harbour notices' })).toContainText('CUI//SP-CTI');
});
