import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeGeneratedFolder } from '../support/generated-folder.ts';
import { descendantsOf, stillRunning, type SeenProcess } from '../support/process-tree.ts';
import { seededRandom } from '../support/random.ts';
import { measured, type PerfScript } from './figures.ts';
import type { FromLife } from './scale-kill-child.ts';

interface Life {
  /** Files that were said to be committed, when it began and when it ended. */
  readonly first: number;
  readonly last: number;
  /** Null for a life that was killed. */
  readonly done: Extract<FromLife, { t: 'done' }> | null;
  readonly left: number;
}

/** Lets an engine work until so many files are committed and kills it some milliseconds later; null lets it live. */
async function live(vault: string, folder: string, begins: boolean, killAt: { readonly files: number; readonly afterMs: number } | null): Promise<Life> {
  const child = fork(fileURLToPath(new URL('scale-kill-child.ts', import.meta.url)), [vault, folder, begins ? 'begin' : 'on'], { execArgv: [] });
  let first: number | null = null;
  let last = 0;
  let done: Life['done'] = null;
  let below: SeenProcess[] = [];
  let isDoomed = false;
  const doom = (afterMs: number): void => {
    isDoomed = true;
    setTimeout(() => {
      below = child.pid === undefined ? [] : descendantsOf(child.pid);
      child.kill('SIGKILL');
    }, afterMs);
  };
  child.on('message', (message) => {
    const heard = message as FromLife; // our own program
    if (heard.t === 'done') done = heard;
    else {
      first ??= heard.files;
      last = heard.files;
      if (killAt !== null && !isDoomed && heard.files >= killAt.files) doom(killAt.afterMs);
    }
  });
  const code = await new Promise<number | null>((resolve) => { child.once('exit', resolve); });
  if (code !== null && code !== 0) throw new Error(`a life ended with ${code}`);
  return { first: first ?? 0, last, done, left: (await stillRunning(below, 5000)).length };
}

/** A folder of 100,000 files (REDOUBT_FILES says how many) brought in while its engine is killed at twenty random points, beside one that nobody disturbs. */
export const scaleKill: PerfScript = async ({ small, log }) => {
  const files = Number(process.env['REDOUBT_FILES'] ?? (small ? 2000 : 100_000));
  const seed = Number(process.env['REDOUBT_SEED'] ?? Math.floor(Math.random() * 1e9));
  const kills = small ? 5 : 20;
  const random = seededRandom(seed);
  log(`REDOUBT_SEED=${seed}`);
  const place = mkdtempSync(join(tmpdir(), 'redoubt-perf-scale-kill-'));
  try {
    const folder = join(place, 'dump');
    writeGeneratedFolder(folder, files, 77);
    log('bringing them in undisturbed');
    const whole = await live(join(place, 'undisturbed'), folder, true, null);
    const total = whole.last;
    const points = Array.from({ length: kills }, () => random.between(0, total - 1)).sort((a, b) => a - b);
    const lives: Life[] = [];
    for (const [index, point] of points.entries()) {
      lives.push(await live(join(place, 'killed'), folder, index === 0, { files: point, afterMs: random.between(0, 400) }));
      log(`kill ${index + 1}: ${lives.at(-1)?.last ?? 0} of ${total} files were committed`);
    }
    lives.push(await live(join(place, 'killed'), folder, false, null));
    // A life that begins with less than the one before it had said is lost work; one with more had committed what it had no time to say.
    const lost = lives.slice(1).map(({ first }, index) => Math.max(0, (lives[index]?.last ?? 0) - first)).reduce((sum, one) => sum + one, 0);
    const [wanted, got] = [whole.done?.paths.toSorted() ?? [], lives.at(-1)?.done?.paths.toSorted() ?? []];
    const differ = wanted.length === got.length ? wanted.filter((path, index) => path !== got[index]).length : Math.abs(wanted.length - got.length);
    const none = { text: '0', holds: (count: number) => count === 0 };
    return {
      title: `${kills} kills at random points of a job of ${total.toLocaleString('en')} files, seed ${seed}`,
      figures: [
        measured('documents, undisturbed', wanted.length, ''),
        measured('documents, killed and gone on with', got.length, ''),
        measured('documents that differ', differ, '', none),
        measured('said to be committed, and gone', lost, 'files', none),
        measured('found by the check of the vault', lives.at(-1)?.done?.problems.length ?? Number.NaN, '', none),
        measured('children that outlived an engine', lives.reduce((sum, { left }) => sum + left, 0), '', none),
      ],
      notes: lives.at(-1)?.done?.problems ?? [],
    };
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
};
