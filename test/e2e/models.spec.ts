/** A model file added in the window, used as an endpoint and asked, in its own process under the shell. Skipped where there is no real model. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import { realModel } from '../support/real-models.ts';
import { ask, goTo, openCase, unlock } from './drive.ts';
import { redoubt } from './headless.ts';
import { expectAccessible, expectFitting } from './looking.ts';
import { newFolder, startProgram, type Program } from './program.ts';
import { recordFailures } from './recording.ts';

const file = realModel('chat');
test.skip(file === null, 'models/ does not hold the model that answers: npm run models');
test.describe.configure({ mode: 'serial' });

let program: Program;
test.beforeAll(async () => {
  if (file === null) return;
  const folder = newFolder();
  mkdirSync(join(folder, 'documents'));
  writeFileSync(join(folder, 'documents', 'log.txt'), 'Pump 4B tripped on 20 March 2024 because a bearing ran hot.\n');
  writeFileSync(join(folder, 'page.gguf'), '<html>Sign in to download</html>');
  await redoubt(folder, 'vault', 'create', '--system-high', 'SECRET//NOFORN');
  await redoubt(folder, 'case', 'create', '--name', 'Pumps', '--marking', 'SECRET//NOFORN');
  await redoubt(folder, 'ingest', join(folder, 'documents'), '--case', 'Pumps');
  program = await startProgram(folder);
  await unlock(program.page);
});
test.afterAll(async () => {
  await program?.remove();
});
recordFailures(() => program);

async function addModel(path: string): Promise<void> {
  const { app, page } = program;
  await app.evaluate(({ dialog }, chosen) => { dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] }); }, path);
  await page.getByRole('button', { name: 'Add a model file' }).click();
}

test('what is no model file is refused by name, and the list stays empty', async () => {
  const { page, folder } = program;
  await openCase(page, 'Pumps');
  await goTo(page, 'Settings');
  const section = page.getByRole('region', { name: 'Models on this laptop' });
  await expect(section.getByText('None yet.')).toBeVisible();
  await addModel(join(folder, 'page.gguf'));
  await expect(section.getByRole('alert')).toContainText('no usable GGUF model file');
  await expect(section.getByText('None yet.')).toBeVisible();
});

test('a model file is copied, checked, listed, and used as an endpoint up to the vault’s system high', async () => {
  const { page } = program;
  await addModel(file ?? '');
  const section = page.getByRole('region', { name: 'Models on this laptop' });
  await expect(section.getByText('was checked and can be used')).toBeVisible({ timeout: 60_000 });
  const entry = section.getByRole('listitem').filter({ hasText: 'SmolLM2' });
  await expect(entry).toContainText('98.4 MB');
  await expect(entry).toContainText('8,192 tokens');
  await expect(entry).toContainText('b179c952…10db53');
  await expectAccessible(program, 'settings, with a model');
  await entry.getByRole('button', { name: 'Use as endpoint' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('combobox', { name: 'Ceiling' })).toHaveValue('SECRET//NOFORN');
  await expectAccessible(program, 'use a model as an endpoint');
  await expectFitting(page, 'use a model as an endpoint');
  await dialog.getByLabel('Name').fill('Laptop model');
  await dialog.getByRole('button', { name: 'Add endpoint' }).click();
  await expect(dialog).toBeHidden();
  await expect(entry).toContainText('Laptop model');
  await entry.getByRole('button', { name: 'Remove' }).click();
  await expect(entry.getByRole('alert')).toContainText('Laptop model');
});

test('it answers a question in the case, from its own process', async () => {
  const { page } = program;
  await goTo(page, 'Chat');
  await page.getByRole('button', { name: 'Who answers' }).click();
  await page.getByRole('option', { name: 'Laptop model' }).click();
  const turn = await ask(page, 'Why did pump 4B trip?');
  await expect(turn).toContainText('Laptop model');
  await expect(turn).toContainText('SECRET//NOFORN');
  await expect(turn.getByText('The process that runs')).toBeHidden();
});
