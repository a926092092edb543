/**
 * Makes a thread look like a utility process to the program it runs: a parent port that hands over the channel. `workerData.file` is the
 * program; the thread's own first message carries the channel's port.
 */
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';

type Listener = (event: { readonly data: unknown; readonly ports: readonly unknown[] }) => void;
const waiting: { readonly data: unknown; readonly ports: readonly unknown[] }[] = [];
let heard: Listener | null = null;

function utilityPort(port: MessagePort): unknown {
  return {
    postMessage: (message: unknown) => port.postMessage(message),
    on: (event: 'message' | 'close', listener: (event: { readonly data: unknown }) => void) => port.on(event, (data?: unknown) => listener({ data })),
    start: () => port.start(),
  };
}

parentPort?.once('message', ({ port }: { readonly port: MessagePort }) => {
  const event = { data: { t: 'port' }, ports: [utilityPort(port)] };
  if (heard === null) waiting.push(event);
  else heard(event);
});
Object.defineProperty(process, 'parentPort', {
  value: {
    on: (_event: 'message', listener: Listener) => {
      heard = listener;
      for (const event of waiting.splice(0)) listener(event);
    },
  },
});
await import(pathToFileURL((workerData as { readonly file: string }).file).href);
