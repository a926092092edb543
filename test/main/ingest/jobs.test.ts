import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createIngest, type Ingest } from '../../../main/ingest/index.ts';
import { countItems, findJob, type CaseStore } from '../../../main/store/index.ts';
import { nodeProcessHost } from '../../../main/work/index.ts';
import type { IngestJob } from '../../../preload/contract/domains/ingest.ts';
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
    seen: 306, done: 306, added: stored.byState.added, unchanged: 0, duplicates: stored.byState.duplicate, noText: stored.byState['no-text'], quarantined: 0, children: stored.children,
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
});
