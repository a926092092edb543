import { onTestFinished } from 'vitest';
import type { CaseInfo } from '../../preload/contract/domains/cases.ts';
import type { Input, Output, Progress, RouteName } from '../../preload/contract/routes.ts';
import { createEngine, type Engine } from '../../main/engine/index.ts';
import { nodeProcessHost } from '../../main/work/index.ts';
import { bytesOf, passphrase, recoveryCode, secretMarking } from './vaults.ts';

/** An engine of one vitest test, closed when the test ends, with calls that must succeed and calls that must fail. */
export interface RouteCaller {
  readonly engine: Engine;
  readonly ok: <N extends RouteName>(name: N, input: Input<N>, onProgress?: (value: Progress<N>) => void) => Promise<Output<N>>;
  /** The error's code; throws when the call succeeds. */
  readonly fails: <N extends RouteName>(name: N, input: Input<N>) => Promise<string>;
}

/** A locked engine over a folder. */
export function routeCaller(vaultFolder: string): RouteCaller {
  const engine = createEngine({ vaultFolder, host: nodeProcessHost(), iterations: 1000 });
  onTestFinished(() => engine.close());
  return {
    engine,
    ok: async (name, input, onProgress) => {
      const envelope = await engine.call(name, input, onProgress === undefined ? {} : { onProgress });
      if (!envelope.ok) throw new Error(`${name} answered ${envelope.error.code}: ${envelope.error.message}`);
      return envelope.data;
    },
    fails: async (name, input) => {
      const envelope = await engine.call(name, input);
      if (envelope.ok) throw new Error(`${name} succeeded`);
      return envelope.error.code;
    },
  };
}

/** Makes the vault and a case in it. */
export async function withCase(caller: RouteCaller, name = 'Case'): Promise<CaseInfo> {
  await caller.ok('vault.create', { name: 'Test', passphrase: bytesOf(passphrase), recoveryCode, systemHigh: secretMarking, person: 'Analyst', device: 'Laptop' });
  return caller.ok('cases.create', { name, marking: 'UNCLASSIFIED' });
}

/** Ingests paths and waits for the end. */
export async function ingestPaths(caller: RouteCaller, info: CaseInfo, paths: string[]): Promise<Output<'ingest.watch'>> {
  const job = await caller.ok('ingest.start', { case: info.case, paths, workers: 1 });
  return caller.ok('ingest.watch', { case: info.case, job: job.job });
}
