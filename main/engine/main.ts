/**
 * Entry of the engine's process under the shell: a utility process whose parentPort speaks shell-link.ts. Windows come as ports.
 * The process ends itself when it is told to stop, after the databases are closed.
 */
import type { ToEngine } from '../../preload/contract/define.ts';
import { closeSideDoors, shellProcessHost, type ShellPort } from '../work/index.ts';
import { createEngine } from './create-engine.ts';
import type { Engine } from './server.ts';
import type { EngineToShell, ShellToEngine } from './shell-link.ts';

closeSideDoors();
process.umask(0o077); // whatever is written is for this person alone

const shell = process.parentPort;
const send = (message: EngineToShell): void => shell.postMessage(message);

let engine: (Engine & { readonly isOpen: () => boolean }) | null = null;
const childListeners: ((message: { readonly t: string }, port: ShellPort | null) => void)[] = [];

function start(vaultFolder: string): void {
  const host = shellProcessHost({ send, onMessage: (listener) => childListeners.push(listener) });
  const fresh = createEngine({
    vaultFolder,
    host,
    onEvent: (event) => {
      if (event.topic === 'vault') send({ t: 'vault', state: fresh.isOpen() ? 'open' : 'locked' });
    },
  });
  engine = fresh;
  send({ t: 'ready' });
}

/** A window's port in the shape of the transport. */
function serve(port: Electron.MessagePortMain): void {
  engine?.serve({
    post: (message) => port.postMessage(message),
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- checked by the server, field by field
    onMessage: (listener) => port.on('message', (event) => listener(event.data as ToEngine)),
    onClose: (listener) => port.on('close', listener),
  });
  port.start();
}

async function stop(): Promise<void> {
  await engine?.close();
  process.exit(0);
}

shell.on('message', (event) => {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the shell is our own code
  const message = event.data as ShellToEngine;
  const [port] = event.ports;
  switch (message.t) {
    case 'start':
      start(message.vaultFolder);
      return;
    case 'frame':
      if (port !== undefined) serve(port);
      return;
    case 'child':
    case 'child-exit':
      for (const listener of childListeners) listener(message, port ?? null);
      return;
    case 'stop':
      void stop();
      return;
  }
});
