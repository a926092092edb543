import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createExtractPool, type ExtractPool } from '../../../main/ingest/extract-pool.ts';
import { extract } from '../../../main/ingest/extract.ts';
import type { Extracted } from '../../../main/ingest/extracted.ts';
import { createFileReader } from '../../../main/ingest/file-reader.ts';
import { createIngest } from '../../../main/ingest/index.ts';
import { readFamily, type Family } from '../../../main/ingest/read-family.ts';
import { iterateDocuments, readBody, type CaseStore } from '../../../main/store/index.ts';
import { nodeProcessHost } from '../../../main/work/index.ts';
import { madeTar, madeZip } from '../../support/archive-fixtures.ts';
import { mailLines, storedZip, tinyDocx, tinyPdf, utf8, wordParagraph } from '../../support/file-fixtures.ts';
import { newCase, newVault, tempFolder } from '../../support/vaults.ts';

async function read(bytes: Uint8Array, name: string): Promise<Extracted> {
  const result = await extract(bytes, name);
  if (result.kind === 'failed') throw new Error(result.reason.code);
  return result.extracted;
}

/** Ingests a folder into a fresh case, as often as asked. */
async function ingestedFolder(dump: string, rounds = 1): Promise<{ readonly store: CaseStore; readonly counts: readonly unknown[] }> {
  const store = newCase(await newVault(join(tempFolder(), 'vault')));
  const ingest = createIngest(store, { host: nodeProcessHost(), vaultFolder: '/nowhere/vault', onJobs: () => undefined, onDocuments: () => undefined });
  onTestFinished(() => ingest.close());
  const counts: unknown[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const { job } = ingest.start([dump], 1);
    const ended = await ingest.watch(job, () => undefined, new AbortController().signal);
    expect(ended.state).toBe('done');
    counts.push(ended.counts);
  }
  return { store, counts };
}
const listed = (store: CaseStore): string[] => Array.from(iterateDocuments(store.read), ({ path, state, reason }) => `${path} ${state}${reason === null ? '' : ` ${reason.code}`}`);

/** Ten entities, each ten of the one before it: a thousand million laughs. */
const laughs = `<!DOCTYPE x [<!ENTITY a0 "ha">${Array.from({ length: 9 }, (_, at) => `<!ENTITY a${at + 1} "${`&a${at};`.repeat(10)}">`).join('')}]>`;
const outside = '<!DOCTYPE x [<!ENTITY a9 SYSTEM "file:///etc/passwd"><!ENTITY % p SYSTEM "http://127.0.0.1:9/evil.dtd"> %p;]>';
const svg = (doctype: string): Uint8Array => utf8(`<?xml version="1.0"?>${doctype}<svg xmlns="http://www.w3.org/2000/svg"><text>before &a9; after</text></svg>`);
const plainXml = (doctype: string): Uint8Array => utf8(`<?xml version="1.0"?>${doctype}<x>before &a9; after</x>`);
const docx = (doctype: string): Uint8Array => tinyDocx(wordParagraph('whole'), { 'word/document.xml': `<?xml version="1.0"?>${doctype}<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${wordParagraph('before &a9; after')}</w:body></w:document>` });
const odt = (doctype: string): Uint8Array => storedZip({ mimetype: 'application/vnd.oasis.opendocument.text', 'content.xml': `<?xml version="1.0"?>${doctype}<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text><text:p>before &a9; after</text:p></office:text></office:body></office:document-content>` });
const page = (doctype: string): Uint8Array => utf8(`${doctype}<html><body><p>before &a9; after</p></body></html>`);

test.each([['SVG', svg, 'x.svg'], ['XML', plainXml, 'x.xml'], ['Word', docx, 'x.docx'], ['OpenDocument', odt, 'x.odt'], ['HTML', page, 'x.html']] as const)('%s with a thousand million laughs stays as small as it is, and one with an outside entity shows nothing from outside', async (_what, make, name) => {
  const laughing = await extract(make(laughs), name);
  if (laughing.kind === 'extracted') expect(laughing.extracted.text.length).toBeLessThan(5000);
  else expect(laughing.reason.code).toBe('file.damaged');
  const looking = await extract(make(outside), name);
  const secret = readFileSync('/etc/passwd', 'utf8').split('\n')[0] ?? 'root:';
  expect(JSON.stringify(looking)).not.toContain(secret);
});

const deepMime = (depth: number): Uint8Array => {
  const open = Array.from({ length: depth }, (_, at) => `Content-Type: multipart/mixed; boundary="b${at}"\r\n\r\n--b${at}\r\n`).join('');
  const close = Array.from({ length: depth }, (_, at) => `\r\n--b${depth - 1 - at}--`).join('');
  return mailLines('From: a@port.example', 'MIME-Version: 1.0', `${open}Content-Type: text/plain\r\n\r\ncore${close}`);
};
const deepForward = (depth: number): Uint8Array => {
  let inner = 'From: core@port.example\r\nSubject: core\r\n\r\ncore';
  for (let at = 0; at < depth; at += 1) inner = `From: a@port.example\r\nSubject: ${at}\r\nMIME-Version: 1.0\r\nContent-Type: message/rfc822\r\n\r\n${inner}`;
  return mailLines(inner);
};
const deep = 100_000;

test.each<[string, Uint8Array]>([
  ['x.json', utf8(`${'['.repeat(deep)}1${']'.repeat(deep)}`)],
  ['x.json', utf8(`${'{"a":'.repeat(deep)}1${'}'.repeat(deep)}`)],
  ['x.html', utf8(`${'<div>'.repeat(deep)}core`)],
  ['x.svg', utf8(`<svg xmlns="http://www.w3.org/2000/svg">${'<g>'.repeat(deep)}<text>core</text>`)],
  ['x.xml', utf8(`<?xml version="1.0"?>${'<a>'.repeat(deep)}core`)],
  ['x.rtf', utf8(`{\\rtf1 ${'{'.repeat(deep)}core${'}'.repeat(deep)}}`)],
  ['x.docx', tinyDocx(`${'<w:tbl><w:tr><w:tc>'.repeat(2000)}${wordParagraph('core')}${'</w:tc></w:tr></w:tbl>'.repeat(2000)}`)],
  ['x.pdf', tinyPdf([[{ text: 'core', y: 700 }]], { info: `/Title ${'['.repeat(deep)}${']'.repeat(deep)}` })],
  ['x.eml', deepMime(500)],
  ['x.eml', deepForward(200)],
])('%s that is nested deeper than anyone writes ends in text or in a reason (%#)', async (name, bytes) => {
  const result = await extract(bytes, name);
  if (result.kind === 'failed') expect(result.reason.code).toMatch(/^(?:file|pdf)\./);
  else expect(result.extracted.reason?.code ?? result.extracted.text).toBeTruthy();
});

test('an archive within archives that unfolds without end ends in its limits, and the file beside it is read', async () => {
  const zeros = (last: number): Uint8Array => {
    const made = new Uint8Array(70 * 2 ** 20);
    made[0] = last;
    return made;
  };
  const bomb = madeZip([0, 1].map((outer) => ({ name: `${outer}.zip`, bytes: madeZip([{ name: 'zeros', bytes: zeros(outer) }]), method: 0 })));
  const dump = join(tempFolder(), 'dump');
  mkdirSync(dump);
  writeFileSync(join(dump, 'bomb.zip'), bomb);
  writeFileSync(join(dump, 'note.txt'), 'harmless');
  const { store } = await ingestedFolder(dump);
  expect(listed(store)).toEqual([
    'dump/bomb.zip text', 'dump/bomb.zip!/0.zip text container.members-lost', 'dump/bomb.zip!/0.zip!/zeros quarantined member.too-large',
    'dump/bomb.zip!/1.zip text container.members-lost', 'dump/bomb.zip!/1.zip!/zeros quarantined member.too-large', 'dump/note.txt text',
  ]);
});

test('names in tar archives lead nowhere but into the archive', async () => {
  const archive = await read(madeTar(['../../etc/passwd', '/root/a', 'a/../../b', './c'].map((name) => ({ name, bytes: utf8(name) }))), 'x.tar');
  for (const { name, folder = '' } of archive.children) expect(`${folder}/${name}`).not.toMatch(/\.\.|\/\//);
  expect(archive.children).toHaveLength(4);
});

test('lengths that lie are not believed: a PDF stream, a gzip trailer, a mail part', async () => {
  const pdf = Buffer.from(tinyPdf([[{ text: 'berth', y: 700 }]])).toString('latin1').replace(/\/Length \d+/, '/Length 999999999');
  expect(await read(Uint8Array.from(Buffer.from(pdf, 'latin1')), 'x.pdf')).toMatchObject({ text: 'berth' });
  const mail = mailLines('From: a@port.example', 'Content-Length: 99999999999', 'Content-Type: text/plain', '', 'berth');
  expect(await read(mail, 'x.eml')).toMatchObject({ text: 'berth' });
});

test('a PDF of ten thousand pages is read to its last', { timeout: 240_000 }, async () => {
  const pool = createExtractPool({ host: nodeProcessHost(), workers: 1 });
  onTestFinished(() => pool.close());
  const result = await pool.extract({ name: 'long.pdf', bytes: tinyPdf(Array.from({ length: 10_000 }, (_, at) => [{ text: `p${at + 1}`, y: 700 }])) });
  if (result.kind === 'failed') throw new Error(result.reason.code);
  expect(result.extracted.pages).toHaveLength(10_000);
  expect(result.extracted.text.endsWith('p10000')).toBe(true);
});

test('what crashes, hangs or eats its reader costs one file of a batch', async () => {
  const dump = join(tempFolder(), 'dump');
  mkdirSync(dump);
  writeFileSync(join(dump, 'a.pdf'), '%PDF-1.7\n1 0 obj\n<<\n');
  writeFileSync(join(dump, 'b.docx'), madeZip([{ name: 'word/document.xml', bytes: utf8('<w:document'), crc: 1 }]));
  writeFileSync(join(dump, 'c.eml'), deepForward(60));
  writeFileSync(join(dump, 'd.zip'), madeZip([{ name: 'a', bytes: utf8('a'), saidBytes: 2 ** 31 }]).subarray(0, 40));
  writeFileSync(join(dump, 'e.txt'), 'the rest goes on');
  const { store } = await ingestedFolder(dump);
  const lines = listed(store).filter((line) => !line.includes('!/'));
  expect(lines.map((line) => line.split(' ')[0])).toEqual(['a.pdf', 'b.docx', 'c.eml', 'd.zip', 'e.txt'].map((name) => `dump/${name}`));
  expect(lines.at(-1)).toBe('dump/e.txt text');
  for (const line of lines.slice(0, -1)) expect(line).toMatch(/ text(?: |$)| (?:no-text|quarantined) [a-z.-]+$/);
});

test.skipIf(process.platform !== 'linux')('a file whose name is no Unicode, and one below a folder of such a name, are in the case, once', async () => {
  const dump = join(tempFolder(), 'dump');
  mkdirSync(dump);
  const odd = (...parts: readonly (string | number)[]): Buffer => Buffer.concat([Buffer.from(`${dump}/`), ...parts.map((part) => (typeof part === 'number' ? Buffer.from([part]) : Buffer.from(part)))]);
  writeFileSync(odd('x', 0xff, '.txt'), 'first odd');
  mkdirSync(odd('y', 0xfe));
  writeFileSync(odd('y', 0xfe, '/z.txt'), 'second odd');
  const { store, counts } = await ingestedFolder(dump, 2);
  const documents = [...iterateDocuments(store.read)];
  expect(documents.map(({ path }) => path)).toEqual(['dump/x%FF.txt', 'dump/y%FE/z.txt']);
  expect(documents.map(({ content }) => (content === null ? null : readBody(store.read, content)))).toEqual(['first odd', 'second odd']);
  expect(counts[1]).toMatchObject({ seen: 2, unchanged: 2, added: 0 });
});

test.skipIf(process.platform !== 'linux')('a name of 255 bytes is read, and a path longer than the system takes is told', async () => {
  const place = mkdtempSync(join(tmpdir(), 'redoubt-long-'));
  onTestFinished(() => void execFileSync('rm', ['-rf', place])); // Node cannot reach what lies so deep
  const dump = join(place, 'dump');
  mkdirSync(dump);
  writeFileSync(join(dump, `${'n'.repeat(251)}.txt`), 'long name');
  const half = Array.from({ length: 12 }, () => 'd'.repeat(200));
  for (const top of [dump, join(place, 'other')]) mkdirSync(join(top, ...half), { recursive: true });
  writeFileSync(join(place, 'other', ...half, 'deep.txt'), 'deep');
  renameSync(join(place, 'other'), join(dump, ...half, 'other'));
  const { store, counts } = await ingestedFolder(dump);
  expect(listed(store)).toEqual([`dump/${'n'.repeat(251)}.txt text`]);
  expect(counts[0]).toMatchObject({ seen: 2, added: 1, quarantined: 1 });
});

const onlyReads: ExtractPool = { queued: 0, resize: () => undefined, close: async () => undefined, extract: async ({ bytes }) => ({ kind: 'failed', reason: { code: 'read', sentence: String(bytes.length) } }) };

/** Reads one location as a job would, however it has changed since it was found. */
async function familyAt(location: string, path: string): Promise<Family> {
  const store = newCase(await newVault(join(tempFolder(), 'vault')));
  const files = createFileReader();
  onTestFinished(() => files.close());
  return readFamily({ pool: onlyReads, files, blobs: store.blobs, isKnown: () => false, passwords: [], onPart: () => Promise.reject(new Error('no parts')) }, { location: Buffer.from(location), path }, new AbortController().signal);
}

test('a file that is gone when its turn comes is told, one that is longer than it was said to be is read whole', async () => {
  expect(await familyAt(join(tempFolder(), 'gone.txt'), 'dump/gone.txt')).toMatchObject({ kind: 'unreadable', reason: { code: 'file.vanished' } });
  // The system tells no size of what it makes up as it is read: as with a file that grows.
  if (process.platform === 'linux') expect(await familyAt('/proc/self/status', 'dump/status')).toMatchObject({ kind: 'read', root: { reading: { reason: { sentence: expect.stringMatching(/^[1-9]\d\d/) as unknown } } } });
});

test.skipIf(process.platform === 'win32')('a file that has become a pipe or a link by its turn is not opened', async () => {
  const folder = tempFolder();
  execFileSync('mkfifo', [join(folder, 'pipe')]);
  expect(await familyAt(join(folder, 'pipe'), 'dump/pipe')).toMatchObject({ kind: 'unreadable', reason: { code: 'path.special' } });
  execFileSync('ln', ['-s', '/etc/passwd', join(folder, 'link')]);
  expect(await familyAt(join(folder, 'link'), 'dump/link')).toMatchObject({ kind: 'unreadable', reason: { code: 'path.link' } });
  expect(await familyAt(folder, 'dump/folder')).toMatchObject({ kind: 'unreadable', reason: { code: 'path.special' } });
});
