/** Nothing that a person reads, asks or writes is left in the clear on the disk: not by the program, not by the browser under it. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import { canary, filesWith } from '../support/canaries.ts';
import { addFolders, annotate, ask, createCase, createVault, goTo, lock, search, waitForIngest } from './drive.ts';
import { newFolder, startProgram } from './program.ts';

test('after use and lock no file of the vault, the user data, the temporary folder or the output holds a word of it', async () => {
  const folder = newFolder('redoubt-leak-');
  const temp = join(folder, 'temp');
  const drop = join(folder, 'drop');
  mkdirSync(temp);
  mkdirSync(drop);
  const words = { text: canary('text'), question: canary('question'), note: canary('note'), caseName: canary('case') };
  writeFileSync(join(drop, 'log.txt'), `The ${words.text} stood beside the pump all night.\n\nNobody wrote it down.\n`);
  const program = await startProgram(folder, { TMPDIR: temp });
  const { app, page } = program;
  let output = '';
  app.process().stdout?.on('data', (piece: Buffer) => { output += piece.toString(); });
  app.process().stderr?.on('data', (piece: Buffer) => { output += piece.toString(); });
  const scanned = ['vault', 'user-data', 'temp'].map((name) => join(folder, name));
  try {
    await createVault(page);
    await createCase(page, words.caseName);
    await addFolders(app, page, [drop]);
    await waitForIngest(page, 'drop');
    await search(page, words.text);
    await ask(page, `Where did the ${words.text} stand, and what is ${words.question}?`);
    await goTo(page, 'Triage');
    await expect(page.getByRole('article', { name: 'Document' })).toContainText(words.text);
    await page.keyboard.press('m');
    await annotate(page, words.text, 3, words.note);
    await lock(page);
    expect(filesWith(scanned, Object.values(words))).toEqual([]);
    await program.end();
    expect(filesWith(scanned, Object.values(words))).toEqual([]);
    for (const word of Object.values(words)) expect(output).not.toContain(word);
    // The scan sees what is there: the dropped file itself holds one of the words.
    expect(filesWith([drop], Object.values(words))).toHaveLength(1);
  } finally {
    await program.remove();
  }
});
