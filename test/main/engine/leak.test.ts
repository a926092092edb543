import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { canary, filesWith } from '../../support/canaries.ts';
import { mailLines, tinyDocx, tinyPdf, wordParagraph } from '../../support/file-fixtures.ts';
import { hiddenFilesWith, sortWithFiles } from '../../support/sort-texts.ts';
import { startFullRun } from '../../support/start-full-run.ts';

function newPlace(): string {
  const place = mkdtempSync(join(tmpdir(), 'redoubt-leak-'));
  onTestFinished(() => rmSync(place, { recursive: true, force: true }));
  return place;
}

test('no content, name, question, note or passphrase is readable in any file or output, while the vault is open and after', { timeout: 180_000 }, async () => {
  const place = newPlace();
  const words = Object.fromEntries(['text', 'mail', 'attachment', 'page', 'word', 'file', 'case', 'question', 'note', 'annotation', 'passphrase'].map((name) => [name, canary(name)])) as Record<string, string>;
  const word = (name: string): string => words[name] ?? '';
  const dump = join(place, 'outside', 'dump');
  const watched = ['vault', 'temp', 'home'].map((name) => join(place, name));
  for (const folder of [dump, ...watched]) mkdirSync(folder, { recursive: true });
  writeFileSync(join(dump, `${word('file')}.txt`), `The ${word('text')} lies at the quay. ${word('question')} was asked about it.\n`);
  writeFileSync(join(dump, 'letter.eml'), mailLines('From: Office <office@harbour.example>', `Subject: ${word('mail')}`, 'MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary="b"', '', '--b', 'Content-Type: text/plain', '', `About the ${word('mail')}.`, '--b', 'Content-Type: text/plain', 'Content-Disposition: attachment; filename="list.txt"', '', `Here is ${word('attachment')}.`, '--b--', ''));
  writeFileSync(join(dump, 'survey.pdf'), tinyPdf([[{ text: `Survey of ${word('page')}`, y: 700 }]]));
  writeFileSync(join(dump, 'order.docx'), tinyDocx(wordParagraph(`Order for ${word('word')}`)));

  const [vaultFolder = '', temp = '', home = ''] = watched;
  const run = startFullRun(
    { vaultFolder: join(vaultFolder, 'v'), dump, exportFolder: null, passphrase: `${word('passphrase')} and more`, caseName: `Case ${word('case')}`, question: `${word('question')} at the quay?`, note: `Note ${word('note')}`, annotation: `See ${word('annotation')}`, endpoint: null, sortRows: 20_000 },
    { env: { TMPDIR: temp, TMP: temp, TEMP: temp, SQLITE_TMPDIR: temp, HOME: home, XDG_CACHE_HOME: join(home, 'cache'), XDG_CONFIG_HOME: join(home, 'config') } },
  );
  const open = await run.open();
  expect(open.documents).toBe(5);
  const all = Object.values(words);
  expect(filesWith(watched, all)).toEqual([]);
  const closed = await run.closed();
  expect(closed.spilled).toEqual([]);
  expect(filesWith(watched, all)).toEqual([]);
  for (const found of all) expect(run.output()).not.toContain(found);
});

test('the search for leaks finds a word in a file, in either encoding, in a name, and in a deleted temporary file', () => {
  const place = newPlace();
  const word = canary('planted');
  writeFileSync(join(place, 'a.bin'), Buffer.concat([Buffer.from([0, 1, 2]), Buffer.from(word, 'utf16le')]));
  writeFileSync(join(place, 'b.bin'), `..${word}..`);
  writeFileSync(join(place, word), '');
  expect(filesWith([place], [word])).toHaveLength(3);
  expect(hiddenFilesWith(word)).toEqual([]);
  if (process.platform === 'linux') expect(sortWithFiles(word).length).toBeGreaterThan(0);
});
