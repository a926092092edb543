import { PortEnd } from './port-end.ts';

/** What a host's transport carries about ports; `data` is encoded by the transport. */
export type HostFrame =
  | { readonly t: 'port-message'; readonly id: string; readonly data: unknown; readonly ports: readonly string[] }
  | { readonly t: 'port-close'; readonly id: string };

/**
 * The ports that one page or one utility process holds: for each, the end in the main process that relays to it.
 * When the holder dies, {@link closeAll} tells every far end.
 */
export class PortHost {
  readonly #endsById = new Map<string, PortEnd>();
  readonly #post: (frame: HostFrame) => void;
  readonly #idPrefix: string;
  #lastId = 0;

  /** The prefix sets the ids minted at this side of the transport apart from the other side's. */
  constructor(post: (frame: HostFrame) => void, idPrefix = 'main') {
    this.#post = post;
    this.#idPrefix = idPrefix;
  }

  /** Hands ends over to the holder and returns the ids it will know them by. */
  give(ends: readonly PortEnd[]): string[] {
    return ends.map((end) => {
      const id = `${this.#idPrefix}-${++this.#lastId}`;
      this.#relay(id, end);
      return id;
    });
  }

  /** Takes over ports that the holder handed out, by the ids it minted. */
  take(ids: readonly string[]): PortEnd[] {
    return ids.map((id) => {
      const [relay, local] = PortEnd.pair();
      this.#relay(id, relay);
      return local;
    });
  }

  /** The holder posted on one of its ports, or closed it. */
  receive(frame: HostFrame): void {
    const end = this.#endsById.get(frame.id);
    if (frame.t === 'port-message') {
      const ports = this.take(frame.ports);
      end?.post({ data: frame.data, ports });
      return;
    }
    this.#endsById.delete(frame.id);
    end?.disconnect();
  }

  /** The holder is gone. */
  closeAll(): void {
    for (const end of this.#endsById.values()) end.disconnect();
    this.#endsById.clear();
  }

  #relay(id: string, end: PortEnd): void {
    this.#endsById.set(id, end);
    end.connect({
      deliver: ({ data, ports }) => this.#post({ t: 'port-message', id, data, ports: this.give(ports) }),
      disconnected: () => {
        if (this.#endsById.delete(id)) this.#post({ t: 'port-close', id });
      },
    });
  }
}
