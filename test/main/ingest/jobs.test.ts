import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createIngest, type Ingest } from '../../../main/ingest/index.ts';
import { countItems, findJob, iterateDocuments, type CaseStore } from '../../../main/store/index.ts';
import { nodeProcessHost } from '../../../main/work/index.ts';
import type { IngestJob } from '../../../preload/contract/domains/ingest.ts';
import { AppError } from '../../../main/base/errors.ts';
import { encryptedPackage } from '../../support/encrypted-fixtures.ts';
import { tinyDocx, wordParagraph } from '../../support/file-fixtures.ts';
import { writeGeneratedFolder } from '../../support/generated-folder.ts';
import { newCase, newVault, tempFolder } from '../../support/vaults.ts';

async function ingestOver(files: number): Promise<{ readonly store: CaseStore; readonly ingest: Ingest; readonly dump: string }> {
  const place = tempFolder();
  const dump = join(place, 'dump');
  writeGeneratedFolder(dump, files, 9);
  const store = newCase(await newVault(join(place, 'vault')));
  const ingest = createIngest(store, { host: nodeProcessHost(), vaultFolder: '/nowhere/vault', onJobs: () => undefined, onDocuments: () => undefined });
  onTestFinished(() => ingest.close());
  return { store, ingest, dump };
}

const watched = async (ingest: Ingest, { job }: IngestJob, report: (state: IngestJob) => void = () => undefined): Promise<IngestJob> => ingest.watch(job, report, new AbortController().signal);

/** Several ingests in one test, on a busy computer. */
const slowMs = 30_000;

test('what a job counts while it works is what is stored when it has ended, also after a pause', async () => {
  const { store, ingest, dump } = await ingestOver(300);
  const started = ingest.start([dump], 1);
  const states: IngestJob[] = [];
  const paused = new Promise<IngestJob>((resolve, reject) => {
    watched(ingest, started, (state) => {
      states.push(state);
      if (state.counts.done > 0) ingest.pause(started.job).then(resolve, reject);
    }).catch(reject);
  });
  const rest = await paused;
  const row = findJob(store.read, started.job);
  if (row === null) throw new Error('no job');
  const { byState } = countItems(store.read, row.job);
  expect(rest.counts.seen - rest.counts.done).toBe(byState.pending);
  expect(states.every(({ counts }) => counts.done <= counts.seen)).toBe(true);

  const ended = await watched(ingest, ingest.resume(started.job), (state) => states.push(state));
  expect(ended.state).toBe('done');
  const stored = countItems(store.read, row.job);
  expect(ended.counts).toEqual({
    seen: 306, done: 306, added: stored.byState.added, unchanged: 0, duplicates: stored.byState.duplicate, noText: stored.byState['no-text'], quarantined: 0, children: stored.children, bytesSeen: stored.bytesSeen, bytesDone: stored.bytesDone,
  });
  const last = states.at(-1);
  expect(last?.counts.done).toBeLessThanOrEqual(306);
});

test('a job says that it has found everything as soon as it has, and then how long is left', async () => {
  const { ingest, dump } = await ingestOver(800);
  const started = ingest.start([dump], 1);
  expect(started.finding).toBe(true);
  const states: IngestJob[] = [];
  await watched(ingest, started, (state) => states.push(state));
  expect(states.some(({ state, finding, leftMs }) => state === 'running' && !finding && leftMs !== null)).toBe(true);
}, slowMs);

const ingestOf = (store: CaseStore): Ingest => {
  const ingest = createIngest(store, { host: nodeProcessHost(), vaultFolder: '/nowhere/vault', onJobs: () => undefined, onDocuments: () => undefined });
  onTestFinished(() => ingest.close());
  return ingest;
};

test('why a job stopped is told after a restart too, until it goes on', async () => {
  const { store, dump } = await ingestOver(10);
  const full: CaseStore = { ...store, blobs: { ...store.blobs, writePack: () => Promise.reject(new AppError('vault.disk-full', 'The disk is full.')) } };
  const before = ingestOf(full);
  const failed = await watched(before, before.start([dump], 1));
  expect(failed).toMatchObject({ state: 'failed', fault: 'The disk is full.' });
  await before.close();

  const after = ingestOf(store);
  expect(after.jobs()).toMatchObject([{ state: 'failed', fault: 'The disk is full.' }]);
  expect(await watched(after, after.resume(failed.job))).toMatchObject({ state: 'done', fault: null });
});

test('a job counts bytes and names what it reads while it works, and all of its bytes when it is done', async () => {
  const { ingest, dump } = await ingestOver(200);
  const states: IngestJob[] = [];
  const ended = await watched(ingest, ingest.start([dump], 1), (state) => states.push(state));
  expect(states.some(({ reading }) => reading?.startsWith('dump/shelf-') === true)).toBe(true);
  expect(states.every(({ counts }) => counts.bytesDone <= counts.bytesSeen)).toBe(true);
  expect(ended.reading).toBeNull();
  expect(ended.counts.bytesDone).toBe(ended.counts.bytesSeen);
  expect(ended.counts.bytesSeen).toBeGreaterThan(200 * 10);
});

test('what could not be looked at is looked for again when it is tried again, and how often a file was read is kept', async () => {
  const place = tempFolder();
  const dump = join(place, 'dump');
  mkdirSync(dump);
  writeFileSync(join(dump, 'torn.pdf'), '%PDF-1.7 torn');
  const store = newCase(await newVault(join(place, 'vault')));
  const ingest = ingestOf(store);
  const gone = join(place, 'gone');
  const started = ingest.start([dump], 1);
  await watched(ingest, started);
  expect(ingest.items(started.job, 'quarantined', 0, 10).items).toMatchObject([{ path: 'dump/torn.pdf', tries: 1 }]);
  await watched(ingest, ingest.retry(started.job));
  expect(ingest.items(started.job, 'quarantined', 0, 10).items).toMatchObject([{ path: 'dump/torn.pdf', tries: 2 }]);

  mkdirSync(gone);
  writeFileSync(join(gone, 'late.txt'), 'late');
  const hidden = join(place, 'hidden');
  // The folder goes away between the drop and the walk, and comes back.
  const job = ingest.start([gone], 1);
  renameSync(gone, hidden);
  const without = await watched(ingest, job);
  renameSync(hidden, gone);
  expect(without.counts.added === 1 || without.counts.quarantined === 1).toBe(true);
  const again = await watched(ingest, ingest.retry(job.job));
  expect(again.counts).toMatchObject({ seen: 1, added: 1, quarantined: 0 });
});

const holding = (store: CaseStore, word: string, error: Error): CaseStore => ({
  ...store,
  blobs: { ...store.blobs, writePack: (entries) => (entries.some((bytes) => Buffer.from(bytes).includes(word)) ? Promise.reject(error) : store.blobs.writePack(entries)) },
});
const threeFiles = async (): Promise<{ readonly store: CaseStore; readonly dump: string }> => {
  const place = tempFolder();
  const dump = join(place, 'dump');
  mkdirSync(dump);
  for (const name of ['a', 'culprit', 'z']) writeFileSync(join(dump, `${name}.txt`), `text of ${name}`);
  return { store: newCase(await newVault(join(place, 'vault'))), dump };
};

test('a file that cannot be kept is quarantined without its text, and the rest of its batch goes on', async () => {
  const { store, dump } = await threeFiles();
  const ingest = ingestOf(holding(store, 'text of culprit', new TypeError('text of culprit')));
  const ended = await watched(ingest, ingest.start([dump], 1));
  expect(ended).toMatchObject({ state: 'done', counts: { added: 2, quarantined: 1 } });
  expect(ingest.items(ended.job, 'quarantined', 0, 10).items).toMatchObject([{ path: 'dump/culprit.txt', reason: { code: 'commit.failed', sentence: 'The file was read, but the case could not keep what was read.' } }]);
  await ingest.close();

  const mended = ingestOf(store);
  expect(await watched(mended, mended.retry(ended.job))).toMatchObject({ state: 'done', counts: { added: 3, quarantined: 0 } });
  expect(Array.from(iterateDocuments(store.read), ({ path, state }) => `${path} ${state}`).toSorted()).toEqual(['dump/a.txt text', 'dump/culprit.txt text', 'dump/z.txt text']);
});

test('a disk that fails still ends the job: no file is blamed for it', async () => {
  const { store, dump } = await threeFiles();
  const ingest = ingestOf(holding(store, 'text of culprit', Object.assign(new Error('EIO: i/o error, write'), { code: 'EIO', syscall: 'write' })));
  const ended = await watched(ingest, ingest.start([dump], 1));
  expect(ended).toMatchObject({ state: 'failed', fault: 'Something inside the engine failed.', counts: { quarantined: 0 } });
});

test('starting over the same paths goes on with the job that was cut short, and finds what came since', async () => {
  const { store, ingest, dump } = await ingestOver(300);
  const started = ingest.start([dump], 1);
  await new Promise<void>((resolve, reject) => {
    watched(ingest, started, ({ counts }) => { if (counts.done > 0) resolve(); }).catch(reject);
  });
  await ingest.close();
  writeFileSync(join(dump, 'late.txt'), 'came late');

  const after = ingestOf(store);
  after.resumeAll();
  const joined = after.start([dump], 1);
  expect(joined.job).toBe(started.job);
  writeFileSync(join(dump, 'later.txt'), 'came later');
  const ended = await watched(after, after.start([dump], 1));
  expect(ended).toMatchObject({ job: started.job, state: 'done', finding: false, counts: { seen: 308, done: 308, unchanged: 0 } });
  expect(after.jobs()).toHaveLength(1);

  const other = await watched(after, after.start([dump], 1));
  expect(other.job).not.toBe(started.job);
  expect(other.counts).toMatchObject({ seen: 308, unchanged: 308 });
}, slowMs);

test('passwords that come with joining a job are tried on what it had to hold', async () => {
  const { store, dump } = await threeFiles();
  const ingest = ingestOf(store);
  writeFileSync(join(dump, 'shut.docx'), encryptedPackage(tinyDocx(wordParagraph('The crane stands.')), 'Kran 4'));
  const started = ingest.start([dump], 1);
  ingest.start([dump], 1, ['Kran 4']);
  const ended = await watched(ingest, started);
  expect(ended).toMatchObject({ state: 'done', counts: { quarantined: 0 } });
  expect(Array.from(iterateDocuments(store.read), ({ path, state }) => `${path} ${state}`)).toContain('dump/shut.docx text');
});

test('a job with OCR is not joined by one without, nor by one over other paths', async () => {
  const { ingest, dump } = await ingestOver(60);
  const first = ingest.start([dump], 1);
  const others = [ingest.start([dump], 1, [], false), ingest.start([join(dump, 'shelf-0')], 1), ingest.start([dump, dump], 1)];
  expect(new Set([first, ...others].map(({ job }) => job)).size).toBe(4);
  for (const { job } of [first, ...others]) await ingest.watch(job, () => undefined, new AbortController().signal);
});
