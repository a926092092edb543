/** What arrives on a port: already cloned data and the ports that came with it. */
export interface PortMessage {
  readonly data: unknown;
  readonly ports: readonly PortEnd[];
}

/** Whatever a port end delivers to: a script's listeners, or the transport to the process that holds the port now. */
export interface PortSink {
  deliver(message: PortMessage): void;
  disconnected(): void;
}

type Queued = PortMessage | 'disconnected';

/** The far ends of ports that nobody will ever receive hear that they are gone. */
function discard(message: PortMessage): void {
  for (const end of message.ports) end.disconnect();
}

/**
 * One of two entangled ends. Messages and the end of the connection arrive in the order they were sent, in a later turn of
 * the event loop, and wait while no sink is connected, so an end may change hands without losing or reordering any.
 */
export class PortEnd {
  #peer: PortEnd | null = null;
  #queue: Queued[] = [];
  #sink: PortSink | null = null;
  #isScheduled = false;

  /** Two ends, each the other's peer. */
  static pair(): [PortEnd, PortEnd] {
    const [first, second] = [new PortEnd(), new PortEnd()];
    first.#peer = second;
    second.#peer = first;
    return [first, second];
  }

  /** Sends to the peer; does nothing when there is none any more. */
  post(message: PortMessage): void {
    if (this.#peer) this.#peer.#receive(message);
    else discard(message);
  }

  /** Sets who gets what arrives here; null holds it back. */
  connect(sink: PortSink | null): void {
    this.#sink = sink;
    this.#schedule();
  }

  /** Ends the connection; the peer's sink hears of it after everything sent before. */
  disconnect(): void {
    const peer = this.#peer;
    this.#peer = null;
    for (const item of this.#queue.splice(0)) if (item !== 'disconnected') discard(item);
    this.#sink = null;
    if (!peer) return;
    peer.#peer = null;
    peer.#receive('disconnected');
  }

  #receive(item: Queued): void {
    this.#queue.push(item);
    this.#schedule();
  }

  #schedule(): void {
    if (this.#isScheduled || !this.#sink || this.#queue.length === 0) return;
    this.#isScheduled = true;
    setImmediate(() => {
      this.#isScheduled = false;
      this.#drain();
    });
  }

  #drain(): void {
    try {
      while (this.#sink && this.#queue.length > 0) {
        const item = this.#queue.shift() as Queued;
        if (item === 'disconnected') this.#sink.disconnected();
        else this.#sink.deliver(item);
      }
    } finally {
      this.#schedule(); // a listener that throws must not hold up what follows
    }
  }
}
