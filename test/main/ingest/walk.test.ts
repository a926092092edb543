import { execFileSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { walkFiles } from '../../../main/ingest/walk.ts';
import type { WalkEntry } from '../../../main/ingest/walk.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'redoubt-walk-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function put(path: string, text = path): Promise<void> {
  await mkdir(join(folder, path, '..'), { recursive: true });
  await writeFile(join(folder, path), text);
}

const walk = (...paths: readonly string[]): WalkEntry[] => paths.flatMap((path) => [...walkFiles(join(folder, path))]);

const told = (entries: readonly WalkEntry[]): string[] => entries.map((entry) => (entry.kind === 'file' ? entry.path : `${entry.path} ${entry.reason.code}`));

test('files come by name, folders among them, with paths from the parent of what was dropped', async () => {
  for (const path of ['dump/b.txt', 'dump/a/z.txt', 'dump/a/y.txt', 'dump/c/d/e.txt', 'dump/Z.txt', 'single.txt']) await put(path);
  expect(told(walk('dump', 'single.txt'))).toEqual(['dump/Z.txt', 'dump/a/y.txt', 'dump/a/z.txt', 'dump/b.txt', 'dump/c/d/e.txt', 'single.txt']);
});

test('a file comes with its size and its place', async () => {
  await put('dump/ü.txt', 'four');
  const [entry] = walk('dump');
  expect(entry).toMatchObject({ kind: 'file', path: 'dump/ü.txt', sizeBytes: 4, location: join(folder, 'dump', 'ü.txt') });
});

test('a folder of more files than one batch is walked whole and in order', async () => {
  const names = Array.from({ length: 150 }, (_, index) => `dump/${String(index).padStart(3, '0')}`);
  await Promise.all(names.map((name) => put(name)));
  expect(told(walk('dump'))).toEqual(names);
});

test('links are not followed but told, a link that was dropped itself is', async () => {
  await put('real/a.txt');
  await put('dump/b.txt');
  await symlink(join(folder, 'real'), join(folder, 'dump', 'to-real'));
  await symlink(join(folder, 'dump'), join(folder, 'dump', 'to-itself'));
  await symlink(join(folder, 'real'), join(folder, 'chosen'));
  expect(told(walk('dump', 'chosen'))).toEqual(['dump/b.txt', 'dump/to-itself path.link', 'dump/to-real path.link', 'chosen/a.txt']);
});

test('what is not there is told', async () => {
  expect(told(walk('nothing'))).toEqual(['nothing path.absent']);
});

test.skipIf(process.platform === 'win32')('a pipe is told and never opened', async () => {
  await mkdir(join(folder, 'dump'));
  execFileSync('mkfifo', [join(folder, 'dump', 'pipe')]);
  expect(told(walk('dump'))).toEqual(['dump/pipe path.special']);
});

test.skipIf(process.platform === 'win32' || process.getuid?.() === 0)('a folder that may not be listed is told and the rest is walked', async () => {
  await put('dump/a/secret.txt');
  await put('dump/b.txt');
  await chmod(join(folder, 'dump', 'a'), 0);
  expect(told(walk('dump'))).toEqual(['dump/a path.unreadable', 'dump/b.txt']);
  await chmod(join(folder, 'dump', 'a'), 0o700);
});

test.skipIf(process.platform !== 'linux')('names that are no Unicode can be opened and shown, and do not look alike', async () => {
  for (const byte of [0xfe, 0xff]) await writeFile(Buffer.concat([Buffer.from(`${folder}/x`), Buffer.from([byte])]), String(byte));
  await mkdir(Buffer.concat([Buffer.from(`${folder}/y`), Buffer.from([0xff])]));
  await writeFile(Buffer.concat([Buffer.from(`${folder}/y`), Buffer.from([0xff]), Buffer.from('/é.txt')]), 'inside');
  const entries = walk('.');
  const top = folder.split('/').at(-1);
  expect(told(entries)).toEqual([`${top}/x%FE`, `${top}/x%FF`, `${top}/y%FF/é.txt`]);
  const read = await Promise.all(entries.map(async (entry) => (entry.kind === 'file' ? readFile(Buffer.from(entry.location), 'utf8') : '')));
  expect(read).toEqual(['254', '255', 'inside']);
});
