import Database from 'better-sqlite3';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CaseId } from '../../preload/contract/domains/basics.ts';
import { unlockedEngine, type TestEngine } from '../support/engines.ts';
import { writeGeneratedFolder } from '../support/generated-folder.ts';
import { compared, measured, percentile, type Figure, type PerfOptions, type PerfScript } from './figures.ts';
import { withGeneratedCase, type GeneratedCase } from './generated-case.ts';
import { perfQueries } from './queries.ts';

const pageRows = 50;

/** How long a search took, in milliseconds. */
interface Timed {
  /** Finding and ordering every document that matches. */
  readonly findMs: number;
  /** From the query to the first page of hits with their snippets. */
  readonly totalMs: number;
}

/** Searches and reads a page of hits; `at` asks for one further down. */
async function timedSearch(engine: TestEngine, caseId: CaseId, query: string, at = 0): Promise<Timed> {
  const began = performance.now();
  const { set, total } = await engine.call('sets.open', { case: caseId, source: { kind: 'search', query } });
  const findMs = performance.now() - began;
  await engine.call('sets.rows', { case: caseId, set, offset: Math.min(at, Math.max(0, total - pageRows)), limit: pageRows });
  const totalMs = performance.now() - began;
  await engine.call('sets.close', { case: caseId, set });
  return { findMs, totalMs };
}

async function everyQuery(engine: TestEngine, caseId: CaseId, rounds: number): Promise<Timed[]> {
  const times: Timed[] = [];
  for (let round = 0; round < rounds; round += 1) for (const { text } of perfQueries) times.push(await timedSearch(engine, caseId, text));
  return times;
}

/** The same texts and matches in plain SQLite: best fifty with a snippet each. */
function plainTimes(file: string, rounds: number): number[] {
  const db = new Database(file, { readonly: true });
  db.pragma('cache_size=-65536');
  const statement = db.prepare("SELECT rowid, snippet(text_index, 2, '[', ']', '…', 24) FROM text_index WHERE text_index MATCH ? ORDER BY rank LIMIT ?");
  const times: number[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    for (const { match } of perfQueries) {
      if (match === null) continue;
      const began = performance.now();
      statement.all(match, pageRows);
      if (round > 0) times.push(performance.now() - began); // the first round warms up
    }
  }
  db.close();
  return times;
}

/** Queries while files are brought in, for as long as that takes. */
async function whileIngesting(engine: TestEngine, caseId: CaseId, files: number): Promise<number[]> {
  const dump = mkdtempSync(join(tmpdir(), 'redoubt-perf-'));
  try {
    writeGeneratedFolder(dump, files, Date.now() % 1_000_000); // new bytes each time, or nothing would be read
    const { job } = await engine.call('ingest.start', { case: caseId, paths: [dump], workers: 1 });
    let isRunning = true;
    const ended = engine.call('ingest.watch', { case: caseId, job }).finally(() => { isRunning = false; });
    const times: number[] = [];
    for (let at = 0; isRunning; at += 1) times.push((await timedSearch(engine, caseId, perfQueries[(at * 7) % perfQueries.length]?.text ?? '')).totalMs);
    await ended;
    return times;
  } finally {
    rmSync(dump, { recursive: true });
  }
}

/** The same warm queries over the encrypted case and over one without encryption, in turns. */
async function costOfEncryption(documents: number, rounds: number, log: PerfOptions['log']): Promise<Figure[]> {
  const times: Record<'encrypted' | 'plain', number[]> = { encrypted: [], plain: [] };
  await withGeneratedCase(documents, log, (encrypted) => withGeneratedCase(documents, log, async (plain) => {
    const engines = [
      { mode: 'encrypted', engine: await unlockedEngine(encrypted.vaultFolder), case: encrypted.case },
      { mode: 'plain', engine: await unlockedEngine(plain.vaultFolder, { plaintextForBenchmark: true }), case: plain.case },
    ] as const;
    try {
      for (let round = 0; round <= rounds; round += 1) {
        for (const { mode, engine, case: id } of engines) {
          const found = await everyQuery(engine, id, 1);
          if (round > 0) times[mode].push(...found.map(({ totalMs }) => totalMs)); // the first round warms up
        }
      }
    } finally {
      for (const { engine } of engines) await engine.close();
    }
  }, 'plain'));
  const name = documents.toLocaleString('en');
  const bar = { text: '<= 1.2x', holds: (ratio: number) => ratio <= 1.2 };
  return [0.5, 0.95].map((share) => compared(`${name}, encrypted, p${share * 100}`, percentile(times.encrypted, share), 'ms', 'unencrypted', percentile(times.plain, share), bar));
}

/** Everything at one size. */
async function figuresAt(documents: number, made: GeneratedCase, { small, log }: PerfOptions): Promise<Figure[]> {
  const name = documents.toLocaleString('en');
  const rounds = small ? 1 : 3;
  const engine = await unlockedEngine(made.vaultFolder);
  try {
    await everyQuery(engine, made.case, 1);
    const times = await everyQuery(engine, made.case, rounds);
    const totals = times.map(({ totalMs }) => totalMs);
    const plain = plainTimes(made.plainFile, rounds);
    const deep: number[] = [];
    for (const { text } of perfQueries.filter(({ kind }) => kind === 'common')) deep.push((await timedSearch(engine, made.case, text, 90_000)).totalMs);
    const during = await whileIngesting(engine, made.case, small ? 300 : 1500);
    log(`${name}: ${times.length} warm, ${during.length} during ingest`);
    return [
      compared(`${name} documents, p50`, percentile(totals, 0.5), 'ms', 'plain FTS5', percentile(plain, 0.5)),
      compared(`${name} documents, p95`, percentile(totals, 0.95), 'ms', 'plain FTS5', percentile(plain, 0.95)),
      measured(`${name}, of it finding and ordering, p95`, percentile(times.map(({ findMs }) => findMs), 0.95), 'ms'),
      measured(`${name}, page at row 90,000 or the last, p95`, percentile(deep, 0.95), 'ms'),
      measured(`${name}, while ingest runs, p50`, percentile(during, 0.5), 'ms'),
      measured(`${name}, while ingest runs, p95`, percentile(during, 0.95), 'ms', documents >= 100_000 ? { text: '<= 100 ms', holds: (ms) => ms <= 100 } : undefined),
    ];
  } finally {
    await engine.close();
  }
}

/** Search: first page of hits, warm, against plain SQLite, while files come in, and deep in the list. */
export const search: PerfScript = async (options) => {
  const figures: Figure[] = [];
  for (const documents of options.small ? [10_000] : [10_000, 100_000]) {
    figures.push(...(await withGeneratedCase(documents, options.log, (made) => figuresAt(documents, made, options))));
    figures.push(...(await costOfEncryption(documents, options.small ? 1 : 3, options.log)));
  }
  return { title: `search: query to first ${pageRows} hits with snippets`, figures, notes: [] };
};
