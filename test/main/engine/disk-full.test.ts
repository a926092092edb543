import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { verifyChain } from '../../../main/audit/index.ts';
import { AppError } from '../../../main/base/errors.ts';
import { createIngest, type Ingest } from '../../../main/ingest/index.ts';
import { checkDatabase, countDocuments, findDocument, iterateDocuments, iterateOps, readDocumentState, type CaseStore } from '../../../main/store/index.ts';
import { setVerdict } from '../../../main/triage/index.ts';
import { nodeProcessHost } from '../../../main/work/index.ts';
import type { IngestJob } from '../../../preload/contract/domains/ingest.ts';
import { writeGeneratedFolder } from '../../support/generated-folder.ts';
import { addTextDocument, newCase, newVault, tempFolder } from '../../support/vaults.ts';

/** Files in the dump, duplicates and attachments not counted. */
const files = 150;

async function caseWithDump(): Promise<{ readonly store: CaseStore; readonly dump: string }> {
  const place = tempFolder();
  const dump = join(place, 'dump');
  writeGeneratedFolder(dump, files, 5);
  return { store: newCase(await newVault(join(place, 'vault'))), dump };
}

function ingestOf(store: CaseStore): Ingest {
  const ingest = createIngest(store, { host: nodeProcessHost(), vaultFolder: '/nowhere/vault', onJobs: () => undefined, onDocuments: () => undefined });
  onTestFinished(() => ingest.close());
  return ingest;
}

const endOf = (ingest: Ingest, { job }: IngestJob): Promise<IngestJob> => ingest.watch(job, () => undefined, new AbortController().signal);

/** A disk that has room for so many more pages, as SQLite sees it; null for any number. */
function leaveRoom(store: CaseStore, pages: number | null): void {
  const { page_count: used } = store.read.get('PRAGMA page_count') as { page_count: number };
  store.read.get(`PRAGMA max_page_count=${pages === null ? 1_000_000_000 : used + pages}`);
}

function expectWhole(store: CaseStore): void {
  expect(checkDatabase(store.read)).toEqual([]);
  expect(verifyChain(store, null).fault).toBeNull();
}

test('an ingest that fills the database stops, leaves its files pending, and ends when there is room again', async () => {
  const { store, dump } = await caseWithDump();
  leaveRoom(store, 4);
  const ingest = ingestOf(store);
  const failed = await endOf(ingest, ingest.start([dump], 1));
  expect(failed.state).not.toBe('done');
  expect(failed.counts.done).toBeLessThan(files);
  const kept = countDocuments(store.read);
  expectWhole(store);

  leaveRoom(store, null);
  const resumed = await endOf(ingest, ingest.resume(failed.job));
  expect(resumed.state).toBe('done');
  expect(resumed.counts).toMatchObject({ seen: files + 3, done: files + 3, quarantined: 0 });
  const paths = Array.from(iterateDocuments(store.read), ({ path }) => path);
  expect(new Set(paths).size).toBe(paths.length);
  expect(paths.length).toBeGreaterThan(Math.max(kept, files));
  expectWhole(store);
});

test('an ingest whose originals do not fit adds nothing, and ends when there is room again', async () => {
  const { store, dump } = await caseWithDump();
  let isFull = true;
  const full: CaseStore = {
    ...store,
    blobs: { ...store.blobs, writePack: async (blobs) => {
      if (isFull) throw new AppError('vault.disk-full', 'The disk is full.');
      return store.blobs.writePack(blobs);
    } },
  };
  const ingest = ingestOf(full);
  const failed = await endOf(ingest, ingest.start([dump], 1));
  expect(failed.state).toBe('failed');
  expect(failed.counts).toMatchObject({ done: 0, quarantined: 0 });
  expect(countDocuments(store.read)).toBe(0);

  isFull = false;
  const resumed = await endOf(ingest, ingest.resume(failed.job));
  expect(resumed.state).toBe('done');
  expect(resumed.counts.done).toBe(files + 3);
  expectWhole(store);
});

test('a code that cannot be saved is an error, and the document does not show it', async () => {
  const { store } = await caseWithDump();
  const { id } = await addTextDocument(store, 'a/one.txt', 'One text.');
  const document = findDocument(store.read, id);
  if (document === null) throw new Error('no document');
  leaveRoom(store, 0);
  let refused: { readonly error: unknown; readonly verdict: unknown; readonly ops: number } | null = null;
  for (let press = 0; press < 5000 && refused === null; press += 1) {
    const before = { verdict: readDocumentState(store.read, document.document).verdict, ops: Array.from(iterateOps(store.read)).length };
    try {
      setVerdict(store, document, press % 2 === 0 ? 'relevant' : 'not-relevant');
    } catch (error) {
      refused = { error, ...before };
    }
  }
  expect(refused?.error).toMatchObject({ code: 'vault.disk-full' });
  expect(readDocumentState(store.read, document.document).verdict).toBe(refused?.verdict);
  expect(Array.from(iterateOps(store.read))).toHaveLength(refused?.ops ?? -1);

  leaveRoom(store, null);
  setVerdict(store, document, 'deferred');
  expect(readDocumentState(store.read, document.document).verdict).toBe('deferred');
  expectWhole(store);
});
