import { gzipSync, zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { memberNamer } from '../../../main/ingest/child-names.ts';
import { extract } from '../../../main/ingest/extract.ts';
import type { ChildFile, Extracted, LostChild } from '../../../main/ingest/extracted.ts';
import { madeTar, madeZip, paxRecord } from '../../support/archive-fixtures.ts';
import { storedZip, utf8 } from '../../support/file-fixtures.ts';

async function read(bytes: Uint8Array, name = 'x'): Promise<Extracted> {
  const result = await extract(bytes, name);
  if (result.kind === 'failed') throw new Error(result.reason.code);
  return result.extracted;
}

const placeOf = ({ folder = '', name }: ChildFile | LostChild): string => (folder === '' ? name : `${folder}/${name}`);
/** Each member's place with its text, or with why it is lost. */
const shown = ({ children }: Extracted): string[] => children.map((child) => `${placeOf(child)}: ${child.bytes === undefined ? child.reason.code : Buffer.from(child.bytes).toString()}`);
const bzip2OfHello = 'QlpoOTFBWSZTWcHAgOIAAAFBAAAQAkSgADDNAMNGKZcXckU4UJDBwIDi';
const xzOfHello = '/Td6WFoAAATm1rRGAgAhARYAAAB0L+WjAQAFaGVsbG8KAAAApWCX8ZT2/eAAAR4GwS+kHR+2830BAAAAAARZWg==';

test('the members of a ZIP archive come with their folders, and the archive lists them', async () => {
  const archive = await read(madeZip([{ name: 'a/', bytes: utf8('') }, { name: 'a/b.txt', bytes: utf8('berth') }, { name: 'c.txt', bytes: utf8('crane') }]));
  expect(shown(archive)).toEqual(['a/b.txt: berth', 'c.txt: crane']);
  expect(archive).toMatchObject({ state: 'text', text: 'a/b.txt\nc.txt', mediaType: 'application/zip', reason: null });
});

test('a member that cannot be had says why, and the others come', async () => {
  const archive = await read(madeZip([
    { name: 'open.txt', bytes: utf8('open') },
    { name: 'secret.txt', bytes: utf8('secret'), flags: 1 },
    { name: 'link', bytes: utf8('/etc/passwd'), mode: 0o120777 },
    { name: 'pipe', bytes: utf8(''), mode: 0o010644 },
    { name: 'odd.txt', bytes: utf8('odd'), method: 98 },
    { name: 'torn.txt', bytes: utf8('torn'), crc: 1 },
    { name: 'huge.txt', bytes: utf8('huge'), saidBytes: 2 ** 31 },
    { name: 'again.txt', bytes: utf8('huge'), sharesBytes: true },
    { name: 'last.txt', bytes: utf8('last') },
  ]));
  expect(shown(archive)).toEqual([
    'open.txt: open', 'secret.txt: encrypted', 'link: member.link', 'pipe: member.special', 'odd.txt: member.method', 'torn.txt: member.damaged', 'huge.txt: member.too-large', 'again.txt: member.overlaps', 'last.txt: last',
  ]);
  expect(archive.reason).toEqual({ code: 'container.members-lost', sentence: '7 of 9 members could not be read; each says why.' });
});

test('a member that says it is smaller than it is is unpacked to its own end and no further', async () => {
  expect(shown(await read(madeZip([{ name: 'a', bytes: utf8('longer than said'), saidBytes: 3 }])))).toEqual(['a: longer than said']);
});

test('names lead nowhere but into the archive, and the same name twice is numbered', async () => {
  const names = ['../../etc/passwd', '/root/a', 'C:\\Windows\\a.txt', 'x/a.txt', 'X/A.TXT', 'x/../a.txt'];
  expect((await read(madeZip(names.map((name) => ({ name, bytes: utf8(name) }))))).children.map(placeOf)).toEqual(['etc/passwd', 'root/a', 'C/Windows/a.txt', 'x/a.txt', 'X/A (2).TXT', 'x/a (3).txt']);
});

test('any names become different harmless places', () => {
  fc.assert(fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 200 }), { maxLength: 20 }), (paths) => {
    const nameOf = memberNamer();
    const places = paths.map((path) => nameOf(path)).map(({ folder, name }) => `${folder}/${name}`);
    expect(new Set(places.map((place) => place.toLowerCase())).size).toBe(paths.length);
    for (const place of places) expect(place).not.toMatch(/\/\.{1,2}(?:\/|$)|[\\\p{Cc}\p{Cs}]|.\/\//u);
  }), { numRuns: 30 });
});

test('names in an old code page are read in it', async () => {
  const german = await read(madeZip([{ name: Uint8Array.from([0x47, 0x72, 0x94, 0xe1, 0x65, 0x2e, 0x74, 0x78, 0x74]), bytes: utf8('x') }]));
  expect(german.children.map(placeOf)).toEqual(['Größe.txt']);
});

test('a bomb ends where it is more than its archive could be, with the reason', async () => {
  const zeros = new Uint8Array(80 * 2 ** 20);
  const { children, reason } = await read(madeZip([{ name: 'small', bytes: utf8('x') }, { name: 'bomb', bytes: zeros }]));
  expect(children.map(({ bytes }) => bytes !== undefined)).toEqual([true, false]);
  expect(reason?.code).toBe('container.members-lost');
  expect(await read(Uint8Array.from(gzipSync(zeros)), 'bomb.gz')).toMatchObject({ children: [], reason: { code: 'container.ratio' } });
});

test('more members than there is room for end with the reason', async () => {
  const limits = { textChars: 1000, children: 2, childrenBytes: 100 };
  const archive = madeZip(['a', 'b', 'c'].map((name) => ({ name, bytes: utf8(name) })));
  const result = await extract(archive, 'x', undefined, limits);
  expect(result).toMatchObject({ kind: 'extracted', extracted: { reason: { code: 'container.too-many-members' } } });
});

test('an archive whose end is missing gives what comes before it', async () => {
  const whole = storedZip({ 'a.txt': 'first', 'b.txt': 'second' });
  expect(await read(whole.subarray(0, 90))).toMatchObject({ reason: { code: 'container.cut' }, text: 'a.txt\nb.txt' });
  await expect(read(whole.subarray(0, 20))).rejects.toThrow('file.damaged');
});

test('a tar archive gives its files, and says of links and devices what they are', async () => {
  const long = `${'deep/'.repeat(40)}é.txt`;
  const archive = await read(madeTar([
    { name: 'dir/', type: '5' }, { name: 'dir/a.txt', bytes: utf8('a') }, { name: 'hard', type: '1', saidBytes: 50 }, { name: 'soft', type: '2' }, { name: 'dev', type: '3' },
    { name: 'pax', type: 'x', bytes: paxRecord('path', long) }, { name: 'short', bytes: utf8('b') },
  ]));
  expect(shown(archive)).toEqual(['dir/a.txt: a', 'hard: member.link', 'soft: member.link', 'dev: member.special', `${'deep/'.repeat(32)}é.txt: b`]);
});

test('a tar archive that is cut or that lies about a length gives what comes before', async () => {
  const whole = madeTar([{ name: 'a', bytes: utf8('a') }, { name: 'b', bytes: utf8('b') }]);
  expect(await read(whole.subarray(0, 1100))).toMatchObject({ text: 'a', reason: { code: 'container.cut' } });
  expect(await read(madeTar([{ name: 'a', bytes: utf8('a') }, { name: 'b', bytes: utf8('b'), saidBytes: 2 ** 30 }]))).toMatchObject({ text: 'a\nb', reason: { code: 'container.cut' } });
});

test.each<[string, Uint8Array, string]>([
  ['gzip', Uint8Array.from(gzipSync('hello\n')), 'log.txt.gz'],
  ['bzip2', Uint8Array.from(Buffer.from(bzip2OfHello, 'base64')), 'log.txt.bz2'],
  ['xz', Uint8Array.from(Buffer.from(xzOfHello, 'base64')), 'log.txt.xz'],
  ['Zstandard', Uint8Array.from(zstdCompressSync('hello\n')), 'log.txt.zst'],
])('a file packed by %s is its member, named without the ending', async (_what, bytes, name) => {
  expect(shown(await read(bytes, name))).toEqual(['log.txt: hello\n']);
});

test('a packed tar archive gives its members at once', async () => {
  const tar = madeTar([{ name: 'a/b.txt', bytes: utf8('b') }, { name: 'c', bytes: new Uint8Array(70_000) }]);
  expect((await read(Uint8Array.from(gzipSync(tar)), 'x.tgz')).children.map(placeOf)).toEqual(['a/b.txt', 'c']);
  expect((await read(Uint8Array.from(zstdCompressSync(tar)), 'x.tar.zst')).children.map(placeOf)).toEqual(['a/b.txt', 'c']);
});

test('a packed file that is cut gives what comes before, and nothing of one that is only noise', async () => {
  const packed = Uint8Array.from(gzipSync(Buffer.from(Array.from({ length: 60_000 }, (_, at) => (at * 7919 * at) % 251))));
  const cut = await read(packed.subarray(0, packed.length - 30), 'log.gz');
  expect(cut.reason?.code).toBe('container.cut');
  expect(cut.children.map(placeOf)).toEqual(['log']);
  await expect(read(Uint8Array.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0, 255, 255, 255]), 'x.gz')).rejects.toThrow('file.damaged');
});

test('a gzip file that something else follows, or whose sum is wrong, gives its text all the same', async () => {
  const packed = gzipSync('hello\n');
  for (const bytes of [Buffer.concat([packed, Buffer.from('garbage')]), Buffer.concat([packed, Buffer.from([0x1f, 0x8b, 3])]), Buffer.concat([packed.subarray(0, -8), Buffer.alloc(4), packed.subarray(-4)])]) {
    const result = await read(Uint8Array.from(bytes), 'log.txt.gz');
    expect(shown(result)).toEqual(['log.txt: hello\n']);
    expect(result.reason?.code).toBe('container.cut');
  }
});

test('several gzip members are one text, with names of their own and padding behind', async () => {
  const packed = gzipSync('hello\n');
  const named = Buffer.concat([packed.subarray(0, 3), Buffer.from([8]), packed.subarray(4, 10), Buffer.from('log\0'), packed.subarray(10)]);
  const result = await read(Uint8Array.from(Buffer.concat([packed, named, Buffer.alloc(100)])), 'log.txt.gz');
  expect(shown(result)).toEqual(['log.txt: hello\nhello\n']);
  expect(result.reason).toBeNull();
});
