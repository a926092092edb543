// Loaded into every utility process before its entry: process.parentPort over Node's child process channel.
import { EventEmitter } from 'node:events';
import { answerElectronWith } from './electron-resolution.ts';
import { MessagePortMain, takeEnds } from './message-port-main.ts';
import { PortHost } from './port-host.ts';
import { missingExport, strictClass } from './strict.ts';
import type { UtilityFrame } from './utility-frames.ts';

const sendToMain = process.send?.bind(process);
if (!sendToMain) throw new Error('stand-in: a utility process needs its channel to the main process');
const send = (frame: UtilityFrame): void => {
  if (process.connected) sendToMain(frame);
};
// Ports that this side mints must not be taken for the main process's, so the ids differ by their prefix there.
const ports = new PortHost(send, 'utility');

interface ParentMessage {
  readonly data: unknown;
  readonly ports: readonly MessagePortMain[];
}

/** Electron's ParentPort: what came before the first listener waits for it. */
class ParentPort extends EventEmitter {
  #early: ParentMessage[] | null = [];

  constructor() {
    super();
    this.on('newListener', (event) => {
      if (event === 'message' && this.#early) setImmediate(() => this.#start());
    });
  }

  postMessage(message: unknown, transfer: MessagePortMain[] = []): void {
    const data: unknown = structuredClone(message);
    send({ t: 'message', data, ports: ports.give(takeEnds(transfer)) });
  }

  /** Hands on a message, or keeps it for the first listener. */
  receive(message: ParentMessage): void {
    if (this.#early) this.#early.push(message);
    else this.emit('message', message);
  }

  #start(): void {
    const early = this.#early ?? [];
    this.#early = null;
    for (const message of early) this.emit('message', message);
  }
}
strictClass('parentPort', ParentPort);

const parentPort = new ParentPort();
process.on('message', (message) => {
  const frame = message as UtilityFrame;
  if (frame.t === 'message') parentPort.receive({ data: frame.data, ports: ports.take(frame.ports).map((end) => new MessagePortMain(end)) });
  else ports.receive(frame);
});
process.on('disconnect', () => process.exit(0)); // the main process is gone, however it went
Object.defineProperty(process, 'parentPort', { value: parentPort, enumerable: true });
Object.defineProperty(process, 'type', { value: 'utility', enumerable: true });
Object.defineProperty(process, 'send', { value: undefined });
Object.defineProperty(process.versions, 'electron', { value: 'stand-in', enumerable: true });
answerElectronWith({ net: missingExport('net'), systemPreferences: missingExport('systemPreferences'), MessageChannelMain: missingExport('MessageChannelMain') });
