import type { CdpSession } from './cdp.ts';
import type { Wire } from './codec.ts';
import { codec } from './node-codec.ts';
import { PortHost } from './port-host.ts';
import { traced } from './trace.ts';
import { cutIntoPieces } from './wire.ts';
import type { DownFrame, PortFrame, UpFrame } from './wire.ts';

type PageFrame = Exclude<UpFrame, PortFrame>;

/** Calls on the way to Chromium at once: enough to keep it busy, few enough never to fill its pipe. */
const maxInFlight = 8;
const batchLength = 1 << 20;

/**
 * The line to one document's preload world: ordered both ways, cut into pieces that Chromium's pipe can take.
 * Frames sent before the document has booted wait for it. A page gets a new link with every document.
 */
export class PageLink {
  readonly contextId: number;
  /** The ports that this document holds. */
  readonly ports: PortHost;
  readonly #session: CdpSession;
  readonly #onFrame: (frame: PageFrame) => void;
  readonly #frames: string[] = [];
  readonly #pieces: string[] = [];
  #incoming: string[] = [];
  #inFlight = 0;
  #isBooted = false;
  #isFlushScheduled = false;
  #isDisposed = false;
  #idle: (() => void)[] = [];

  constructor(session: CdpSession, contextId: number, onFrame: (frame: PageFrame) => void) {
    this.#session = session;
    this.contextId = contextId;
    this.#onFrame = onFrame;
    this.ports = new PortHost((frame) => {
      this.send(frame.t === 'port-message' ? { ...frame, data: codec.encode(frame.data) } : frame);
    });
  }

  /** Takes one piece of what the page sends. */
  receive(piece: string): void {
    if (this.#isDisposed) return;
    this.#incoming.push(piece.slice(1));
    if (piece.startsWith('+')) {
      this.send({ t: 'ack', pieces: 1 });
      return;
    }
    const frame = JSON.parse(this.#incoming.join('')) as UpFrame;
    this.#incoming = [];
    if (frame.t === 'port-message') this.ports.receive({ ...frame, data: codec.decode(frame.data) });
    else if (frame.t === 'port-close') this.ports.receive(frame);
    else {
      if (frame.t === 'boot') {
        this.#isBooted = true;
        this.#scheduleFlush();
      }
      this.#onFrame(frame);
    }
  }

  /** Queues a frame; frames of one turn travel together. */
  send(frame: DownFrame): void {
    if (this.#isDisposed) return;
    this.#frames.push(JSON.stringify(frame));
    this.#scheduleFlush();
  }

  /** Queues a frame and settles when the document has it, or is gone. */
  async deliver(frame: DownFrame): Promise<void> {
    if (this.#isDisposed || !this.#isBooted) return;
    this.send(frame);
    await new Promise<void>((resolve) => this.#idle.push(resolve));
  }

  /** The document is gone: its ports close, and nothing more is sent. */
  dispose(): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    this.#frames.length = 0;
    this.#pieces.length = 0;
    this.ports.closeAll();
    this.#reportIdle();
  }

  /** Encodes arguments for the wire. */
  static encode(value: unknown): Wire {
    return codec.encode(value);
  }

  #scheduleFlush(): void {
    if (!this.#isBooted || this.#isFlushScheduled) return;
    this.#isFlushScheduled = true;
    setImmediate(() => {
      this.#isFlushScheduled = false;
      this.#flush();
    });
  }

  #flush(): void {
    let batch: string[] = [];
    let length = 0;
    const close = (): void => {
      if (batch.length > 0) for (const piece of cutIntoPieces(`[${batch.join(',')}]`)) this.#pieces.push(piece);
      batch = [];
      length = 0;
    };
    for (const frame of this.#frames.splice(0)) {
      if (length > 0 && length + frame.length > batchLength) close();
      batch.push(frame);
      length += frame.length;
    }
    close();
    this.#pump();
  }

  #pump(): void {
    while (this.#inFlight < maxInFlight && this.#pieces.length > 0) {
      this.#inFlight += 1;
      const piece = this.#pieces.shift() as string;
      void this.#session
        .send('Runtime.callFunctionOn', { functionDeclaration: 'function (piece) { __standin_receive(piece); }', executionContextId: this.contextId, arguments: [{ value: piece }], silent: true })
        .catch(traced('down'))
        .finally(() => {
          this.#inFlight -= 1;
          this.#pump();
        });
    }
    if (this.#inFlight === 0 && this.#frames.length === 0) this.#reportIdle();
  }

  #reportIdle(): void {
    for (const resolve of this.#idle.splice(0)) resolve();
  }
}
