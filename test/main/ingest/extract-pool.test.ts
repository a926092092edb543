import { constants, getPriority } from 'node:os';
import { afterEach, expect, test } from 'vitest';
import { createExtractPool } from '../../../main/ingest/extract-pool.ts';
import type { ExtractPool, ExtractPoolOptions } from '../../../main/ingest/extract-pool.ts';
import type { ExtractResult } from '../../../main/ingest/extracted.ts';
import { nodeProcessHost } from '../../../main/work/index.ts';
import type { ProcessHost } from '../../../main/work/index.ts';
import { mailLines, tinyDocx, tinyPdf, utf8, wordParagraph } from '../../support/file-fixtures.ts';
import { testChild } from '../../support/test-children.ts';

const pools: ExtractPool[] = [];
afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.close()));
});

/** A pool on misbehaving children, and how many it has started. */
function misbehavingPool(options: Partial<ExtractPoolOptions> = {}): { readonly pool: ExtractPool; readonly started: () => number } {
  const host = nodeProcessHost({ entryFile: testChild('misbehaving-child') });
  let started = 0;
  const counting: ProcessHost = {
    ...host,
    fork: (...args) => {
      started += 1;
      return host.fork(...args);
    },
  };
  const pool = createExtractPool({ host: counting, workers: 1, watchEveryMs: 20, ...options });
  pools.push(pool);
  return { pool, started: () => started };
}

function textOf(result: ExtractResult): string {
  return result.kind === 'extracted' ? result.extracted.text : result.reason.code;
}

const many = Array.from({ length: 60 }, (_, index) => String(index));
const echoAll = (pool: ExtractPool): Promise<string[]> => Promise.all(many.map(async (text) => textOf(await pool.extract({ name: 'echo', bytes: utf8(text) }))));

test('every kind of file comes out of the real extractor as what it is', async () => {
  const pool = createExtractPool({ host: nodeProcessHost(), workers: 2 });
  pools.push(pool);
  const results = await Promise.all([
    pool.extract({ name: 'a.txt', bytes: utf8('plain') }),
    pool.extract({ name: 'a.pdf', bytes: tinyPdf([[{ text: 'portable', y: 700 }]]) }),
    pool.extract({ name: 'a.docx', bytes: tinyDocx(wordParagraph('office')) }),
    pool.extract({ name: 'a.eml', bytes: mailLines('From: a@port.example', 'Subject: s', '', 'mailed') }),
    pool.extract({ name: 'a.html', bytes: utf8('<p>paged</p>') }),
    pool.extract({ name: 'a.bin', bytes: new Uint8Array(64) }),
  ]);
  expect(results.map(textOf)).toEqual(['plain', 'portable', 'office', 'mailed', 'paged', '']);
  const [, pdf] = results;
  expect(pdf?.kind === 'extracted' && pdf.extracted.pageItems?.[0]).toBeInstanceOf(Uint32Array);
});

test('extractors give way to whoever waits for an answer', async () => {
  const host = nodeProcessHost();
  const pids: Promise<number | null>[] = [];
  const fork: ProcessHost['fork'] = (...args) => {
    const child = host.fork(...args);
    pids.push(child.pid);
    return child;
  };
  const pool = createExtractPool({ host: { ...host, fork }, workers: 1 });
  pools.push(pool);
  await pool.extract({ name: 'a.txt', bytes: utf8('plain') });
  expect((await Promise.all(pids)).map((pid) => getPriority(pid ?? -1))).toEqual([constants.priority.PRIORITY_BELOW_NORMAL]);
});

test('many files share one child, which stays for the next', async () => {
  const { pool, started } = misbehavingPool();
  expect(await echoAll(pool)).toEqual(many);
  expect(await echoAll(pool)).toEqual(many);
  expect(started()).toBe(1);
  expect(pool.queued).toBe(0);
});

test('a crash is blamed on its file alone, after a second try, with the name of what it was', async () => {
  const { pool, started } = misbehavingPool();
  const before = echoAll(pool);
  const crash = pool.extract({ name: 'crash', bytes: utf8('x') });
  const after = echoAll(pool);
  expect(await crash).toEqual({ kind: 'failed', reason: { code: 'extractor.crashed', sentence: 'Crashed the PDF extractor twice.' } });
  expect([await before, await after]).toEqual([many, many]);
  expect(started()).toBe(3);
});

test('a small text that ends the child before those read ahead of it are handed over costs none of them its text', async () => {
  const { pool } = misbehavingPool();
  const before = echoAll(pool);
  const crash = pool.extract({ name: 'crash-silently', bytes: utf8('x') });
  const after = echoAll(pool);
  expect(textOf(await crash)).toBe('extractor.crashed');
  expect([await before, await after]).toEqual([many, many]);
});

test('a small text that hangs is given up, and those whose results waited behind it are not', async () => {
  const { pool } = misbehavingPool({ limits: { timeMs: 300, memoryMb: 1024 } });
  const before = echoAll(pool);
  const hang = pool.extract({ name: 'hang', bytes: utf8('x') });
  expect(textOf(await hang)).toBe('extractor.timeout');
  expect(await before).toEqual(many);
});

test('a file that a worn child cannot bear is read by a fresh one', async () => {
  const { pool } = misbehavingPool();
  await echoAll(pool);
  expect(textOf(await pool.extract({ name: 'crash-unless-first', bytes: utf8('read after all') }))).toBe('read after all');
});

test('a file that never ends is given up, and those behind it are read', async () => {
  const { pool } = misbehavingPool({ limits: { timeMs: 400, memoryMb: 1024 } });
  const hang = pool.extract({ name: 'hang', bytes: utf8('x') });
  expect(await echoAll(pool)).toEqual(many);
  expect(await hang).toEqual({ kind: 'failed', reason: { code: 'extractor.timeout', sentence: 'No answer after 0.4 s.' } });
});

test('a container that gives out members without end is given up, and each try of it began anew', async () => {
  const { pool } = misbehavingPool({ limits: { timeMs: 30, memoryMb: 1024 } });
  let restarts = 0;
  const members = { room: { members: 1e9, bytes: 1e9 }, take: async () => true, restart: () => { restarts += 1; } };
  expect(await pool.extract({ name: 'give-on', bytes: utf8('x'), members })).toMatchObject({ kind: 'failed', reason: { code: 'extractor.timeout' } });
  expect(restarts).toBe(1);
});

test('files behind a slow one move to a child that has nothing to do', async () => {
  const { pool } = misbehavingPool({ workers: 2 });
  let ended = false;
  const hang = pool.extract({ name: 'hang', bytes: utf8('x') }).catch(() => undefined).then(() => {
    ended = true;
  });
  expect(await echoAll(pool)).toEqual(many);
  expect(ended).toBe(false);
  await pool.close();
  await hang;
});

test.each(['eat-buffers', 'eat-heap'])('a file that takes all memory is given up for that reason: %s', async (name) => {
  const { pool } = misbehavingPool({ limits: { timeMs: 60_000, memoryMb: 320 } });
  expect(await pool.extract({ name, bytes: utf8('x') })).toEqual({ kind: 'failed', reason: { code: 'extractor.memory', sentence: 'Ran out of memory at 320 MB.' } });
  expect(await echoAll(pool)).toEqual(many);
}, 60_000);

test('a cancelled file rejects with the reason of its signal, waiting or running, and the others are read', async () => {
  const { pool } = misbehavingPool({ limits: { timeMs: 400, memoryMb: 1024 } });
  const running = new AbortController();
  const waiting = new AbortController();
  const first = pool.extract({ name: 'hang', bytes: utf8('x') }, running.signal);
  const rest = echoAll(pool);
  const last = pool.extract({ name: 'echo', bytes: utf8('x') }, waiting.signal);
  waiting.abort(new Error('not this one'));
  running.abort(new Error('nor that one'));
  await expect(last).rejects.toThrow('not this one');
  await expect(first).rejects.toThrow('nor that one');
  expect(await rest).toEqual(many);
  await expect(pool.extract({ name: 'echo', bytes: utf8('x') }, waiting.signal)).rejects.toThrow('not this one');
});

test('a computer on which no child starts is told from a bad file', async () => {
  const pool = createExtractPool({ host: nodeProcessHost({ entryFile: testChild('stillborn-child') }), workers: 1 });
  pools.push(pool);
  expect(await pool.extract({ name: 'a.txt', bytes: utf8('x') })).toMatchObject({ kind: 'failed', reason: { code: 'extractor.unavailable' } });
});

test('a closed pool rejects what it held and what comes after, and leaves no child', async () => {
  const { pool } = misbehavingPool();
  const held = [pool.extract({ name: 'hang', bytes: utf8('x') }), ...many.map(() => pool.extract({ name: 'echo', bytes: utf8('x') }))];
  const settled = Promise.allSettled(held);
  await pool.close();
  expect(new Set((await settled).map(({ status }) => status))).toEqual(new Set(['rejected']));
  await expect(pool.extract({ name: 'echo', bytes: utf8('x') })).rejects.toThrow('closed');
  expect(pool.queued).toBe(0);
});

test('a pool grows for a job that wants more children, and shrinks without losing a file', async () => {
  const { pool, started } = misbehavingPool({ limits: { timeMs: 200, memoryMb: 1024 } });
  pool.resize(3);
  const hung = Promise.all([1, 2, 3].map(() => pool.extract({ name: 'hang', bytes: utf8('x') })));
  expect(started()).toBe(3);
  expect((await hung).map(textOf)).toEqual(['extractor.timeout', 'extractor.timeout', 'extractor.timeout']);

  const { pool: patient } = misbehavingPool({ workers: 3 });
  const echoed = echoAll(patient);
  patient.resize(1);
  expect(await echoed).toEqual(many);
});
