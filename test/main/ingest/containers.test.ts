import { gzipSync, zstdCompressSync } from 'node:zlib';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createExtractPool, type ExtractPool } from '../../../main/ingest/extract-pool.ts';
import { toExtracted, type ChildFile, type LostChild } from '../../../main/ingest/extracted.ts';
import { memberHolder } from '../../../main/ingest/held-members.ts';
import { createIngest } from '../../../main/ingest/index.ts';
import { createFileReader } from '../../../main/ingest/file-reader.ts';
import { readFamily } from '../../../main/ingest/read-family.ts';
import { countDocuments, iterateDocuments, type CaseStore } from '../../../main/store/index.ts';
import { nodeProcessHost } from '../../../main/work/index.ts';
import { madeTar, madeZip, storedRar } from '../../support/archive-fixtures.ts';
import { mailLines, storedZip, utf8 } from '../../support/file-fixtures.ts';
import { newCase, newVault, tempFolder } from '../../support/vaults.ts';

const xzOfHello = '/Td6WFoAAATm1rRGAgAhARYAAAB0L+WjAQAFaGVsbG8KAAAApWCX8ZT2/eAAAR4GwS+kHR+2830BAAAAAARZWg==';
const bzip2OfHello = 'QlpoOTFBWSZTWcHAgOIAAAFBAAAQAkSgADDNAMNGKZcXckU4UJDBwIDi';
/** 7-Zip archives of a/hello.txt, open and encrypted. */
const sevenZip = 'N3q8ryccAATT3hzVYwAAAAAAAAAUAAAAAAAAAFcLVx4BAAVoZWxsbwoA4ABUAFFdAACBMweuD85vVl76Dfokg54SHuRzS7wxmL2rvFTHJoRQj/bglPgVo517CTvhRGIOuA0uvspeR93vaUqhTWUTlK24OwjZapb/WOS7nBiPfAAAAAAXBgoBCVkABwsBAAEhIQEYDFUAAA==';
const lockedSevenZip = 'N3q8ryccAAR3XetohwAAAAAAAAAUAAAAAAAAABdag3jCyoLMMbt8AxdtK9ckGfEN4ABwAG9dAACBMweuD87zclDRKUi9Dl80jrCWp8bZS2QPU8LiMks3w3P7PDAmwSjzEi4j3tupG87s8ZqjiYQ/NZHL/wimPFL1bb4x2bBbhCIi1VBw0Q3YZOyRZyeOeIy7mrHM9DKDyI3AwO8DFqRCypVyiAAAAAAXBhABCXcABwsBAAEhIQEYDHEAAA==';

/** Ingests these files and answers the case. */
async function ingested(files: Readonly<Record<string, Uint8Array>>, rounds = 1): Promise<CaseStore> {
  const place = tempFolder();
  const dump = join(place, 'dump');
  mkdirSync(dump);
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(dump, name), bytes);
  const store = newCase(await newVault(join(place, 'vault')));
  const ingest = createIngest(store, { host: nodeProcessHost(), vaultFolder: '/nowhere/vault', onJobs: () => undefined, onDocuments: () => undefined });
  onTestFinished(() => ingest.close());
  for (let round = 0; round < rounds; round += 1) {
    const { job } = ingest.start([dump], 1);
    expect((await ingest.watch(job, () => undefined, new AbortController().signal)).state).toBe('done');
  }
  return store;
}

const listed = (store: CaseStore): string[] => [...iterateDocuments(store.read)].map(({ path, state, reason }) => `${path} ${state}${reason === null ? '' : ` ${reason.code}`}`);

test('members of archives, of mails in archives, and of archives in mails are documents at their paths', async () => {
  const inner = storedZip({ 'deep/plan.txt': 'plan' });
  const mail = mailLines('From: a@port.example', 'MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary=b', '', '--b', '', 'see the plan', '--b', 'Content-Type: application/zip; name="plan.zip"', 'Content-Transfer-Encoding: base64', '', Buffer.from(inner).toString('base64'), '--b--');
  const store = await ingested({ 'dump.tgz': Uint8Array.from(gzipSync(madeTar([{ name: 'mail/1.eml', bytes: mail }, { name: 'mail/link', type: '2' }]))) });
  expect(listed(store)).toEqual([
    'dump/dump.tgz text container.members-lost',
    'dump/dump.tgz!/mail/1.eml text',
    'dump/dump.tgz!/mail/1.eml!/plan.zip text',
    'dump/dump.tgz!/mail/1.eml!/plan.zip!/deep/plan.txt text',
    'dump/dump.tgz!/mail/link quarantined member.link',
  ]);
});

test('archives of every kind come apart in the extractor itself', async () => {
  const packed = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'base64'));
  const store = await ingested({
    'a.txt.bz2': packed(bzip2OfHello), 'b.txt.xz': packed(xzOfHello), 'c.7z': packed(sevenZip), 'd.7z': packed(lockedSevenZip), 'e.rar': storedRar('a/e.txt', utf8('berth')), 'f.tar': madeTar([{ name: 'f', bytes: utf8('crane') }]), 'g.zst': Uint8Array.from(zstdCompressSync('quay')),
    'h.rar': storedRar('h.txt', utf8('berth')).subarray(0, 60),
  });
  expect(listed(store)).toEqual([
    'dump/a.txt.bz2 text', 'dump/a.txt.bz2!/a.txt text', 'dump/b.txt.xz text', 'dump/b.txt.xz!/b.txt text', 'dump/c.7z text', 'dump/c.7z!/a/hello.txt text', 'dump/d.7z text container.members-lost', 'dump/d.7z!/a/hello.txt quarantined encrypted.no-reader',
    'dump/e.rar text', 'dump/e.rar!/a/e.txt text', 'dump/f.tar text', 'dump/f.tar!/f text', 'dump/g.zst text', 'dump/g.zst!/g text', 'dump/h.rar text container.cut', 'dump/h.rar!/h.txt quarantined member.damaged',
  ]);
});

test('an archive that is there twice lists its members at both places, lost ones too, and a second run adds nothing', async () => {
  const archive = madeZip([{ name: 'x/a.txt', bytes: utf8('a') }, { name: 'x/secret.txt', bytes: utf8('b'), flags: 1 }]);
  const store = await ingested({ '1.zip': archive, '2.zip': archive }, 2);
  expect(listed(store).sort()).toEqual(['1', '2'].flatMap((name) => [
    `dump/${name}.zip text container.members-lost`, `dump/${name}.zip!/x/a.txt text`, `dump/${name}.zip!/x/secret.txt quarantined encrypted`,
  ]));
});

test('archives that lie deeper than is followed end there, with the reason', async () => {
  let nest = madeZip([{ name: 'core.txt', bytes: utf8('core') }]);
  for (let depth = 0; depth < 10; depth += 1) nest = storedZipOf(`${depth}.zip`, nest);
  const paths = listed(await ingested({ 'nest.zip': nest }));
  expect(paths.filter((line) => line.endsWith('family.too-deep'))).toHaveLength(1);
  expect(paths).toHaveLength(10);
});

test('a container of many members comes in by parts, and one that was broken off goes on without doing anything twice', async () => {
  const many = madeTar(Array.from({ length: 700 }, (_, at) => ({ name: `${at % 7}/${at}.txt`, bytes: utf8(`berth ${at}`) })));
  const place = tempFolder();
  const location = join(place, 'many.tar');
  writeFileSync(location, many);
  const store = newCase(await newVault(join(place, 'vault')));
  const broken = new AbortController();
  const ingest = createIngest(store, { host: nodeProcessHost(), vaultFolder: '/nowhere/vault', onJobs: () => undefined, onDocuments: () => undefined });
  onTestFinished(() => ingest.close());
  const { job } = ingest.start([location], 1);
  const watching = ingest.watch(job, () => undefined, broken.signal);
  while (countDocuments(store.read) < 200) await new Promise((resolve) => { setTimeout(resolve, 5); });
  const paused = await ingest.pause(job);
  await watching;
  const half = listed(store);
  expect(paused.counts.done).toBe(0);
  expect(half.length).toBeLessThan(701);
  expect(half[0]).toBe('many.tar quarantined container.unfinished');
  ingest.resume(job);
  const ended = await ingest.watch(job, () => undefined, new AbortController().signal);
  const paths = listed(store);
  expect(new Set(paths).size).toBe(701);
  expect(paths).toHaveLength(701);
  expect(paths[0]).toBe('many.tar text');
  expect(ended.counts).toMatchObject({ seen: 1, done: 1, added: 1, quarantined: 0 });
});

test('a file that holds itself ends at its first copy, with the reason', async () => {
  const place = tempFolder();
  const store = newCase(await newVault(join(place, 'vault')));
  const location = join(place, 'quine.gz');
  writeFileSync(location, 'itself');
  const pool: ExtractPool = {
    queued: 0,
    resize: () => undefined,
    close: async () => undefined,
    extract: async ({ bytes, members }) => {
      await members?.take({ name: 'quine', bytes });
      return { kind: 'extracted', extracted: toExtracted({ type: 'other', mediaType: 'application/gzip', extractor: 'x', text: 'quine' }) };
    },
  };
  const files = createFileReader();
  onTestFinished(() => files.close());
  const family = await readFamily({ pool, files, blobs: store.blobs, isKnown: () => false, passwords: [], onPart: () => Promise.reject(new Error('no parts of so few')) }, { location: Buffer.from(location), path: 'quine.gz' }, new AbortController().signal);
  expect(family).toMatchObject({ kind: 'read', root: { children: [{ kind: 'lost', path: 'quine.gz!/quine', reason: { code: 'family.contains-itself' } }] } });
});

test('what lies in a family is counted together, whatever it lies in', async () => {
  const store = newCase(await newVault(join(tempFolder(), 'vault')));
  const room = { members: 3, bytes: 10 };
  const [outer, inner] = [0, 1].map(() => memberHolder(store.blobs, room, () => false, new AbortController().signal));
  const taken: (boolean | undefined)[] = [];
  for (const [holder, size] of [[outer, 4], [inner, 4], [inner, 4], [outer, 1], [inner, 1]] as const) taken.push(await holder?.take({ name: 'x', bytes: new Uint8Array(size) }));
  expect(taken).toEqual([true, true, false, true, false]);
  inner?.restart();
  expect(await outer?.take({ name: 'x', bytes: new Uint8Array(5) })).toBe(true);
});

test('members that are many are sealed in the case while the rest is read, and come out as they were', async () => {
  const store = newCase(await newVault(join(tempFolder(), 'vault')));
  const holder = memberHolder(store.blobs, { members: 99, bytes: 2 ** 30 }, () => false, new AbortController().signal);
  for (let at = 0; at < 6; at += 1) await holder.take({ name: `${at}`, bytes: new Uint8Array(5 * 2 ** 20).fill(at) });
  const members = holder.list().flatMap((member) => (member.kind === 'file' ? [member] : []));
  expect(members.map(({ bytes }) => bytes === null)).toEqual([true, true, true, true, false, false]);
  expect(members[2]?.place === null || members[2] === undefined ? null : store.blobs.readRange(members[2].place, 7, 2)).toEqual(Buffer.from([2, 2]));
});

/** One archive in another, as it is. */
function storedZipOf(name: string, bytes: Uint8Array): Uint8Array {
  return madeZip([{ name, bytes, method: 0 }]);
}

test('a file too large to send is read in ranges, and its members come one at a time', async () => {
  const members = Array.from({ length: 40 }, (_, at) => ({ name: `part-${at}.bin`, bytes: new Uint8Array(200_000).fill(at) }));
  const file = Buffer.from(madeTar(members));
  const pool = createExtractPool({ host: nodeProcessHost(), workers: 1 });
  onTestFinished(() => pool.close());
  const came: string[] = [];
  let waiting = 0;
  let mostWaiting = 0;
  let mostRange = 0;
  const result = await pool.extract({
    name: 'big.tar', bytes: new Uint8Array(),
    ranges: { sizeBytes: file.length, read: (at, length) => { mostRange = Math.max(mostRange, length); return file.subarray(at, at + length); } },
    members: {
      room: { members: 100, bytes: 2 ** 30 },
      restart: () => came.splice(0),
      take: async (member: ChildFile | LostChild) => {
        waiting += 1;
        mostWaiting = Math.max(mostWaiting, waiting);
        await new Promise((resolve) => { setImmediate(resolve); });
        waiting -= 1;
        came.push(`${member.name} ${member.bytes?.[0] ?? 'lost'}`);
        return came.length < 30;
      },
    },
  });
  expect(came).toEqual(Array.from({ length: 30 }, (_, at) => `part-${at}.bin ${at}`));
  expect(result).toMatchObject({ kind: 'extracted', extracted: { reason: { code: 'container.too-large' } } });
  expect(mostWaiting).toBe(1);
  expect(mostRange).toBeLessThanOrEqual(2 ** 20);
});

test('a member longer than one answer of the engine is put together whole', async () => {
  const content = new Uint8Array(9 * 2 ** 20).map((_, at) => (at * 31) % 251);
  const file = Buffer.from(madeZip([{ name: 'long.bin', bytes: content, method: 0 }, { name: 'end.txt', bytes: utf8('end') }]));
  const pool = createExtractPool({ host: nodeProcessHost(), workers: 1 });
  onTestFinished(() => pool.close());
  const came: Uint8Array[] = [];
  let mostRange = 0;
  await pool.extract({
    name: 'big.zip', bytes: new Uint8Array(),
    ranges: { sizeBytes: file.length, read: (at, length) => { mostRange = Math.max(mostRange, length); return file.subarray(at, at + length); } },
    members: { room: { members: 9, bytes: 2 ** 30 }, restart: () => undefined, take: async ({ bytes }) => { came.push(bytes ?? new Uint8Array()); return true; } },
  });
  expect(came.map(({ length }) => length)).toEqual([content.length, 3]);
  expect(Buffer.from(content).equals(came[0] ?? new Uint8Array())).toBe(true);
  expect(mostRange).toBe(4 * 2 ** 20);
});

test('a member that cannot be kept rejects the whole file with what stopped it', async () => {
  const pool = createExtractPool({ host: nodeProcessHost(), workers: 1 });
  onTestFinished(() => pool.close());
  const members = { room: { members: 9, bytes: 999 }, restart: () => undefined, take: () => Promise.reject(new Error('disk full')) };
  await expect(pool.extract({ name: 'a.zip', bytes: storedZip({ a: 'a' }), members })).rejects.toThrow('disk full');
  expect(await pool.extract({ name: 'a.txt', bytes: utf8('next') })).toMatchObject({ kind: 'extracted', extracted: { text: 'next' } });
});

test('the same file without text, read at several places at once, is kept once and ends no job', async () => {
  const blank = storedZip({ 'ppt/presentation.xml': '<p:presentation xmlns:p="p"/>', 'ppt/slides/slide1.xml': '<p:sld xmlns:p="p"/>' });
  const archive = madeZip([{ name: 'a/1.pptx', bytes: blank }, { name: 'b/2.pptx', bytes: blank }, { name: 'c/3.pptx', bytes: blank }]);
  expect(listed(await ingested({ 'all.zip': archive }))).toEqual(['dump/all.zip text', 'dump/all.zip!/a/1.pptx no-text file.blank', 'dump/all.zip!/b/2.pptx no-text file.blank', 'dump/all.zip!/c/3.pptx no-text file.blank']);
});
