import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeGeneratedFolder } from '../support/generated-folder.ts';
import { compared, measured, type PerfScript } from './figures.ts';
import type { ScaleRun, ScaleSample } from './scale-child.ts';

function run(folder: string): Promise<ScaleRun> {
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(new URL('scale-child.ts', import.meta.url)), [folder, '2'], { execArgv: [] });
    let told: ScaleRun | null = null;
    child.on('message', (message) => { told = message as ScaleRun; }); // our own program
    child.once('exit', (code) => (told === null ? reject(new Error(`the run ended with ${String(code)}`)) : resolve(told)));
  });
}

/** Files per second between two shares of the job. */
function rateBetween(samples: readonly ScaleSample[], files: number, from: number, to: number): number {
  const at = (share: number): ScaleSample | undefined => samples.find(({ done }) => done >= share * files) ?? samples.at(-1);
  const [begin, end] = [at(from), at(to)];
  return begin === undefined || end === undefined || end.atMs <= begin.atMs ? Number.NaN : (1000 * (end.done - begin.done)) / (end.atMs - begin.atMs);
}

/** A folder of 100,000 files (REDOUBT_FILES says how many): the first document, the rate from start to end, memory, the same folder again, and groups. */
export const scale: PerfScript = async ({ small, log }) => {
  const files = Number(process.env['REDOUBT_FILES'] ?? (small ? 2000 : 100_000));
  const folder = mkdtempSync(join(tmpdir(), 'redoubt-perf-folder-'));
  try {
    log(`writing ${files} files`);
    writeGeneratedFolder(folder, files, 77);
    log('bringing them in');
    const { firstReadableMs, seconds, samples, held, again, groups, files: done } = await run(folder);
    const [early, late] = [rateBetween(samples, done, 0.05, 0.25), rateBetween(samples, done, 0.75, 0.95)];
    const megabytes = (from: number, to: number): number => Math.max(...samples.filter((sample) => sample.done >= from * done && sample.done <= to * done).map(({ residentMb }) => residentMb));
    return {
      title: `a folder of ${done.toLocaleString('en')} generated files of every kind, 2 workers`,
      figures: [
        measured('first document readable', firstReadableMs, 'ms', { text: '<= 2000', holds: (ms) => ms <= 2000 }),
        measured('whole pipeline', done / seconds, 'files/s'),
        compared('rate, 75% to 95% of the job', late, 'files/s', '5% to 25%', early, { text: '>= 0.8x', holds: (ratio) => ratio >= 0.8 }),
        compared('engine memory, last quarter', megabytes(0.75, 1), 'MB', 'second quarter', megabytes(0.25, 0.5), { text: '<= 1.2x', holds: (ratio) => ratio <= 1.2 }),
        measured('held', held, 'files'),
        compared('the same folder again', done / again.seconds, 'files/s', 'first time', done / seconds),
        measured('added by the second drop', again.added, 'files', { text: '2', holds: (added) => added === 2 }),
        compared('near-duplicates and threads', groups.texts / groups.seconds, 'texts/s', 'whole pipeline', done / seconds),
        measured('engine memory while comparing', groups.residentMb, 'MB'),
      ],
      notes: [`${groups.texts.toLocaleString('en')} texts compared in ${groups.seconds.toFixed(1)} s: ${groups.near} groups of near-duplicates, ${groups.threads} threads`],
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
