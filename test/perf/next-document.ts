import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CaseId } from '../../preload/contract/domains/basics.ts';
import { unlockedEngine } from '../support/engines.ts';
import { measured, percentile, type Figure, type PerfOptions, type PerfScript, type Report } from './figures.ts';
import { withGeneratedCase, type GeneratedCase } from './generated-case.ts';
import { isBuilt, paintTimes } from './next-in-window.ts';

/** What a key press asks of the engine: the rows around, the document, its text. */
async function engineTimes(vaultFolder: string, caseId: CaseId, count: number): Promise<number[]> {
  const engine = await unlockedEngine(vaultFolder);
  try {
    const { set } = await engine.call('sets.open', { case: caseId, source: { kind: 'queue', coding: 'any' } });
    const times: number[] = [];
    for (let at = 0; at < count; at += 1) {
      const began = performance.now();
      const { rows } = await engine.call('sets.rows', { case: caseId, set, offset: at, limit: 40 });
      const document = rows[0]?.document;
      if (document === undefined) throw new Error('the queue is shorter than 10,000 documents');
      await Promise.all([engine.call('documents.get', { case: caseId, document }), engine.call('documents.text', { case: caseId, document, from: 0, limit: 200_000 })]);
      times.push(performance.now() - began);
    }
    return times.slice(20); // the first ones warm up
  } finally {
    await engine.close();
  }
}

async function measure(made: GeneratedCase, { small }: PerfOptions): Promise<Report> {
  const times = await engineTimes(made.vaultFolder, made.case, small ? 120 : 520);
  const figures: Figure[] = [measured('engine’s part, p50', percentile(times, 0.5), 'ms'), measured('engine’s part, p95', percentile(times, 0.95), 'ms')];
  const notes: string[] = [];
  const folder = mkdtempSync(join(tmpdir(), 'redoubt-perf-window-'));
  try {
    if (isBuilt()) {
      const { next, codeAndGoOn } = await paintTimes(folder, made.vaultFolder, small ? 30 : 150);
      const bar = { text: '<= 50 ms', holds: (ms: number) => ms <= 50 };
      figures.push(
        measured('next: key to painted window, p50', percentile(next, 0.5), 'ms'), measured('next: key to painted window, p95', percentile(next, 0.95), 'ms', bar),
        measured('code and go on: key to painted window, p50', percentile(codeAndGoOn, 0.5), 'ms'), measured('code and go on: key to painted window, p95', percentile(codeAndGoOn, 0.95), 'ms', bar),
      );
    } else notes.push('SKIPPED: key to painted window, because nothing is built (npm run build)');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return { title: 'next document at 10,000 documents', figures, notes };
}

/** The next document at 10,000 documents: in the engine, and from the key to the painted window. */
export const nextDocument: PerfScript = (options) => withGeneratedCase(10_000, options.log, (made) => measure(made, options));
