/** Bulk work when nothing can be kept, and batch files that never got their name. */
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { verifyChain } from '../../../../main/audit/index.ts';
import { AppError } from '../../../../main/base/errors.ts';
import { bulkKinds, createBulk, createLanes, type BatchFile, type Bulk, type Order } from '../../../../main/chat/index.ts';
import { createPersonalData } from '../../../../main/entities/index.ts';
import { createSearcher } from '../../../../main/search/index.ts';
import type { CaseStore, EndpointRow } from '../../../../main/store/index.ts';
import { firstPassSays, startBulkServer, type BulkReply } from '../../../support/bulk-server.ts';
import { endpointAt, testNetwork } from '../../../support/model-servers/asking.ts';
import { addTextDocument, newCase, newVault, tempFolder } from '../../../support/vaults.ts';

interface Bench {
  readonly store: CaseStore;
  /** Opens the case's bulk work anew, as after an end of the process. */
  readonly open: () => Bulk;
  readonly endpoint: EndpointRow;
  readonly order: Order;
  /** From the nth write on, counted from 1, until null, the disk is full. */
  readonly fill: (nth: number | null) => void;
  readonly lane: () => number;
}

async function bench(documents: number, reply: () => BulkReply | Promise<BulkReply> = () => firstPassSays('relevant'), isForBatch = false): Promise<Bench> {
  const real = newCase(await newVault(join(tempFolder(), 'vault')));
  const rows = [];
  for (let nth = 0; nth < documents; nth += 1) rows.push(await addTextDocument(real, `${nth}.txt`, `The pier lamp ${nth} is lit at eight.`));
  const disk = { room: Infinity };
  const write = <T>(does: () => T): T => {
    disk.room -= 1;
    if (disk.room < 0) throw new AppError('vault.disk-full', 'The disk is full.');
    return does();
  };
  const store: CaseStore = { ...real, act: (work) => write(() => real.act(work)), bookkeep: (work) => write(() => real.bookkeep(work)) };
  const server = await startBulkServer({ words: /lamp/, reply });
  onTestFinished(() => server.close());
  const endpoint = endpointAt(server.baseUrl);
  const { network } = testNetwork();
  const lanes = createLanes({ clock: real.clock, presence: network.presence });
  const searcher = createSearcher({ readerOptions: real.readerOptions });
  onTestFinished(() => searcher.close());
  const personalData = createPersonalData();
  onTestFinished(() => personalData.close());
  return {
    store, endpoint,
    open: () => createBulk({ store, searcher, network, personalData, lanes, kinds: bulkKinds, endpoints: () => [endpoint], onChange: () => undefined }),
    order: { kind: 'first-pass', parameters: { instruction: 'lamps' }, endpoint: endpoint.id, scope: { kind: 'documents', documents: rows.map(({ id }) => id) }, budget: { tokens: null, requests: null }, parametersMarking: null, isForBatch },
    fill: (nth) => { disk.room = nth === null ? Infinity : nth - 1; },
    lane: () => lanes.state(endpoint).busy,
  };
}

const never = new AbortController().signal;
const nothing = (): void => undefined;

test('when the disk is full at any step, the run stops with that reason, no slot is lost, and it goes on when there is room', async () => {
  // The order itself is the first write; then come the leases of before, the queue, and each item's lease and end, in the order in which they happen to come.
  for (const nth of [2, 3, 4, 5, 6, 8, 11]) {
    const { open, order, fill, lane, store } = await bench(3);
    const bulk = open();
    fill(nth);
    const { run } = await bulk.start(order);
    const stopped = await bulk.watch(run, nothing, never);
    expect([nth, stopped]).toMatchObject([nth, { state: 'paused', reason: { code: 'vault.disk-full' } }]);
    expect(bulk.runs()).toMatchObject([{ state: 'paused', reason: { code: 'vault.disk-full' }, lane: null }]);
    expect(lane()).toBe(0);
    fill(null);
    bulk.resume(run);
    expect(await bulk.watch(run, nothing, never)).toMatchObject({ state: 'done', reason: null, counts: { done: 3, leased: 0 } });
    expect(lane()).toBe(0);
    expect(verifyChain(store, null).fault).toBeNull();
    await bulk.close();
  }
});

test('a run that cannot even be taken up says why, and the case opens', async () => {
  const { open, order, fill } = await bench(2, () => new Promise(() => undefined));
  const before = open();
  const { run } = await before.start(order);
  await before.close();
  const bulk = open();
  fill(1);
  bulk.resumeAll();
  expect(bulk.read(run)).toMatchObject({ state: 'paused', reason: { code: 'vault.disk-full' } });
  await bulk.close();
});

interface Written {
  readonly files: Map<string, 'part' | 'named' | 'gone'>;
  readonly begin: (name: string) => Promise<BatchFile>;
}

/** Files that are kept in the mind. */
function written(more: Partial<Pick<BatchFile, 'write' | 'publish'>> = {}): Written {
  const files: Written['files'] = new Map();
  return {
    files,
    begin: async (name) => {
      files.set(name, 'part');
      await Promise.resolve();
      return {
        write: more.write ?? (() => Promise.resolve()),
        finish: () => Promise.resolve(Buffer.alloc(32, 1)),
        publish: more.publish ?? (async () => { await Promise.resolve(); files.set(name, 'named'); }),
        discard: async () => { await Promise.resolve(); files.set(name, 'gone'); },
      };
    },
  };
}

test('cancelling a run ends the writing of its batch files: what was begun is removed, and nothing is leased to it', async () => {
  const { open, order } = await bench(30, undefined, true);
  const bulk = open();
  const { run } = await bulk.start(order);
  await bulk.watch(run, nothing, never);
  const { promise: isAtIt, resolve } = Promise.withResolvers<void>();
  let lines = 0;
  const place = written({ write: async () => { await Promise.resolve(); lines += 1; if (lines === 3) resolve(); } });
  const cancelled = isAtIt.then(() => bulk.cancel(run));
  await expect(bulk.exportBatches(run, 'openai', place.begin, nothing, never)).rejects.toMatchObject({ code: 'bulk.ended' });
  expect(await cancelled).toMatchObject({ state: 'cancelled', counts: { queued: 30, leased: 0 } });
  expect([...place.files.values()]).toEqual(['gone']);
  expect(lines).toBeLessThan(30);
  expect(bulk.batches(run)).toEqual([]);
  await bulk.close();
});

test('a batch file that cannot get its name is removed, and its requests wait again', async () => {
  const { open, order } = await bench(3, undefined, true);
  const bulk = open();
  const { run } = await bulk.start(order);
  await bulk.watch(run, nothing, never);
  const place = written({ publish: () => Promise.reject(new AppError('case.path-absent', 'The folder cannot be written.')) });
  await expect(bulk.exportBatches(run, 'openai', place.begin, nothing, never)).rejects.toMatchObject({ code: 'case.path-absent' });
  expect([...place.files.values()]).toEqual(['gone']);
  expect(bulk.read(run)).toMatchObject({ counts: { queued: 3, leased: 0 } });
  expect(bulk.batches(run)).toEqual([]);
  await bulk.close();
});

test('when the program ends before a batch file has its name, its requests wait again when the case is next opened; a file with its name keeps its own', async () => {
  const { open, order, store } = await bench(3, undefined, true);
  const dying = open();
  const { run } = await dying.start(order);
  await dying.watch(run, nothing, never);
  const { promise: isLeased, resolve } = Promise.withResolvers<void>();
  void dying.exportBatches(run, 'openai', written({ publish: () => { resolve(); return new Promise(() => undefined); } }).begin, nothing, never);
  await isLeased;
  expect(dying.read(run)).toMatchObject({ counts: { leased: 3 } });
  const bulk = open();
  expect(bulk.read(run)).toMatchObject({ counts: { queued: 3, leased: 0 } });
  expect(bulk.batches(run)).toEqual([]);
  await bulk.exportBatches(run, 'openai', written().begin, nothing, never);
  expect(open().read(run)).toMatchObject({ counts: { queued: 0, leased: 3 } });
  expect(bulk.batches(run)).toMatchObject([{ requests: 3, returned: 0 }]);
  expect(verifyChain(store, null).fault).toBeNull();
});
