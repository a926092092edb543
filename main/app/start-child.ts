import { join } from 'node:path';
import { app, MessageChannelMain, utilityProcess } from 'electron';
import { childEnvironment } from './child-environment.ts';
import type { ChildKind, ChildProcess, ChildStarter } from './engine-process.ts';

/** File and name of everything that is started. */
const programs: Readonly<Record<ChildKind['entry'], { readonly file: string; readonly serviceName: string }>> = {
  engine: { file: 'engine.js', serviceName: 'Redoubt engine' },
  extract: { file: 'extract.worker.js', serviceName: 'Redoubt extractor' },
  ocr: { file: 'ocr.worker.js', serviceName: 'Redoubt OCR' },
  model: { file: 'model.worker.js', serviceName: 'Redoubt model' },
};

/** Starts the bundled entries of a folder as utility processes. Their output is shown in development and dropped in a package. */
export function createChildStarter(entriesFolder: string): ChildStarter {
  return {
    start: (kind) => start(kind, entriesFolder),
    channel: () => {
      const { port1, port2 } = new MessageChannelMain();
      return [port1, port2];
    },
  };
}

function start(kind: ChildKind, entriesFolder: string): ChildProcess {
  const { file, serviceName } = programs[kind.entry];
  const child = utilityProcess.fork(join(entriesFolder, file), [], {
    serviceName,
    env: childEnvironment(process.env),
    execArgv: kind.entry === 'engine' ? [] : [`--max-old-space-size=${Math.round(kind.heapMb)}`],
    stdio: app.isPackaged ? 'ignore' : 'inherit',
  });
  let wasEnded = false;
  // V8 running out of memory is reported here before the exit; without a listener it would take the shell down too.
  child.on('error', () => {});
  return {
    get pid() {
      return child.pid;
    },
    postMessage: (message, ports = []) => child.postMessage(message, ports),
    end: () => {
      wasEnded = true;
      // kill() asks politely on POSIX, and a busy event loop does not answer.
      if (child.pid === undefined) child.once('spawn', () => endNow(child));
      else endNow(child);
    },
    onMessage: (listener) => {
      child.on('message', listener);
    },
    onStarted: (listener) => {
      child.once('spawn', listener);
    },
    onExit: (listener) => {
      child.once('exit', (code) => listener(wasEnded ? null : code));
    },
  };
}

function endNow(child: Electron.UtilityProcess): void {
  const { pid } = child;
  if (pid === undefined) return;
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    child.kill(); // gone between the two lines, or not ours to signal: Electron reaps it
  }
}
