import { EventEmitter } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import type { Protocol } from '../../node_modules/playwright-core/types/protocol.d.ts';

export type { Protocol };
type Commands = Protocol.CommandParameters;
type Method = keyof Commands;
type Answer<M extends Method> = Protocol.CommandReturnValues[M];
type EventName = keyof Protocol.Events;

interface Waiting {
  readonly method: string;
  resolve(result: unknown): void;
  reject(error: Error): void;
}

interface Incoming {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly sessionId?: string;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

/** A client of Chromium's --remote-debugging-pipe: NUL-terminated JSON over two streams. Emits `close` once. */
export class CdpConnection {
  readonly #out: Writable;
  readonly #waitingById = new Map<number, Waiting>();
  readonly #events = new EventEmitter().setMaxListeners(0);
  #fragments: Buffer[] = [];
  #lastId = 0;
  #isClosed = false;

  constructor(out: Writable, input: Readable) {
    this.#out = out;
    input.on('data', (bytes: Buffer) => this.#read(bytes));
    input.on('close', () => this.#close());
    out.on('error', () => this.#close());
  }

  /** Whether Chromium has gone. */
  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Sends one command; rejects with the protocol's message, or when Chromium goes away first. */
  send<M extends Method>(method: M, params?: Commands[M], sessionId?: string): Promise<Answer<M>> {
    if (this.#isClosed) return Promise.reject(new Error(`${method}: Chromium has closed`));
    return new Promise((resolve, reject) => {
      const id = ++this.#lastId;
      this.#waitingById.set(id, { method, resolve: (result) => resolve(result as Answer<M>), reject });
      this.#out.write(`${JSON.stringify({ id, method, params: params ?? {}, sessionId })}\0`);
    });
  }

  /** Listens to an event of the browser itself, or of one session when its id is given. */
  on<E extends EventName>(event: E, listener: (params: Protocol.Events[E]) => void, sessionId = ''): void {
    this.#events.on(`${sessionId}:${event}`, listener);
  }

  /** Calls back once when the pipe has closed. */
  onClose(listener: () => void): void {
    this.#events.once('close', listener);
  }

  /** The commands and events of one attached target. */
  session(sessionId: string): CdpSession {
    return {
      id: sessionId,
      send: (method, params) => this.send(method, params, sessionId),
      on: (event, listener) => this.on(event, listener, sessionId),
    };
  }

  #read(bytes: Buffer): void {
    let start = 0;
    for (let end = bytes.indexOf(0); end >= 0; end = bytes.indexOf(0, start)) {
      this.#fragments.push(bytes.subarray(start, end));
      start = end + 1;
      const text = Buffer.concat(this.#fragments).toString();
      this.#fragments = [];
      this.#dispatch(JSON.parse(text) as Incoming);
    }
    if (start < bytes.length) this.#fragments.push(bytes.subarray(start));
  }

  #dispatch(message: Incoming): void {
    if (message.id === undefined) {
      this.#events.emit(`${message.sessionId ?? ''}:${message.method ?? ''}`, message.params);
      return;
    }
    const waiting = this.#waitingById.get(message.id);
    this.#waitingById.delete(message.id);
    if (message.error) waiting?.reject(new Error(`${waiting.method}: ${message.error.message}`));
    else waiting?.resolve(message.result);
  }

  #close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    for (const waiting of this.#waitingById.values()) waiting.reject(new Error(`${waiting.method}: Chromium has closed`));
    this.#waitingById.clear();
    this.#events.emit('close');
  }
}

/** One attached target of a connection. */
export interface CdpSession {
  readonly id: string;
  send<M extends Method>(method: M, params?: Commands[M]): Promise<Answer<M>>;
  on<E extends EventName>(event: E, listener: (params: Protocol.Events[E]) => void): void;
}
