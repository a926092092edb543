import { closeSync, fsyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { CaseId, DocumentId } from '../../preload/contract/domains/basics.ts';
import { unlockedEngine, type TestEngine } from '../support/engines.ts';
import { writeGeneratedFolder } from '../support/generated-folder.ts';
import { cacheFolder } from './corpus.ts';
import { compared, measured, percentile, type PerfOptions, type PerfScript, type Report } from './figures.ts';
import { withGeneratedCase, type GeneratedCase } from './generated-case.ts';

/** A hundred bytes appended and made durable, on the disk that the case lies on. */
function appendTimes(count: number): number[] {
  const place = mkdtempSync(join(cacheFolder('append'), 'a-'));
  const handle = openSync(join(place, 'log'), 'a');
  const times: number[] = [];
  for (let at = 0; at < count; at += 1) {
    const began = performance.now();
    writeSync(handle, Buffer.alloc(100, at));
    fsyncSync(handle);
    times.push(performance.now() - began);
  }
  closeSync(handle);
  rmSync(place, { recursive: true });
  return times;
}

async function someDocuments(engine: TestEngine, caseId: CaseId): Promise<DocumentId[]> {
  const { set } = await engine.call('sets.open', { case: caseId, source: { kind: 'queue', coding: 'any' } });
  const { rows } = await engine.call('sets.rows', { case: caseId, set, offset: 1000, limit: 200 });
  return rows.map(({ document }) => document);
}

/** From the call to its answer. Keys come apart, as a person presses them: calls one upon the other would all wait for the same batch. */
async function codeTimes(engine: TestEngine, caseId: CaseId, documents: readonly DocumentId[], goOn: (done: number) => boolean): Promise<number[]> {
  const times: number[] = [];
  for (let at = 0; goOn(at); at += 1) {
    const document = documents[at % documents.length];
    if (document === undefined) break;
    const began = performance.now();
    await engine.call('coding.set', { case: caseId, document, verdict: at % 2 === 0 ? 'relevant' : 'not-relevant' });
    times.push(performance.now() - began);
    await new Promise((resolve) => { setTimeout(resolve, 5 + (at % 13)); });
  }
  return times;
}

async function measure(made: GeneratedCase, { small }: PerfOptions): Promise<Report> {
  const engine = await unlockedEngine(made.vaultFolder);
  const dump = mkdtempSync(join(cacheFolder('dump'), 'd-'));
  try {
    const documents = await someDocuments(engine, made.case);
    const count = small ? 100 : 400;
    await codeTimes(engine, made.case, documents, (done) => done < 20);
    const idle = await codeTimes(engine, made.case, documents, (done) => done < count);
    const append = appendTimes(count);
    writeGeneratedFolder(dump, small ? 400 : 2000, Date.now() % 1_000_000);
    const { job } = await engine.call('ingest.start', { case: made.case, paths: [dump], workers: 1 });
    let isRunning = true;
    const ended = engine.call('ingest.watch', { case: made.case, job }).finally(() => { isRunning = false; });
    const during = await codeTimes(engine, made.case, documents, () => isRunning);
    await ended;
    return {
      title: 'coding at 10,000 documents: call to durable answer',
      figures: [
        compared('p50', percentile(idle, 0.5), 'ms', 'fsynced append', percentile(append, 0.5)),
        compared('p95', percentile(idle, 0.95), 'ms', 'fsynced append', percentile(append, 0.95)),
        measured('p95 (the bar is for the window’s side)', percentile(idle, 0.95), 'ms', { text: '<= 16 ms', holds: (ms) => ms <= 16 }),
        measured('while ingest runs, p50', percentile(during, 0.5), 'ms'),
        measured('while ingest runs, p95', percentile(during, 0.95), 'ms'),
      ],
      notes: [`${idle.length} codes alone, ${during.length} during ingest`],
    };
  } finally {
    await engine.close();
    rmSync(dump, { recursive: true });
  }
}

/** A code: from the call to its durable answer, against one durable append, with and without ingest. */
export const coding: PerfScript = (options) => withGeneratedCase(10_000, options.log, (made) => measure(made, options));
