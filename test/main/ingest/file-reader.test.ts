import { createHash } from 'node:crypto';
import { constants, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createFileReader, type FileReader } from '../../../main/ingest/file-reader.ts';
import type { WalkEntry } from '../../../main/ingest/walk.ts';
import { tempFolder } from '../../support/vaults.ts';

function reader(): FileReader {
  const files = createFileReader();
  onTestFinished(() => files.close());
  return files;
}

const never = new AbortController().signal;
const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0);

test('many files asked at once come back as themselves, each with its own hash', async () => {
  const folder = tempFolder();
  const contents = Array.from({ length: 200 }, (_, index) => Buffer.alloc(index * 137, index));
  contents.forEach((bytes, index) => writeFileSync(join(folder, `${index}`), bytes));
  const files = reader();
  const found = await Promise.all(contents.map((_, index) => files.read(Buffer.from(join(folder, `${index}`)), flags, 2 ** 20, never)));
  found.forEach((at, index) => {
    expect(at.kind).toBe('bytes');
    if (at.kind !== 'bytes') return;
    expect(Buffer.from(at.bytes)).toEqual(contents[index]);
    expect(Buffer.from(at.sha256)).toEqual(createHash('sha256').update(contents[index] ?? '').digest());
  });
});

test('what is no file, too large, a link or absent is said to be so', async () => {
  const folder = tempFolder();
  mkdirSync(join(folder, 'folder'));
  writeFileSync(join(folder, 'large'), Buffer.alloc(11));
  writeFileSync(join(folder, 'fits'), Buffer.alloc(10));
  symlinkSync(join(folder, 'fits'), join(folder, 'link'));
  const files = reader();
  const at = (name: string) => files.read(Buffer.from(join(folder, name)), flags, 10, never);
  expect(await at('folder')).toEqual({ kind: 'special' });
  expect(await at('large')).toEqual({ kind: 'large' });
  expect(await at('fits')).toMatchObject({ kind: 'bytes' });
  expect(await at('absent')).toEqual({ kind: 'failed', code: 'ENOENT' });
  if (constants.O_NOFOLLOW !== undefined) expect(await at('link')).toEqual({ kind: 'failed', code: 'ELOOP' });
});

test.skipIf(process.platform !== 'linux')('a file whose size the system does not tell is read to its end', async () => {
  const at = await reader().read(Buffer.from('/proc/self/status'), flags, 2 ** 20, never);
  expect(at.kind === 'bytes' && Buffer.from(at.bytes).toString()).toContain('VmRSS');
});

test('what is cancelled rejects with the reason, and the next is read all the same', async () => {
  const folder = tempFolder();
  writeFileSync(join(folder, 'a'), 'a');
  const files = reader();
  const controller = new AbortController();
  const cancelled = files.read(Buffer.from(join(folder, 'a')), flags, 10, controller.signal);
  controller.abort('pause');
  await expect(cancelled).rejects.toBe('pause');
  await expect(files.read(Buffer.from(join(folder, 'a')), flags, 10, controller.signal)).rejects.toBe('pause');
  expect(await files.read(Buffer.from(join(folder, 'a')), flags, 10, never)).toMatchObject({ kind: 'bytes' });
});

test('what was not answered when the reader is closed rejects', async () => {
  const files = createFileReader();
  const asked = files.read(Buffer.from(import.meta.filename), flags, 2 ** 20, never);
  await Promise.all([expect(asked).rejects.toThrow('ended'), files.close()]);
});

async function collected(parts: AsyncGenerator<readonly WalkEntry[]>): Promise<string[]> {
  const paths: string[] = [];
  for await (const entries of parts) paths.push(...entries.map(({ path }) => path));
  return paths;
}

test('a folder is walked in parts, whole and in order, while files are read', async () => {
  const folder = join(tempFolder(), 'dump');
  mkdirSync(folder);
  const names = Array.from({ length: 600 }, (_, index) => String(index).padStart(3, '0'));
  for (const name of names) writeFileSync(join(folder, name), name);
  const files = reader();
  const [walked, again, read] = await Promise.all([collected(files.walk(folder, never)), collected(files.walk(folder, never)), files.read(Buffer.from(join(folder, '599')), flags, 10, never)]);
  expect(walked).toEqual(names.map((name) => `dump/${name}`));
  expect(again).toEqual(walked);
  expect(read).toMatchObject({ kind: 'bytes' });
});

test('a walk that is cancelled throws the reason, also before it began', async () => {
  const folder = tempFolder();
  for (let index = 0; index < 50; index += 1) writeFileSync(join(folder, `${index}`), '');
  const files = reader();
  const abort = new AbortController();
  const walk = files.walk(folder, abort.signal);
  expect((await walk.next()).done).toBe(false);
  abort.abort(new Error('enough'));
  await expect(walk.next()).rejects.toThrow('enough');
  await expect(files.walk(folder, abort.signal).next()).rejects.toThrow('enough');
});
