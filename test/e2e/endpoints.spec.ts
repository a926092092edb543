/** Endpoints as a person meets them: made, trusted, tested, changed and taken out; and what is left when a server goes away in the middle of an answer. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright';
import { expect, test } from 'playwright/test';
import { issue, lockedKey } from '../support/certificates/certificates.ts';
import { answers, finishFrame, frames, startModelServer, streams, textFrame, type ModelServer, type Respond } from '../support/model-servers/model-server.ts';
import { startSecureServer, type SecureServer } from '../support/model-servers/secure-servers.ts';
import { addFolders, createCase, createVault, goTo, tabTo, waitForIngest } from './drive.ts';
import { expectAccessible, expectFitting } from './looking.ts';
import { sampleFolder, startProgram, type Program } from './program.ts';
import { recordFailures } from './recording.ts';

test.describe.configure({ mode: 'serial' });

const key = 'quay-key-31f0';
const root = issue({ name: 'Harbour root', isAuthority: true });
const localhost = issue({ name: 'localhost', hosts: ['localhost'], by: root });
const person = issue({ name: 'Analyst', by: root });

let program: Program;
let server: ModelServer;
let secure: SecureServer;
/** What the model says when it is asked about the case. */
let respond: Respond = streams(frames(textFrame('Hello.'), finishFrame('stop'), '[DONE]'));

test.beforeAll(async () => {
  server = await startModelServer((response, seen, nth) => {
    if (seen.headers.authorization !== `Bearer ${key}`) return answers(401, { error: { message: `Incorrect key ${seen.headers.authorization ?? ''}` } })(response, seen, nth);
    return (seen.method === 'GET' ? answers(200, { data: [{ id: 'small-1' }, { id: 'large-1' }] }) : respond)(response, seen, nth);
  });
  secure = await startSecureServer({ cert: localhost.certificate, key: localhost.key, requestCert: true, rejectUnauthorized: true, ca: root.certificate });
  program = await startProgram();
  await createVault(program.page);
  await createCase(program.page, 'Pumps of Lowfen', 'UNCLASSIFIED');
});
test.afterAll(async () => {
  await program.remove();
  await server.close();
  await secure.close();
});
recordFailures(() => program);

const editor = (page: Page): Locator => page.getByRole('dialog');
const entry = (page: Page, name: string): Locator => page.getByRole('listitem', { name, exact: true });

/** Lets the system's dialog answer with these files. */
async function chooseFiles(filePaths: readonly string[]): Promise<void> {
  await program.app.evaluate(({ dialog }, paths) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [...paths] });
  }, filePaths);
}

test('a profile is made by keyboard alone; its ceiling is read while it is typed', async () => {
  const { page } = program;
  await goTo(page, 'Settings');
  await tabTo(page, page.getByRole('button', { name: 'Add an endpoint' }));
  await page.keyboard.press('Enter');
  const dialog = editor(page);
  await expect(dialog.getByRole('textbox', { name: 'Name' })).toBeFocused();
  await page.keyboard.type('Harbour');
  await tabTo(page, dialog.getByRole('combobox', { name: 'Base URL' }));
  await page.keyboard.type(server.baseUrl);
  await tabTo(page, dialog.getByRole('textbox', { name: 'Model' }));
  await page.keyboard.type('small-1');
  await tabTo(page, dialog.getByRole('combobox', { name: 'Ceiling' }));
  await page.keyboard.type('SECRET//NOFORM');
  await expect(dialog.getByText(/NOFORM/).first()).toBeVisible();
  for (let presses = 0; presses < 'SECRET//NOFORM'.length; presses += 1) await page.keyboard.press('Backspace');
  await page.keyboard.type('(u)');
  await expect(dialog.getByRole('status').filter({ hasText: 'Read as UNCLASSIFIED' })).toBeVisible();
  await tabTo(page, dialog.getByRole('button', { name: /^Authentication|Authentication$/ }));
  await page.keyboard.press('ArrowDown');
  await page.getByRole('option', { name: 'Bearer key' }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await tabTo(page, dialog.getByLabel('Key', { exact: true }));
  await page.keyboard.type('wrong-key');
  await tabTo(page, dialog.getByRole('button', { name: 'Add endpoint' }));
  await page.keyboard.press('Enter');
  await expect(editor(page)).toBeHidden();
  await expect(entry(page, 'Harbour')).toContainText('UNCLASSIFIED');
  await expect(entry(page, 'Harbour')).toContainText('On this laptop');
  expect(server.connections(), 'nothing is sent before a test').toBe(0);
});

test('Escape over a changed profile asks before it throws away what was typed; over an unchanged one it just closes', async () => {
  const { page } = program;
  await entry(page, 'Harbour').getByRole('button', { name: 'Edit' }).click();
  await expect(editor(page)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(editor(page)).toBeHidden();
  await entry(page, 'Harbour').getByRole('button', { name: 'Edit' }).click();
  await editor(page).getByRole('textbox', { name: 'Model' }).fill('small-2');
  await page.keyboard.press('Escape');
  const asks = page.getByRole('alertdialog', { name: 'Throw away these changes?' });
  await expect(asks).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(asks).toBeHidden();
  await expect(editor(page).getByRole('textbox', { name: 'Model' }), 'keeping is what Escape means here').toHaveValue('small-2');
  await page.keyboard.press('Escape');
  await asks.getByRole('button', { name: 'Throw away' }).click();
  await expect(editor(page)).toBeHidden();
  await entry(page, 'Harbour').getByRole('button', { name: 'Edit' }).click();
  await expect(editor(page).getByRole('textbox', { name: 'Model' })).toHaveValue('small-1');
  await page.keyboard.press('Escape');
  await expect(editor(page)).toBeHidden();
});

test('a wrong key is told apart from a server that is not there, with what to do', async () => {
  const { page } = program;
  await entry(page, 'Harbour').getByRole('button', { name: 'Test' }).click();
  const alert = entry(page, 'Harbour').getByRole('alert');
  await expect(alert).toContainText('does not accept the key');
  await expect(alert).toContainText('Replace the key');
  await expect(page.locator('body')).not.toContainText('Incorrect key');
});

test('the key is replaced without being shown, and what a test finds stands in the list and stays', async () => {
  const { page } = program;
  await entry(page, 'Harbour').getByRole('button', { name: 'Edit' }).click();
  const dialog = editor(page);
  await expect(dialog).toContainText('Bearer key, kept in the vault');
  await dialog.getByRole('group', { name: 'Key' }).getByRole('button', { name: 'Replace' }).click();
  await expect(dialog.getByLabel('Key', { exact: true })).toHaveValue('');
  await dialog.getByLabel('Key', { exact: true }).fill(key);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(editor(page)).toBeHidden();
  await entry(page, 'Harbour').getByRole('button', { name: 'Test' }).click();
  await expect(entry(page, 'Harbour').getByRole('status').filter({ hasText: 'It answers.' })).toBeVisible();
  const found = entry(page, 'Harbour').getByRole('region', { name: 'What a test of Harbour found' });
  await expect(found).toContainText('2, this one among them');
  await goTo(page, 'Triage');
  await goTo(page, 'Settings');
  await expect(found).toContainText('2, this one among them');
  await expectAccessible(program, 'settings with a tested endpoint');
});

test('a wrong certificate is named, then trusted by its issuer; a client certificate is asked for and given', async () => {
  const { page, folder } = program;
  await page.getByRole('button', { name: 'Add an endpoint' }).click();
  const dialog = editor(page);
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Gate');
  await dialog.getByRole('combobox', { name: 'Base URL' }).fill(`https://localhost:${secure.port}/v1`);
  await page.keyboard.press('Tab'); // closes the list of usual ones
  await dialog.getByRole('textbox', { name: 'Model' }).fill('small-1');
  await dialog.getByRole('combobox', { name: 'Ceiling' }).fill('CUI');
  await page.keyboard.press('Tab');
  await dialog.getByRole('textbox', { name: 'Proxy' }).fill('http://proxy.example:3128');
  await dialog.getByRole('button', { name: 'Add endpoint' }).click();
  await expect(dialog).toContainText('never reached through a proxy');
  await expect(dialog.getByRole('textbox', { name: 'Proxy' })).toBeFocused();
  await expectAccessible(program, 'the editor with a fault');
  for (const size of [{ width: 1440, height: 900 }, { width: 760, height: 560 }]) {
    await page.setViewportSize(size);
    await expectFitting(page, `the editor at ${size.width}`);
  }
  await page.setViewportSize({ width: 1440, height: 900 });
  await dialog.getByRole('textbox', { name: 'Proxy' }).fill('');
  await dialog.getByRole('button', { name: 'Add endpoint' }).click();
  const gate = entry(page, 'Gate');
  await gate.getByRole('button', { name: 'Test' }).click();
  await expect(gate.getByRole('alert')).toContainText('comes from an issuer that is not trusted');

  await gate.getByRole('button', { name: 'Edit' }).click();
  writeFileSync(join(folder, 'root.pem'), root.certificate);
  await chooseFiles([join(folder, 'root.pem')]);
  await dialog.getByRole('button', { name: 'Choose trusted certificates' }).click();
  await expect(dialog.getByText('Harbour root')).toBeVisible();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toBeHidden();
  await gate.getByRole('button', { name: 'Test' }).click();
  await expect(gate.getByRole('alert')).toContainText('wants a client certificate');

  await gate.getByRole('button', { name: 'Edit' }).click();
  writeFileSync(join(folder, 'person.pem'), person.certificate + lockedKey(person, 'heron'));
  await chooseFiles([join(folder, 'person.pem')]);
  await dialog.getByRole('button', { name: 'Choose a client certificate' }).click();
  await dialog.getByRole('textbox', { name: 'Passphrase of the private key' }).fill('stork');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toContainText('The passphrase does not open the private key.');
  await expect(dialog.getByRole('textbox', { name: 'Passphrase of the private key' })).toBeFocused();
  await dialog.getByRole('textbox', { name: 'Passphrase of the private key' }).fill('heron');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toBeHidden();
  expect(secure.requests).toEqual([]);
  await gate.getByRole('button', { name: 'Test' }).click();
  await expect(gate.getByRole('alert').or(gate.getByRole('status').filter({ hasText: 'It answers.' }))).toBeVisible();
  expect(secure.requests.length).toBeGreaterThan(0);
  expect(secure.requests.every(({ isClientKnown }) => isClientKnown)).toBe(true);
});

test('a server that goes away in the middle of an answer leaves what it said, marked as broken off, and the question', async () => {
  const { app, page } = program;
  await addFolders(app, page, [sampleFolder]);
  await waitForIngest(page, 'documents');
  respond = (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(frames(textFrame('Pump 4B tripped at 15:00 because the lower bearing was hot. It was ')), () => setTimeout(() => response.socket?.resetAndDestroy(), 100));
  };
  await goTo(page, 'Chat');
  await page.getByRole('button', { name: /Who answers/ }).click();
  await page.getByRole('option', { name: /Harbour/ }).click();
  const question = 'Why did pump 4B trip on 20 March 2024?';
  await page.getByRole('textbox', { name: 'Question' }).fill(question);
  await page.keyboard.press('Control+Enter');
  const turn = page.getByRole('region', { name: /^Question \d+$/ }).last();
  await expect(turn.getByText('This answer is not complete: the connection to Harbour ended too early.')).toBeVisible();
  await expect(turn.getByText('because the lower bearing was hot')).toBeVisible();
  await expect(turn.getByRole('heading', { name: question })).toBeVisible();
  await expectAccessible(program, 'an answer that broke off');
});

test('an endpoint is taken out after one question, and its answers stay', async () => {
  const { page } = program;
  await goTo(page, 'Settings');
  await entry(page, 'Harbour').getByRole('button', { name: 'Remove' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click();
  await expect(entry(page, 'Harbour')).toBeHidden();
  await goTo(page, 'Chat');
  await expect(page.getByText('small-1 at Harbour, model-written').last()).toBeVisible();
  expect(program.faults).toEqual([]);
});
