/** What lies in an archive and could not be read is seen in the ingest view, and opened there with its password. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import { archiveWithHeldMembers, mailWithLockedArchive } from '../support/locked-archives.ts';
import { addFolders, createCase, createVault, goTo, waitForIngest } from './drive.ts';
import { expectAccessible, expectFitting } from './looking.ts';
import { startProgram, type Program } from './program.ts';
import { recordFailures } from './recording.ts';

let program: Program;
test.beforeAll(async () => {
  program = await startProgram();
  await createVault(program.page);
  await createCase(program.page, 'Logs');
});
test.afterAll(async () => {
  await program.remove();
});
recordFailures(() => program);

test('held members are counted by reason, listed by path, explained, and read again with a password', async () => {
  const { app, page, folder } = program;
  const dump = join(folder, 'logs');
  mkdirSync(dump);
  writeFileSync(join(dump, 'berths.zip'), archiveWithHeldMembers);
  writeFileSync(join(dump, 'logs.eml'), mailWithLockedArchive);
  await goTo(page, 'Ingest');
  await addFolders(app, page, [dump]);
  await waitForIngest(page, 'logs');
  await expect(page.getByRole('table', { name: 'Failures by reason' }).getByRole('row').filter({ hasText: '2 inside' })).toContainText('encrypted with a password');
  const held = page.getByRole('grid', { name: 'Held inside containers' });
  await expect(held.getByRole('row')).toHaveCount(4);
  await held.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowDown');
  const pane = page.getByRole('region', { name: 'File locked.txt' });
  await expect(pane).toContainText('held, inside what it came in');
  await expectAccessible(program, 'ingest with held members');
  await expectFitting(page, 'ingest with held members');
  await page.getByRole('button', { name: 'Try with a password' }).press('Enter');
  await page.keyboard.type('north');
  await page.keyboard.press('Enter');
  await expect(held.getByRole('row')).toHaveCount(3);
  await expect(held).toContainText('logs.zip!/locked.txt');
});
