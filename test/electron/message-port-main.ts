import { EventEmitter } from 'node:events';
import { PortEnd } from './port-end.ts';
import { strictClass } from './strict.ts';

/** The main process's hold on one end of a channel; emits `message` ({data, ports}) once started, and `close` when the other end goes. */
export class MessagePortMain extends EventEmitter {
  #end: PortEnd | null;

  constructor(end: PortEnd) {
    super();
    this.#end = end;
  }

  /** Clones the message at once, so later changes by the sender are not seen. */
  postMessage(message: unknown, transfer: MessagePortMain[] = []): void {
    const data: unknown = structuredClone(message);
    const ports = takeEnds(transfer);
    this.#end?.post({ data, ports });
  }

  start(): void {
    this.#end?.connect({
      deliver: ({ data, ports }) => this.emit('message', { data, ports: ports.map((end) => new MessagePortMain(end)) }),
      disconnected: () => {
        this.#end = null;
        this.emit('close');
      },
    });
  }

  close(): void {
    this.#end?.disconnect();
    this.#end = null;
  }

  /** Takes the end out of this object to hand it to somebody else; the object is inert afterwards. */
  static takeEnd(port: MessagePortMain): PortEnd {
    const end = port.#end;
    if (!end) throw new TypeError('Port at index 0 is already neutered');
    end.connect(null);
    port.#end = null;
    return end;
  }
}

/** Takes the ends out of a transfer list. */
export function takeEnds(transfer: readonly MessagePortMain[]): PortEnd[] {
  return transfer.map((port) => {
    if (!(port instanceof MessagePortMain)) throw new TypeError('Invalid value for transfer');
    return MessagePortMain.takeEnd(port);
  });
}

/** Two entangled ports in the main process. */
export class MessageChannelMain {
  readonly port1: MessagePortMain;
  readonly port2: MessagePortMain;

  constructor() {
    const [first, second] = PortEnd.pair();
    this.port1 = new MessagePortMain(first);
    this.port2 = new MessagePortMain(second);
  }
}

strictClass('MessagePortMain', MessagePortMain);
strictClass('MessageChannelMain', MessageChannelMain);
