import { availableParallelism, totalmem } from 'node:os';
import { AppError } from '../../base/errors.ts';
import type { ModelFiles, ModelRow } from '../../store/index.ts';
import type { ProcessHost } from '../../work/index.ts';
import { planContext, type ContextPlan } from './context-plan.ts';
import { startModelChild, type ChildEvent, type ChildPatience, type ModelChild } from './model-child.ts';
import type { AnswerOrder, LoadedModel } from './model-protocol.ts';
import { createTurns, type Urgency } from './turns.ts';

/** A registered model and how much of it to use. `wantedTokens` null leaves the context to the file and the computer. */
export interface ModelUse {
  readonly model: Pick<ModelRow, 'name' | 'sha256' | 'kind' | 'sizeBytes' | 'contextTokens' | 'contextTokenBytes'>;
  readonly wantedTokens: number | null;
}

/** Runs model files of the vault, one at a time, each in a process of its own that starts with the first use. */
export interface ModelRuntime {
  /** Throws model.damaged, endpoint.* or the signal's reason. Leaving the loop early stops the model. */
  readonly answer: (use: ModelUse, order: AnswerOrder, patience: ChildPatience, urgency: Urgency, signal: AbortSignal) => AsyncGenerator<ChildEvent, void, undefined>;
  /** One vector for each text. Throws as `answer`. */
  readonly embed: (use: ModelUse, texts: readonly string[], patience: ChildPatience, urgency: Urgency, signal: AbortSignal) => Promise<readonly Float32Array[]>;
  /**
   * How many tokens each text has for the model. It waits for no turn: where the model is loaded it is asked whatever it is at, and where none is at work it is
   * loaded. Null where another model is at work, or the process does not say. Throws as `answer`.
   */
  readonly count: (use: ModelUse, texts: readonly string[], signal: AbortSignal) => Promise<readonly number[] | null>;
  /** Loads without a task and says what was loaded. Throws as `answer`. */
  readonly load: (use: ModelUse, signal: AbortSignal) => Promise<LoadedModel>;
  /** Has a process of its own load a file that is not registered, every weight checked, and ends it. Throws as `answer`. */
  readonly check: (use: ModelUse, file: string, signal: AbortSignal) => Promise<void>;
  /** Ends the process when it has this file loaded: before the file is removed. */
  readonly unload: (sha256: string) => Promise<void>;
  /** Id of the process that runs now; null when none does. */
  readonly pid: () => Promise<number | null>;
  /** Ends the process and refuses what comes after; what is under way fails. */
  readonly close: () => Promise<void>;
}

/** Options of createModelRuntime. */
export interface ModelRuntimeOptions {
  readonly host: ProcessHost;
  readonly files: ModelFiles;
  /** How long a model stays loaded that nobody asks. */
  readonly idleMs?: number;
}

const usualIdleMs = 5 * 60_000;
/** llama.cpp's threads spin while they wait for each other: with one for each core, any other busy process slows them down a hundredfold. */
const threads = Math.max(1, availableParallelism() - 1);

/** A runtime with nothing started. */
export function createModelRuntime({ host, files, idleMs = usualIdleMs }: ModelRuntimeOptions): ModelRuntime {
  let current: { readonly key: string; readonly child: ModelChild; isReady: boolean } | null = null;
  let idle: NodeJS.Timeout | null = null;
  const closing = new AbortController();

  const endCurrent = async (): Promise<void> => {
    const ending = current;
    current = null;
    await ending?.child.end();
  };
  const turns = createTurns(() => {
    idle = setTimeout(() => void endCurrent(), idleMs).unref();
  });
  const keyOf = (use: ModelUse): string => `${use.model.sha256} ${planOf(use).contextTokens}`;
  const planOf = ({ model, wantedTokens }: ModelUse): ContextPlan => planContext({ trainedTokens: model.contextTokens, wantedTokens, tokenBytes: model.contextTokenBytes, fileBytes: model.sizeBytes, totalMemoryBytes: totalmem() });
  const start = (use: ModelUse, file: string, { contextTokens, memoryMb }: ContextPlan, checksTensors: boolean): ModelChild => startModelChild({ host, name: use.model.name, order: { file, kind: use.model.kind, contextTokens, threads, checksTensors }, memoryMb });

  /** The process that has the model loaded: the one that runs, or another in its place. */
  const childFor = async (use: ModelUse, signal: AbortSignal): Promise<{ readonly child: ModelChild; readonly loaded: LoadedModel }> => {
    const plan = planOf(use);
    const key = keyOf(use);
    if (current?.key !== key || !current.child.isAlive()) {
      await endCurrent();
      await files.verify(use.model.sha256, signal);
      signal.throwIfAborted();
      const started = { key, child: start(use, files.path(use.model.sha256), plan, false), isReady: false };
      current = started;
      const { child } = started;
      try {
        const loaded = await child.loaded(signal);
        await files.verify(use.model.sha256, signal); // what was loaded is what was looked at: nobody changed the file in between
        started.isReady = true;
        return { child, loaded };
      } catch (error) {
        await endCurrent(); // what was not looked at to the end answers nothing
        throw error;
      }
    }
    return { child: current.child, loaded: await current.child.loaded(signal) };
  };
  /** Takes the turn; the idle clock stands still meanwhile. */
  const take = async (urgency: Urgency, signal: AbortSignal): Promise<() => void> => {
    const giveBack = await turns.take(urgency, signal);
    if (idle !== null) clearTimeout(idle);
    idle = null;
    return giveBack;
  };
  const withLock = (signal: AbortSignal): AbortSignal => AbortSignal.any([signal, closing.signal]);

  return {
    answer: async function* (use, order, patience, urgency, outer) {
      const signal = withLock(outer);
      const giveBack = await take(urgency, signal);
      try {
        const { child } = await childFor(use, signal);
        yield* child.answer(order, patience, signal);
      } finally {
        giveBack();
      }
    },
    embed: async (use, texts, patience, urgency, outer) => {
      const signal = withLock(outer);
      const giveBack = await take(urgency, signal);
      try {
        const { child } = await childFor(use, signal);
        return await child.embed(texts, patience, signal);
      } finally {
        giveBack();
      }
    },
    count: async (use, texts, outer) => {
      const signal = withLock(outer);
      signal.throwIfAborted();
      if (current?.isReady === true && current.child.isAlive() && current.key === keyOf(use)) return current.child.count(texts, signal);
      if (turns.isTaken()) return null;
      const giveBack = await take('interactive', signal);
      try {
        const { child } = await childFor(use, signal);
        return await child.count(texts, signal);
      } finally {
        giveBack();
      }
    },
    load: async (use, outer) => {
      const signal = withLock(outer);
      const giveBack = await take('interactive', signal);
      try {
        return (await childFor(use, signal)).loaded;
      } finally {
        giveBack();
      }
    },
    check: async (use, file, outer) => {
      const signal = withLock(outer);
      const giveBack = await take('background', signal);
      try {
        await endCurrent(); // two models at once may not fit
        const child = start(use, file, planContext({ trainedTokens: use.model.contextTokens, wantedTokens: 512, tokenBytes: use.model.contextTokenBytes, fileBytes: use.model.sizeBytes, totalMemoryBytes: totalmem() }), true);
        try {
          await child.loaded(signal);
        } finally {
          await child.end();
        }
      } finally {
        giveBack();
      }
    },
    unload: async (sha256) => {
      if (current?.key.startsWith(`${sha256} `) === true) await endCurrent();
    },
    pid: async () => (current === null || !current.child.isAlive() ? null : await current.child.pid()),
    close: async () => {
      const locked = new AppError('vault.locked', 'The vault was locked.');
      closing.abort(locked);
      turns.close(locked);
      if (idle !== null) clearTimeout(idle);
      await endCurrent();
    },
  };
}
