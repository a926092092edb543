/**
 * Killing an engine at random moments and looking at what is left. Lives are counted in kills; after every `killsPerVault` the
 * ingest is run to its end, compared with one that nobody disturbed, and a fresh vault begins.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CaseId } from '../../preload/contract/domains/basics.ts';
import { addCase, CallFailed, createdEngine, ingested, lockedEngine, testPassphrase, type TestEngine } from './engines.ts';
import { writeGeneratedFolder } from './generated-folder.ts';
import { createLedger, type Ledger } from './kill-ledger.ts';
import type { FromVictim, VictimOrder } from './kill-messages.ts';
import { descendantsOf, stillRunning } from './process-tree.ts';
import { seededRandom, type Random } from './random.ts';

export interface KillPlan {
  readonly kills: number;
  readonly killsPerVault: number;
  readonly seed: number;
  /** Files of each of the folders that are ingested one after another. */
  readonly filesPerFolder: number;
  readonly folders: number;
  readonly onKill?: (outcome: KillOutcome) => void;
}

export interface KillOutcome {
  readonly kill: number;
  readonly afterMs: number;
  readonly wasReady: boolean;
  /** Actions of this vault that were acknowledged so far. */
  readonly acknowledged: number;
  /** Whatever is wrong, in words; empty when all is well. */
  readonly faults: readonly string[];
}

const victim = fileURLToPath(new URL('kill-victim.ts', import.meta.url));

/** Opens the vault, waiting where earlier deaths in the middle of an unlock count as failed tries. */
async function unlockPatiently(vaultFolder: string): Promise<TestEngine> {
  const engine = lockedEngine(vaultFolder);
  for (;;) {
    try {
      await engine.call('vault.unlock', { with: 'passphrase', secret: Buffer.from(testPassphrase) });
      return engine;
    } catch (error) {
      if (!(error instanceof CallFailed) || error.wire.code !== 'vault.wait-before-retry') throw error;
      const until = Number(error.wire.data?.['until']);
      await new Promise((resolve) => { setTimeout(resolve, Math.max(1, until - Date.now())); });
    }
  }
}

/** Paths of all documents, sorted: what an ingest leaves, whatever happened on the way. */
async function documentPaths(engine: TestEngine, caseId: CaseId): Promise<string[]> {
  const paths: string[] = [];
  await engine.call('documents.list', { case: caseId }, ({ lines }) => paths.push(...lines.map((line) => line.path)));
  return paths.sort();
}

/** Lets a process work, kills it, and answers what it said and what it left running. */
async function liveAndDie(order: VictimOrder, ledger: Ledger, random: Random): Promise<Pick<KillOutcome, 'afterMs' | 'wasReady' | 'faults'>> {
  const child: ChildProcess = fork(victim, [JSON.stringify(order)], { execArgv: [], stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  const faults: string[] = [];
  let wasReady = false;
  const gone = new Promise<void>((resolve) => { child.once('exit', () => resolve()); });
  const ready = new Promise<void>((resolve) => {
    child.on('message', (message) => {
      const heard = message as FromVictim; // our own program
      if (heard.t === 'failed') faults.push(`the process failed: ${heard.message}`);
      if (heard.t === 'ready') {
        wasReady = true;
        resolve();
      }
      ledger.hear(heard);
    });
  });
  // One death in six may come while the vault is being opened.
  const afterMs = random.between(0, random.next() < 1 / 6 ? 300 : 1600);
  if (random.next() < 5 / 6) await Promise.race([ready, gone]);
  await new Promise((resolve) => { setTimeout(resolve, afterMs); });
  const below = child.pid === undefined ? [] : descendantsOf(child.pid);
  child.kill('SIGKILL');
  await gone;
  const left = await stillRunning(below, 5000);
  if (left.length > 0) faults.push(`${left.length} children outlived the engine`);
  return { afterMs, wasReady, faults };
}

/** Opens the vault after a kill and looks for everything that was promised. */
async function faultsAfter(vaultFolder: string, caseId: CaseId, ledger: Ledger): Promise<string[]> {
  const engine = await unlockPatiently(vaultFolder);
  try {
    const { problems } = await engine.call('vault.verify', {});
    const found = problems.map(({ code, where }) => `${code}: ${where}`);
    return [...found, ...(await ledger.missing(engine, caseId))];
  } finally {
    await engine.close();
  }
}

/** What an ingest of the folders leaves when nobody disturbs it. */
async function undisturbedPaths(vaultFolder: string, folders: readonly string[]): Promise<string[]> {
  const engine = await createdEngine(vaultFolder);
  try {
    const caseId = await addCase(engine, 'Undisturbed');
    for (const folder of folders) await ingested(engine, caseId, [folder], 1);
    return await documentPaths(engine, caseId);
  } finally {
    await engine.close();
  }
}

/** Runs the ingest to its end and compares the documents with those of a case that nobody disturbed. */
async function faultsAtEnd(vaultFolder: string, caseId: CaseId, folders: readonly string[], wanted: readonly string[], ledger: Ledger): Promise<string[]> {
  const engine = await unlockPatiently(vaultFolder);
  try {
    await engine.call('cases.open', { case: caseId });
    const { jobs } = await engine.call('ingest.jobs', { case: caseId });
    for (const { job } of jobs) await engine.call('ingest.watch', { case: caseId, job });
    for (const folder of folders) await ingested(engine, caseId, [folder], 1); // those that no life came to; the others add nothing
    const faults = await ledger.missing(engine, caseId);
    const { problems } = await engine.call('vault.verify', {});
    faults.push(...problems.map(({ code, where }) => `${code}: ${where}`));
    const there = await documentPaths(engine, caseId);
    if (there.length !== wanted.length || there.some((path, index) => path !== wanted[index])) faults.push(`${there.length} documents where an undisturbed ingest leaves ${wanted.length}`);
    return faults;
  } finally {
    await engine.close();
  }
}

/** Kills again and again. Answers one outcome for each kill, with faults of the vault's end counted to its last kill. */
export async function runKills(plan: KillPlan): Promise<KillOutcome[]> {
  const random = seededRandom(plan.seed);
  const place = mkdtempSync(join(tmpdir(), 'redoubt-kill-'));
  const outcomes: KillOutcome[] = [];
  try {
    const folders = Array.from({ length: plan.folders }, (_, index) => join(place, `dump-${index}`));
    folders.forEach((folder, index) => writeGeneratedFolder(folder, plan.filesPerFolder, plan.seed + index));
    const wanted = await undisturbedPaths(join(place, 'undisturbed'), folders);
    for (let first = 0; first < plan.kills; first += plan.killsPerVault) {
      const vaultFolder = join(place, `vault-${first}`);
      const engine = await createdEngine(vaultFolder);
      const caseId = await addCase(engine, 'Harbour');
      await ingested(engine, caseId, folders.slice(0, 1), 1); // so that there is something to work on from the first moment
      await engine.close();
      const ledger = createLedger();
      const last = Math.min(plan.kills, first + plan.killsPerVault) - 1;
      for (let kill = first; kill <= last; kill += 1) {
        const life = await liveAndDie({ vaultFolder, case: caseId, folders: folders.slice(1 + kill - first), seed: plan.seed + 1000 + kill }, ledger, random);
        const faults = [...life.faults, ...(await faultsAfter(vaultFolder, caseId, ledger))];
        if (kill === last) faults.push(...(await faultsAtEnd(vaultFolder, caseId, folders, wanted, ledger)));
        const outcome: KillOutcome = { ...life, kill, acknowledged: ledger.acknowledged(), faults };
        outcomes.push(outcome);
        plan.onKill?.(outcome);
      }
      rmSync(vaultFolder, { recursive: true });
    }
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
  return outcomes;
}
