import { execFileSync } from 'node:child_process';
import { mkdirSync, rmdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { csvCell } from '../../../main/ingest/failures-csv.ts';
import { createIngest, failuresCsv } from '../../../main/ingest/index.ts';
import { iterateDocuments } from '../../../main/store/index.ts';
import { nodeProcessHost } from '../../../main/work/index.ts';
import { madeZip } from '../../support/archive-fixtures.ts';
import { utf8 } from '../../support/file-fixtures.ts';
import { newCase, newVault, tempFolder } from '../../support/vaults.ts';

test.each([
  ['=1+1', "'=1+1"], ['+1', "'+1"], ['-1', "'-1"], ['@SUM(A1)', "'@SUM(A1)"], ['\tx', "'\tx"], ['\rx', `"'\rx"`], ['  =cmd', "'  =cmd"], ['\uFF1D1', "'\uFF1D1"],
  ['plain', 'plain'], ['a,b', '"a,b"'], ['say "a"', '"say ""a"""'], ['=HYPERLINK("a","b")', `"'=HYPERLINK(""a"",""b"")"`], ['a=b', 'a=b'],
])('%j as a cell is %s', (value, cell) => {
  expect(csvCell(value)).toBe(cell);
});

test('the table lists files, members of containers and what was never taken in, and no name becomes a formula', async () => {
  const place = tempFolder();
  const dump = join(place, '=dump');
  mkdirSync(dump);
  writeFileSync(join(dump, 'a.bin'), Uint8Array.from([0, 1, 2, 255]));
  writeFileSync(join(dump, 'b.zip'), madeZip([{ name: '=2+5|cmd.txt', bytes: utf8('secret'), flags: 1 }, { name: 'open.txt', bytes: utf8('open') }]));
  writeFileSync(join(dump, 'c.txt'), 'has text');
  symlinkSync('/etc/passwd', join(dump, 'd'));
  const store = newCase(await newVault(join(place, 'vault')));
  const ingest = createIngest(store, { host: nodeProcessHost(), vaultFolder: '/nowhere/vault', onJobs: () => undefined, onDocuments: () => undefined });
  onTestFinished(() => ingest.close());
  const { job } = ingest.start([dump], 1);
  await ingest.watch(job, () => undefined, new AbortController().signal);
  const lines = [...failuresCsv(store.read, 'UNCLASSIFIED')].join('').split('\r\n').filter((line) => line !== '');
  expect(lines[0]).toBe('path,state,code,why,what to do,bytes,times read,last read,job,document,marking');
  expect(lines.slice(1).map((line) => line.split(',').slice(0, 3).join(','))).toEqual([
    "'=dump/d,quarantined,path.link", "'=dump/a.bin,no-text,format.unknown", "'=dump/b.zip!/=2+5 cmd.txt,quarantined,encrypted",
  ]);
  expect(lines.every((line) => !/(?:^|,)"?[=+\-@]/.test(line))).toBe(true);
  expect(lines.slice(1).every((line) => line.endsWith(',UNCLASSIFIED'))).toBe(true);
  expect(lines[2]).toContain(",1,2024-06-01T00:00:00.000Z,'=dump,");
});

test('links, what is no file and what is not there are listed once, however often they were found, and the first two have documents', async () => {
  const place = tempFolder();
  const dump = join(place, 'dump');
  const gone = join(place, 'gone');
  mkdirSync(dump);
  mkdirSync(gone);
  writeFileSync(join(dump, 'a.txt'), 'has text');
  symlinkSync('/etc/passwd', join(dump, 'link'));
  execFileSync('mkfifo', [join(dump, 'pipe')]);
  const store = newCase(await newVault(join(place, 'vault')));
  const ingest = createIngest(store, { host: nodeProcessHost(), vaultFolder: '/nowhere/vault', onJobs: () => undefined, onDocuments: () => undefined });
  onTestFinished(() => ingest.close());
  for (let round = 0; round < 3; round += 1) {
    mkdirSync(gone, { recursive: true });
    const { job } = ingest.start([dump, gone], 1);
    rmdirSync(gone);
    await ingest.watch(job, () => undefined, new AbortController().signal);
  }
  const lines = [...failuresCsv(store.read, 'UNCLASSIFIED')].join('').split('\r\n').filter((line) => line !== '');
  expect(lines.slice(1).map((line) => line.split(',').slice(0, 3).join(',')).toSorted()).toEqual(['dump/link,quarantined,path.link', 'dump/pipe,quarantined,path.special', 'gone,quarantined,path.absent']);
  expect(Array.from(iterateDocuments(store.read), ({ path, state, reason, content }) => ({ path, state, code: reason?.code, content })).filter(({ state }) => state !== 'text').toSorted((a, b) => (a.path < b.path ? -1 : 1))).toEqual([
    { path: 'dump/link', state: 'quarantined', code: 'path.link', content: null }, { path: 'dump/pipe', state: 'quarantined', code: 'path.special', content: null },
  ]);
});
