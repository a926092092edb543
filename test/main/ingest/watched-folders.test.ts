import { mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createIngest, type Ingest } from '../../../main/ingest/index.ts';
import { iterateAudit, iterateDocuments, type CaseStore } from '../../../main/store/index.ts';
import { nodeProcessHost } from '../../../main/work/index.ts';
import { newCase, newVault, tempFolder } from '../../support/vaults.ts';

const soon = { timeout: 20_000, interval: 20 };
const ingestOf = (store: CaseStore, vaultFolder: string): Ingest => {
  const ingest = createIngest(store, { host: nodeProcessHost(), vaultFolder, watchEveryMs: 40, onJobs: () => undefined, onDocuments: () => undefined });
  onTestFinished(() => ingest.close());
  return ingest;
};

async function watched(): Promise<{ readonly store: CaseStore; readonly folder: string; readonly vault: string; readonly paths: () => string[] }> {
  const place = tempFolder();
  const folder = join(place, 'inbox');
  mkdirSync(folder);
  writeFileSync(join(folder, 'a.txt'), 'first');
  const vault = join(place, 'vault');
  const store = newCase(await newVault(vault));
  return { store, folder, vault, paths: () => Array.from(iterateDocuments(store.read), ({ path }) => path) };
}

test('what is put into a watched folder is taken in by itself, each file once, and a changed one again', async () => {
  const { store, folder, vault, paths } = await watched();
  const ingest = ingestOf(store, vault);
  expect(ingest.watched()).toEqual([]);
  ingest.watchFolder(folder);
  await vi.waitFor(() => expect(paths()).toEqual(['inbox/a.txt']), soon);
  writeFileSync(join(folder, 'b.txt'), 'second');
  symlinkSync('/etc/passwd', join(folder, 'link'));
  const files = (): string[] => paths().filter((path) => path !== 'inbox/link');
  await vi.waitFor(() => expect(files()).toEqual(['inbox/a.txt', 'inbox/b.txt']), soon);
  writeFileSync(join(folder, 'a.txt'), 'first, changed');
  await vi.waitFor(() => expect(files()).toEqual(['inbox/a.txt', 'inbox/b.txt', 'inbox/a.txt']), soon);
  // Every file of every job was one that had changed: nothing was read for nothing.
  await vi.waitFor(() => expect(ingest.jobs().every(({ state }) => state === 'done')).toBe(true), soon);
  expect(ingest.jobs().reduce((sum, { counts }) => sum + counts.unchanged + counts.duplicates, 0)).toBe(0);
  expect(ingest.jobs().reduce((sum, { counts }) => sum + counts.seen, 0)).toBe(4);
  expect(paths().filter((path) => path === 'inbox/link')).toHaveLength(1);
});

test('a file that is still being written is left alone until it stands still', async () => {
  const { store, folder, vault, paths } = await watched();
  const ingest = ingestOf(store, vault);
  ingest.watchFolder(folder);
  await vi.waitFor(() => expect(paths()).toEqual(['inbox/a.txt']), soon);
  let text = '';
  const until = performance.now() + 400;
  while (performance.now() < until) {
    text += 'more ';
    writeFileSync(join(folder, 'growing.txt'), text);
    await new Promise((resolve) => { setTimeout(resolve, 10); });
  }
  writeFileSync(join(folder, 'growing.txt'), `${text}end`);
  await vi.waitFor(() => expect(paths()).toContain('inbox/growing.txt'), soon);
  await new Promise((resolve) => { setTimeout(resolve, 200); });
  expect(paths().filter((path) => path === 'inbox/growing.txt')).toHaveLength(1);
});

test('watching goes on after a restart without reading again what is known, and ends when it is turned off', async () => {
  const { store, folder, vault, paths } = await watched();
  const before = ingestOf(store, vault);
  const { watch } = before.watchFolder(folder);
  await vi.waitFor(() => expect(paths()).toEqual(['inbox/a.txt']), soon);
  await vi.waitFor(() => expect(before.jobs()[0]?.state).toBe('done'), soon);
  await vi.waitFor(() => expect(before.watched()[0]?.state).toBe('waiting'), soon);
  await before.close();
  writeFileSync(join(folder, 'b.txt'), 'second');

  const after = ingestOf(store, vault);
  expect(after.watched()).toMatchObject([{ label: 'inbox', state: 'off' }]);
  after.resumeAll();
  await vi.waitFor(() => expect(paths()).toEqual(['inbox/a.txt', 'inbox/b.txt']), soon);
  expect(after.jobs().map(({ counts }) => counts.seen)).toEqual([1, 1]);
  await after.unwatchFolder(watch);
  writeFileSync(join(folder, 'c.txt'), 'third');
  await new Promise((resolve) => { setTimeout(resolve, 300); });
  expect(paths()).not.toContain('inbox/c.txt');
  expect(after.watched()).toEqual([]);
  expect(Array.from(iterateAudit(store.read), ({ action }) => action).filter((action) => action.startsWith('folder.'))).toEqual(['folder.watched', 'folder.unwatched']);
});

test('a watched folder that goes away is said to be away, and is taken up again when it is back', async () => {
  const { store, folder, vault, paths } = await watched();
  const ingest = ingestOf(store, vault);
  ingest.watchFolder(folder);
  await vi.waitFor(() => expect(paths()).toEqual(['inbox/a.txt']), soon);
  renameSync(folder, `${folder}-away`);
  await vi.waitFor(() => expect(ingest.watched()[0]?.state).toBe('absent'), soon);
  writeFileSync(join(`${folder}-away`, 'b.txt'), 'second');
  renameSync(`${folder}-away`, folder);
  await vi.waitFor(() => expect(paths()).toEqual(['inbox/a.txt', 'inbox/b.txt']), soon);
});

test('a file, the vault, and a folder that is watched already are refused', async () => {
  const { store, folder, vault } = await watched();
  const ingest = ingestOf(store, vault);
  expect(() => ingest.watchFolder(join(folder, 'a.txt'))).toThrow(expect.objectContaining({ code: 'case.path-absent' }));
  expect(() => ingest.watchFolder(vault)).toThrow(expect.objectContaining({ code: 'case.path-is-vault' }));
  ingest.watchFolder(folder);
  expect(() => ingest.watchFolder(`${folder}/`)).toThrow(expect.objectContaining({ code: 'case.folder-watched' }));
});
