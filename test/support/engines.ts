/** An engine in this process, as the headless door has it, with calls that throw what they answer. */
import type { PersonalData } from '../../main/entities/index.ts';
import { createEngine } from '../../main/engine/index.ts';
import { nodeProcessHost, type ProcessHost } from '../../main/work/index.ts';
import type { CaseId, Marking } from '../../preload/contract/domains/basics.ts';
import type { IngestJob } from '../../preload/contract/domains/ingest.ts';
import type { WireError } from '../../preload/contract/errors.ts';
import type { Input, Output, Progress, RouteName } from '../../preload/contract/routes.ts';
import { toMarking } from '../../main/policy/index.ts';

/** A route answered with an error. `wire` is what it said. */
export class CallFailed extends Error {
  readonly wire: WireError;

  constructor(route: string, wire: WireError) {
    super(`${route}: ${wire.code}: ${wire.message}`);
    this.wire = wire;
  }
}

export interface TestEngine {
  /** Calls a route. Throws CallFailed. */
  readonly call: <N extends RouteName>(name: N, input: Input<N>, onProgress?: (value: Progress<N>) => void, signal?: AbortSignal) => Promise<Output<N>>;
  readonly close: () => Promise<void>;
}

export const testPassphrase = 'six grey herons wait at noon';
const recoveryCode = '0123-4567-89AB-CDEF-GHJK-MNPQ-RSTV-WXYZ';
export const unclassified = toMarking('UNCLASSIFIED');
export const secretNoforn = toMarking('SECRET//NOFORN');

export interface TestEngineOptions {
  readonly plaintextForBenchmark?: boolean;
  readonly passphrase?: string;
  readonly personalData?: PersonalData;
  readonly host?: ProcessHost;
}

/** An engine over a folder, locked, with a key derivation that costs nothing. */
export function lockedEngine(vaultFolder: string, { plaintextForBenchmark = false, personalData, host = nodeProcessHost() }: TestEngineOptions = {}): TestEngine {
  const engine = createEngine({ vaultFolder, host, iterations: 1000, plaintextForBenchmark, ...(personalData === undefined ? {} : { personalData }) });
  return {
    call: async (name, input, onProgress, signal) => {
      const envelope = await engine.call(name, input, { ...(onProgress === undefined ? {} : { onProgress }), ...(signal === undefined ? {} : { signal }) });
      if (!envelope.ok) throw new CallFailed(name, envelope.error);
      return envelope.data;
    },
    close: () => engine.close(),
  };
}

/** Creates a vault in the folder and opens it. */
export async function createdEngine(vaultFolder: string, options: TestEngineOptions = {}): Promise<TestEngine> {
  const engine = lockedEngine(vaultFolder, options);
  await engine.call('vault.create', { name: 'Test', passphrase: Buffer.from(options.passphrase ?? testPassphrase), recoveryCode, systemHigh: secretNoforn, person: 'Analyst', device: 'Laptop' });
  return engine;
}

/** Opens the vault in the folder. */
export async function unlockedEngine(vaultFolder: string, options: TestEngineOptions = {}): Promise<TestEngine> {
  const engine = lockedEngine(vaultFolder, options);
  await engine.call('vault.unlock', { with: 'passphrase', secret: Buffer.from(options.passphrase ?? testPassphrase) });
  return engine;
}

/** Adds a case and answers its id. */
export async function addCase(engine: TestEngine, name: string, marking: Marking = unclassified): Promise<CaseId> {
  return (await engine.call('cases.create', { name, marking })).case;
}

/** Brings paths into a case and waits for the job's end. */
export async function ingested(engine: TestEngine, caseId: CaseId, paths: readonly string[], workers?: number): Promise<IngestJob> {
  const { job } = await engine.call('ingest.start', { case: caseId, paths: [...paths], ...(workers === undefined ? {} : { workers }) });
  return engine.call('ingest.watch', { case: caseId, job });
}
