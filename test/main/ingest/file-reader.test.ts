import { createHash } from 'node:crypto';
import { constants, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createFileReader, type FileReader } from '../../../main/ingest/file-reader.ts';
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
