import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { FromFullRun, FullRunOrder } from './full-run-messages.ts';

type Of<T extends FromFullRun['t']> = Extract<FromFullRun, { t: T }>;

/** A full run in a process of its own. */
export interface FullRun {
  /** Resolves when everything was done and the vault is still open. */
  readonly open: () => Promise<Of<'open'>>;
  /** Lets it close the vault, and resolves when the process has ended. */
  readonly closed: () => Promise<Of<'closed'>>;
  /** All it wrote to standard output and standard error. */
  readonly output: () => string;
}

/** Starts a full run. `preload` is loaded before anything else; `env` is added to this process's own. */
export function startFullRun(order: FullRunOrder, options: { readonly preload?: URL; readonly env?: Readonly<Record<string, string>> } = {}): FullRun {
  const child = fork(fileURLToPath(new URL('full-run.ts', import.meta.url)), [JSON.stringify(order)], {
    execArgv: options.preload === undefined ? [] : ['--import', options.preload.href],
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const output: Buffer[] = [];
  child.stdout?.on('data', (piece: Buffer) => output.push(piece));
  child.stderr?.on('data', (piece: Buffer) => output.push(piece));
  const text = (): string => Buffer.concat(output).toString();
  const heard = <T extends FromFullRun['t']>(wanted: T): Promise<Of<T>> => new Promise((resolve, reject) => {
    child.on('message', (message) => {
      const told = message as FromFullRun; // our own program
      if (told.t === wanted) resolve(told as Of<T>);
      if (told.t === 'failed') reject(new Error(told.message));
    });
    child.once('exit', (code) => reject(new Error(`the run ended with ${String(code)}: ${text()}`)));
  });
  const open = heard('open');
  const closed = heard('closed');
  closed.catch(() => undefined); // told to whoever waits for it
  const ended = new Promise<void>((resolve) => { child.once('close', () => resolve()); });
  return {
    open: () => open,
    closed: async () => {
      child.send({ t: 'close' });
      const told = await closed;
      await ended;
      return told;
    },
    output: text,
  };
}
