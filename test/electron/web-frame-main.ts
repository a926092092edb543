import { EventEmitter } from 'node:events';
import { originOf } from './address.ts';
import type { MessagePortMain } from './message-port-main.ts';
import { strictClass } from './strict.ts';

/** What a frame is made of: its address and the way to its document. */
export interface FrameOwner {
  address(): string;
  isGone(): boolean;
  post(channel: string, args: unknown[], transfer: readonly MessagePortMain[]): void;
  evaluate(code: string): Promise<unknown>;
  processId(): number;
}

/** Electron's WebFrameMain, for a page's main frame only: subframes get no preload and so never send. */
export class WebFrameMain extends EventEmitter {
  readonly parent = null;
  readonly frames: readonly WebFrameMain[] = [];
  readonly routingId = 1;
  readonly name = '';
  readonly #owner: FrameOwner;

  constructor(owner: FrameOwner) {
    super();
    this.#owner = owner;
  }

  get url(): string {
    return this.#owner.address();
  }

  get origin(): string {
    return originOf(this.url);
  }

  get top(): WebFrameMain {
    return this;
  }

  get processId(): number {
    return this.#owner.processId();
  }

  get osProcessId(): number {
    return this.#owner.processId();
  }

  get detached(): boolean {
    return this.#owner.isGone();
  }

  isDestroyed(): boolean {
    return this.#owner.isGone();
  }

  send(channel: string, ...args: unknown[]): void {
    this.#owner.post(channel, args, []);
  }

  postMessage(channel: string, message: unknown, transfer: MessagePortMain[] = []): void {
    this.#owner.post(channel, [message], transfer);
  }

  executeJavaScript(code: string): Promise<unknown> {
    return this.#owner.evaluate(code);
  }
}
strictClass('WebFrameMain', WebFrameMain);
