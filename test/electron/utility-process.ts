import { fork as forkNode } from 'node:child_process';
import type { ChildProcess, StdioOptions } from 'node:child_process';
import { EventEmitter } from 'node:events';
import os from 'node:os';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import type Electron from 'electron';
import { app } from './app.ts';
import { createEvent } from './cancelable-event.ts';
import { takeEnds } from './message-port-main.ts';
import type { MessagePortMain } from './message-port-main.ts';
import { PortHost } from './port-host.ts';
import { strict, strictClass } from './strict.ts';
import { trace } from './trace.ts';
import type { UtilityFrame } from './utility-frames.ts';

const bootstrap = pathToFileURL(path.join(import.meta.dirname, 'utility-child.ts')).href;
const running = new Set<UtilityProcess>();

function stdioOf(stdio: Electron.ForkOptions['stdio']): StdioOptions {
  const [, out = 'inherit', error = 'inherit'] = Array.isArray(stdio) ? stdio : ['ignore', stdio ?? 'inherit', stdio ?? 'inherit'];
  const known = (item: unknown): 'pipe' | 'ignore' | 'inherit' => {
    if (item === 'pipe' || item === 'ignore' || item === 'inherit') return item;
    throw new TypeError('Invalid stdio value for utilityProcess.fork');
  };
  return ['ignore', known(out), known(error), 'ipc'];
}

/** Electron's UtilityProcess: a Node child whose process.parentPort is there before its entry runs. */
export class UtilityProcess extends EventEmitter {
  readonly stdout: Readable | null;
  readonly stderr: Readable | null;
  pid: number | undefined;
  readonly #child: ChildProcess;
  readonly #ports: PortHost;
  readonly #name: string;

  constructor(entry: string, args: readonly string[], options: Electron.ForkOptions) {
    super();
    this.#name = options.serviceName ?? 'Node Utility Process';
    this.#child = forkNode(entry, args, {
      cwd: options.cwd ?? process.cwd(), env: (options.env ?? process.env) as NodeJS.ProcessEnv, serialization: 'advanced', execPath: process.execPath,
      execArgv: ['--disable-warning=ExperimentalWarning', ...(options.execArgv ?? []), '--import', bootstrap], stdio: stdioOf(options.stdio),
    });
    this.stdout = this.#child.stdout;
    this.stderr = this.#child.stderr;
    this.#ports = new PortHost((frame) => this.#send(frame));
    running.add(this);
    this.#child.on('spawn', () => {
      this.pid = this.#child.pid;
      this.emit('spawn');
    });
    this.#child.on('message', (message) => this.#receive(message as UtilityFrame));
    this.#child.on('error', (error) => trace(this.#name, error));
    this.#child.on('exit', (code, signal) => this.#onExit(code, signal));
  }

  postMessage(message: unknown, transfer: MessagePortMain[] = []): void {
    const data: unknown = structuredClone(message);
    this.#send({ t: 'message', data, ports: this.#ports.give(takeEnds(transfer)) });
  }

  /** Asks the child to end with SIGTERM; false when it has ended already. */
  kill(): boolean {
    return this.#child.kill();
  }

  #send(frame: UtilityFrame): void {
    if (!this.#child.connected) return;
    this.#child.send(frame, (error) => { if (error) trace(this.#name, error); });
  }

  #receive(frame: UtilityFrame): void {
    if (frame.t === 'message') this.emit('message', frame.data);
    else this.#ports.receive(frame);
  }

  #onExit(code: number | null, signal: NodeJS.Signals | null): void {
    running.delete(this);
    this.#ports.closeAll();
    this.pid = undefined;
    const exitCode = code ?? (signal ? os.constants.signals[signal] : 0);
    this.emit('exit', exitCode);
    if (exitCode === 0 || app.isLeaving) return;
    const reason = signal === null ? 'abnormal-exit' : signal === 'SIGKILL' || signal === 'SIGTERM' ? 'killed' : 'crashed';
    app.emit('child-process-gone', createEvent(), { type: 'Utility', reason, exitCode, serviceName: 'node.mojom.NodeService', name: this.#name });
  }
}
strictClass('UtilityProcess', UtilityProcess);

/** Electron's utilityProcess module. */
export const utilityProcess = strict('utilityProcess', {
  fork(entry: string, args: string[] = [], options: Electron.ForkOptions = {}): UtilityProcess {
    if (!app.isUp) throw new Error('utilityProcess cannot be created before app is ready.');
    return new UtilityProcess(entry, args, options);
  },
});

app.on('quit', () => {
  for (const child of running) child.kill();
});
