/** The way into a vault: the four steps, a wrong passphrase, the recovery code, and everything that locks. */
import { expect, test } from 'playwright/test';
import { chooseSystemHigh, goTo, lock, newVault, passphrase, proofFields, shownRecoveryCode, tabTo, tryPassphrase, unlock } from './drive.ts';
import { expectAccessible } from './looking.ts';
import { startProgram, type Program } from './program.ts';
import { recordFailures } from './recording.ts';

test.describe.configure({ mode: 'serial' });

let program: Program;
let recoveryCode = '';
test.beforeAll(async () => {
  program = await startProgram();
});
test.afterAll(async () => {
  await program.remove();
});
recordFailures(() => program);

test('the first step asks how high the vault may go, and goes on only with an answer', async () => {
  const { page } = program;
  await expect(page.getByRole('heading', { name: 'How high may this vault go?' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Classification, top' })).toContainText('not set');
  await expect(page.getByRole('region', { name: 'Classification, top' })).toContainText('NO CONTENT');
  await expect(page.getByRole('button', { name: 'Go on' })).toBeDisabled();
  await expectAccessible(program, 'first step');
  await chooseSystemHigh(page, newVault.systemHigh);
  await expect(page.getByRole('heading', { name: 'Create a vault' })).toBeVisible();
});

test('the second step takes no weak passphrase, no mistyped one, and no code that was not kept', async () => {
  const { page } = program;
  const next = page.getByRole('button', { name: 'Go on' });
  const groups = await shownRecoveryCode(page);
  const fields = await proofFields(page);
  for (const { field, position } of fields) await field.fill(groups[position] ?? '');
  await page.getByLabel('Passphrase', { exact: true }).fill('sluice');
  await page.getByLabel('Passphrase again', { exact: true }).fill('sluice');
  await expect(page.getByText(/about \d+ bits/)).toBeVisible();
  await expect(next).toBeDisabled();
  await page.getByLabel('Passphrase', { exact: true }).fill(passphrase);
  await expect(next).toBeDisabled();
  await page.getByLabel('Passphrase again', { exact: true }).fill(`${passphrase.slice(0, -1)}m`);
  await expect(page.getByText('This is not the same as above.')).toBeVisible();
  await page.getByLabel('Passphrase again', { exact: true }).fill(passphrase);
  await expect(next).toBeEnabled();
  const [proof] = fields;
  await proof?.field.fill('0000');
  await expect(page.getByText('Not this group')).toBeVisible();
  await expect(next).toBeDisabled();
  await expectAccessible(program, 'second step');
  // The code is read as people write it: small letters, O for 0.
  await proof?.field.fill((groups[proof.position] ?? '').toLowerCase().replaceAll('0', 'o'));
  recoveryCode = groups.join('-');
  await next.click();
});

test('the third step names person, device and vault, and the vault stands before its first case is named', async () => {
  const { page } = program;
  await expect(page.getByRole('button', { name: 'Create vault' })).toBeDisabled();
  await page.getByLabel('Your name').fill(newVault.person);
  await page.getByLabel('This device').fill(newVault.device);
  await expectAccessible(program, 'third step');
  await page.getByLabel('This device').press('Enter');
  await expect(page.getByRole('heading', { name: 'First case' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Classification, top' })).toContainText('SECRET//NOFORN');
  await expectAccessible(program, 'fourth step');
});

test('without a first case the list of cases says what a case is', async () => {
  const { page } = program;
  await page.getByRole('button', { name: 'Skip' }).click();
  await expect(page.getByRole('heading', { name: 'No case yet' })).toBeVisible();
  await expectAccessible(program, 'no case');
  await page.getByRole('button', { name: 'New case' }).click();
  await expect(page.getByRole('dialog', { name: 'New case' })).toBeVisible();
  await expectAccessible(program, 'dialog of a new case');
  await page.getByLabel('Name of the case').fill('Pumps of Lowfen');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Nothing to triage yet' })).toBeVisible();
});

test('a wrong passphrase says so, and after three a delay stands before the next try', async () => {
  const { page } = program;
  await lock(page);
  await expect(page.getByText('The keys are gone from memory.')).toBeVisible();
  await expectAccessible(program, 'locked');
  for (let tries = 1; tries <= 3; tries += 1) {
    await tryPassphrase(page, `${passphrase} ${tries}`);
    await expect(page.getByText(new RegExp(`^${tries} since the last unlock`))).toBeVisible();
    await expect(page.getByLabel('Passphrase', { exact: true })).toHaveAttribute('aria-invalid', 'true');
  }
  await expect(page.getByRole('button', { name: /^Wait \d/ })).toBeDisabled();
  await expectAccessible(program, 'locked, after wrong passphrases');
  await expect(page.getByRole('button', { name: 'Unlock' })).toBeEnabled();
  await unlock(page);
});

test('failed tries stand in the audit trail', async () => {
  const { page } = program;
  await goTo(page, 'Audit');
  await page.getByRole('option').filter({ hasText: 'vault' }).first().click();
  const refused = page.getByRole('row').filter({ hasText: 'Unlock' }).filter({ hasText: 'refused' });
  await expect(refused).toHaveCount(3);
});

test('the recovery code unlocks as well', async () => {
  const { page } = program;
  await lock(page);
  await page.getByRole('button', { name: 'Use the recovery code' }).click();
  await page.getByRole('textbox', { name: 'Recovery code' }).fill(recoveryCode.toLowerCase().replaceAll('-', ' '));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('navigation', { name: 'Views' })).toBeVisible();
});

test('sleep, the screen’s lock and idleness lock the vault, and the lock screen says which', async () => {
  const { app, page } = program;
  const heading = page.getByRole('heading', { name: 'Vault locked' });
  for (const [event, words] of [['suspend', 'when the computer went to sleep'], ['lock-screen', 'when the screen was locked']] as const) {
    await app.evaluate(({ powerMonitor }, name) => void powerMonitor.emit(name), event);
    await expect(heading).toBeVisible();
    await expect(page.getByText(words)).toBeVisible();
    await unlock(page);
  }
  await app.evaluate(({ powerMonitor }) => { powerMonitor.getSystemIdleTime = () => 11 * 60; });
  // The shell looks every fifteen seconds.
  await expect(heading).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText('after 10 minutes without a key or pointer')).toBeVisible();
  expect(program.faults).toEqual([]);
});

test('a vault is made by the keyboard alone', async () => {
  const other = await startProgram();
  try {
    const { page } = other;
    const { keyboard } = page;
    await tabTo(page, page.getByRole('radio').first());
    await keyboard.press('Space');
    await keyboard.press('ArrowDown');
    await keyboard.press('Enter');
    await expect(page.getByLabel('Passphrase', { exact: true })).toBeFocused();
    await keyboard.type(passphrase);
    await tabTo(page, page.getByLabel('Passphrase again', { exact: true }));
    await keyboard.type(passphrase);
    const groups = await shownRecoveryCode(page);
    for (const { field, position } of await proofFields(page)) {
      await tabTo(page, field);
      await keyboard.type(groups[position] ?? '');
    }
    await keyboard.press('Enter');
    await expect(page.getByLabel('Your name')).toBeFocused();
    await keyboard.type(newVault.person);
    await keyboard.press('Tab');
    await keyboard.type(newVault.device);
    await keyboard.press('Enter');
    await expect(page.getByLabel('Name of the case')).toBeFocused();
    await keyboard.type('Case by keys');
    await keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: 'Nothing to triage yet' })).toBeVisible();
    await expect(page.getByRole('region', { name: 'Classification, top' })).toContainText('CUI');
  } finally {
    await other.remove();
  }
});
