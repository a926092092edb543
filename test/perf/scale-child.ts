/** A large folder brought in by an engine in a process of its own, dropped again, and compared. Arguments: folder, workers. */
import { appendFileSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CaseId } from '../../preload/contract/domains/basics.ts';
import { addCase, createdEngine, type TestEngine } from '../support/engines.ts';
import { tellParent } from './tell-parent.ts';

export interface ScaleSample {
  readonly atMs: number;
  readonly done: number;
  readonly residentMb: number;
}

export interface ScaleRun {
  readonly firstReadableMs: number;
  readonly files: number;
  readonly seconds: number;
  readonly samples: readonly ScaleSample[];
  readonly held: number;
  /** The same folder again, with one file more and one changed. */
  readonly again: { readonly seconds: number; readonly added: number; readonly unchanged: number };
  /** Comparing everything for near-duplicates and threads. */
  readonly groups: { readonly seconds: number; readonly texts: number; readonly near: number; readonly threads: number; readonly residentMb: number };
}

const [folder = '', workers = '2'] = process.argv.slice(2);
const residentMb = (): number => process.memoryUsage.rss() / 2 ** 20;

/** Milliseconds until a document can be read, by looking again and again as a window does. */
async function firstReadable(engine: TestEngine, caseId: CaseId, beganMs: number): Promise<number> {
  for (;;) {
    const { set, total } = await engine.call('sets.open', { case: caseId, source: { kind: 'search', query: 'state:text' } });
    const [row] = total === 0 ? [] : (await engine.call('sets.rows', { case: caseId, set, offset: 0, limit: 1 })).rows;
    if (row !== undefined && (await engine.call('documents.text', { case: caseId, document: row.document })).text !== '') return performance.now() - beganMs;
    await new Promise((resolve) => { setTimeout(resolve, 20); });
  }
}

const place = mkdtempSync(join(tmpdir(), 'redoubt-perf-scale-'));
try {
  const engine = await createdEngine(join(place, 'vault'));
  const caseId = await addCase(engine, 'Large');
  const samples: ScaleSample[] = [];
  const beganMs = performance.now();
  const { job } = await engine.call('ingest.start', { case: caseId, paths: [folder], workers: Number(workers) });
  const first = firstReadable(engine, caseId, beganMs);
  const ended = await engine.call('ingest.watch', { case: caseId, job }, ({ counts }) => samples.push({ atMs: performance.now() - beganMs, done: counts.done, residentMb: residentMb() }));
  const seconds = (performance.now() - beganMs) / 1000;
  if (ended.state !== 'done') throw new Error(`the job ended ${ended.state}`);

  writeFileSync(join(folder, 'one-more.txt'), 'one more than before');
  const [shelf = ''] = readdirSync(folder).filter((name) => name.startsWith('shelf-'));
  const [text = ''] = readdirSync(join(folder, shelf)).filter((name) => name.endsWith('.txt'));
  appendFileSync(join(folder, shelf, text), 'changed\n');
  const againMs = performance.now();
  const second = await engine.call('ingest.start', { case: caseId, paths: [folder], workers: Number(workers) });
  const again = await engine.call('ingest.watch', { case: caseId, job: second.job });
  const againSeconds = (performance.now() - againMs) / 1000;

  const groupsMs = performance.now();
  let mostMb = 0;
  const timer = setInterval(() => { mostMb = Math.max(mostMb, residentMb()); }, 100);
  const { near, threads, texts } = await engine.call('groups.list', { case: caseId });
  clearInterval(timer);
  const run: ScaleRun = {
    firstReadableMs: await first, files: ended.counts.done, seconds, samples, held: ended.counts.quarantined,
    again: { seconds: againSeconds, added: again.counts.added, unchanged: again.counts.unchanged + again.counts.duplicates },
    groups: { seconds: (performance.now() - groupsMs) / 1000, texts, near, threads, residentMb: mostMb },
  };
  await engine.close();
  await tellParent(run);
} finally {
  rmSync(place, { recursive: true, force: true });
}
process.disconnect();
