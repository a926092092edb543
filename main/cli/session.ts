import { resolve } from 'node:path';
import type { CaseInfo } from '../../preload/contract/domains/cases.ts';
import type { WireError } from '../../preload/contract/errors.ts';
import type { Input, Output, Progress, RouteName } from '../../preload/contract/routes.ts';
import { createEngine, type Engine } from '../engine/index.ts';
import { nodeProcessHost } from '../work/index.ts';
import { readPassphrase } from './passphrase.ts';
import { needOption, stringOption, UsageError, type CliIo, type Options } from './options.ts';

/** A route answered with an error. */
export class CallFailure extends Error {
  readonly error: WireError;

  constructor(error: WireError) {
    super(error.message);
    this.error = error;
  }
}

/** The engine for one verb. `end` closes it. */
export interface Session {
  readonly call: <N extends RouteName>(name: N, input: Input<N>, onProgress?: (value: Progress<N>) => void) => Promise<Output<N>>;
  /** Opens the vault that --vault names. */
  readonly unlock: () => Promise<void>;
  /** Opens the vault and finds the case that --case names by id or name; `resume` takes up jobs that were cut short. Throws CallFailure. */
  readonly openCase: (options?: { readonly resume: boolean }) => Promise<CaseInfo>;
  readonly end: () => Promise<void>;
}

/** A session that creates its engine on first use. A verb that needs no vault gets an engine that stays locked and looks at no folder. */
export function createSession(options: Options, io: CliIo, needsVault: boolean): Session {
  let engine: Engine | null = null;
  const controller = new AbortController();
  const interrupted = (): void => controller.abort(new UsageError('cancelled'));
  process.once('SIGINT', interrupted);
  process.once('SIGTERM', interrupted);

  const call: Session['call'] = async (name, input, onProgress) => {
    engine ??= createEngine({ vaultFolder: resolve(needsVault ? needOption(options, 'vault') : stringOption(options, 'vault') ?? '.'), host: nodeProcessHost() });
    const envelope = await engine.call(name, input, { signal: controller.signal, ...(onProgress === undefined ? {} : { onProgress }) });
    if (!envelope.ok) throw new CallFailure(envelope.error);
    return envelope.data;
  };
  const unlock = async (): Promise<void> => {
    needOption(options, 'vault');
    await call('vault.unlock', { with: 'passphrase', secret: await readPassphrase(options, io) });
  };
  return {
    call,
    unlock,
    openCase: async ({ resume } = { resume: false }) => {
      const wanted = needOption(options, 'case');
      await unlock();
      const { cases } = await call('cases.list', { archived: true });
      const byId = cases.find((info) => info.case === wanted);
      const byName = cases.filter((info) => info.name.toLowerCase() === wanted.toLowerCase());
      const found = byId ?? byName[0];
      if (found === undefined) throw new CallFailure({ code: 'case.unknown', message: 'There is no case of this name or id in the vault.' });
      return call('cases.open', { case: found.case, resume });
    },
    end: async () => {
      process.off('SIGINT', interrupted);
      process.off('SIGTERM', interrupted);
      await engine?.close();
    },
  };
}
