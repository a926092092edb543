import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { extract, outputLimits } from '../../../main/ingest/extract.ts';
import type { ExtractResult } from '../../../main/ingest/extracted.ts';
import { madeZip } from '../../support/archive-fixtures.ts';
import { aesEntry, encryptedPackage, encryptedPdf, traditionalEntry } from '../../support/encrypted-fixtures.ts';
import { addCase, createdEngine } from '../../support/engines.ts';
import { tinyDocx, utf8, wordParagraph } from '../../support/file-fixtures.ts';
import { tempFolder } from '../../support/vaults.ts';

const read = (bytes: Uint8Array, ...passwords: readonly string[]): Promise<ExtractResult> => extract(bytes, 'x', undefined, outputLimits, null, passwords);
const codeOf = (result: ExtractResult): string | undefined => (result.kind === 'failed' ? result.reason.code : undefined);
const textOf = (result: ExtractResult): string | undefined => (result.kind === 'extracted' ? result.extracted.text : undefined);

const document = encryptedPackage(tinyDocx(wordParagraph('The crane stands at berth 4.')), 'Kran 4');
const pdf = encryptedPdf('The crane stands at berth 4.', 'kran');

test.each([['an Office document', document, 'Kran 4', 'office.password'], ['a PDF', pdf, 'kran', 'pdf.password']])('%s is opened with the password that fits among several, is held when none does and when there is none', async (_, bytes, password, code) => {
  expect(textOf(await read(bytes, 'wrong', password, 'other'))).toBe('The crane stands at berth 4.');
  expect(codeOf(await read(bytes, 'wrong', 'KRAN'))).toBe('password.needed');
  expect(codeOf(await read(bytes))).toBe(code);
});

test('a workbook that Office itself opens unasked is read without a password', async () => {
  expect(textOf(await read(encryptedPackage(tinyDocx(wordParagraph('Protected')), 'VelvetSweatshop')))).toBe('Protected');
});

test('members of a ZIP archive are opened one by one, whichever way each is encrypted', async () => {
  const log = utf8('berth log, berth log, berth log');
  const aes = aesEntry(log, 'north');
  const archive = madeZip([
    { name: 'aes.txt', bytes: log, flags: 1, method: 99, crc: 0, packedAs: aes.packed, extra: aes.extra }, { name: 'old.txt', bytes: log, flags: 1, packedAs: traditionalEntry(log, 'south') }, { name: 'open.txt', bytes: log },
  ]);
  const ended = async (...passwords: readonly string[]): Promise<unknown> => {
    const result = await read(archive, ...passwords);
    return result.kind === 'extracted' ? result.extracted.children.map(({ name, bytes, ...rest }) => [name, bytes === undefined ? ('reason' in rest ? rest.reason.code : '') : Buffer.from(bytes).toString()]) : result.reason.code;
  };
  const text = 'berth log, berth log, berth log';
  expect(await ended('north', 'south')).toEqual([['aes.txt', text], ['old.txt', text], ['open.txt', text]]);
  expect(await ended('north')).toEqual([['aes.txt', text], ['old.txt', 'password.needed'], ['open.txt', text]]);
  expect(await ended()).toEqual([['aes.txt', 'encrypted'], ['old.txt', 'encrypted'], ['open.txt', text]]);
});

test('a job tries the passwords that it was given, and a held file is tried again with another', async () => {
  const folder = join(tempFolder(), 'dump');
  mkdirSync(folder);
  writeFileSync(join(folder, 'a.docx'), document);
  writeFileSync(join(folder, 'b.pdf'), pdf);
  const engine = await createdEngine(join(tempFolder(), 'vault'));
  try {
    const caseId = await addCase(engine, 'Port');
    const started = await engine.call('ingest.start', { case: caseId, paths: [folder], passwords: ['Kran 4'] });
    const first = await engine.call('ingest.watch', { case: caseId, job: started.job });
    expect([first.counts.added, first.counts.quarantined]).toEqual([1, 1]);
    const { items } = await engine.call('ingest.items', { case: caseId, job: started.job, state: 'quarantined', offset: 0, limit: 10 });
    expect(items.map(({ path, reason }) => [path, reason.code])).toEqual([['dump/b.pdf', 'password.needed']]);
    await engine.call('ingest.retry', { case: caseId, job: started.job, passwords: ['kran'] });
    const second = await engine.call('ingest.watch', { case: caseId, job: started.job });
    expect([second.counts.added, second.counts.quarantined]).toEqual([2, 0]);
  } finally {
    await engine.close();
  }
});
