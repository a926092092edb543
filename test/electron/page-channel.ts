import type { CdpSession, Protocol } from './cdp.ts';
import { createEvent } from './cancelable-event.ts';
import type { Wire } from './codec.ts';
import { followGrants, grantedFiles } from './file-grants.ts';
import { ipcMain } from './ipc-main.ts';
import { MessagePortMain, takeEnds } from './message-port-main.ts';
import { codec } from './node-codec.ts';
import { PageLink } from './page-link.ts';
import { trace } from './trace.ts';
import type { UpFrame } from './wire.ts';

/** The world that preloads run in. */
export const preloadWorld = 'Electron Isolated Context';

/** The page whose documents are talked to. */
export interface ChannelPage {
  readonly sender: object;
  readonly frame: object;
  onBoot(): void;
  onPreloadError(error: Error): void;
  onWindowOpen(url: string, frameName: string, features: string): void;
  reply(channel: string, args: unknown[]): void;
}

/** The messages of one page: a {@link PageLink} for its current document, ipcMain at this end. */
export class PageChannel {
  readonly #page: ChannelPage;
  #link: PageLink | null = null;
  #unfollow: () => void = () => {};

  constructor(session: CdpSession, mainFrameId: string, page: ChannelPage) {
    this.#page = page;
    session.on('Runtime.executionContextCreated', ({ context }) => {
      const frame = context.auxData as { frameId?: string } | undefined;
      if (context.name === preloadWorld && frame?.frameId === mainFrameId) this.#openLink(session, context.id);
    });
    session.on('Runtime.executionContextDestroyed', ({ executionContextId }) => {
      if (executionContextId === this.#link?.contextId) this.close();
    });
    session.on('Runtime.bindingCalled', (call: Protocol.Runtime.bindingCalledPayload) => {
      if (call.name !== '__standin_send') return;
      // Only the current document of the main frame is heard: a late call of the last one has no sender any more.
      if (call.executionContextId === this.#link?.contextId) this.#link.receive(call.payload);
      else trace('a call from a stale context');
    });
  }

  /** Sends to the current document; lost, and the ports closed, when there is none. */
  post(channel: string, args: unknown[], transfer: readonly MessagePortMain[]): void {
    const encoded = PageLink.encode(args);
    const ends = takeEnds(transfer);
    if (this.#link) this.#link.send({ t: 'send', channel, args: encoded, ports: this.#link.ports.give(ends) });
    else for (const end of ends) end.disconnect();
  }

  /** The document is gone: its ports close. */
  close(): void {
    this.#unfollow();
    this.#link?.dispose();
    this.#link = null;
  }

  #openLink(session: CdpSession, contextId: number): void {
    this.close();
    const link = new PageLink(session, contextId, (frame) => this.#onFrame(link, frame));
    this.#link = link;
    link.send({ t: 'grants', files: grantedFiles() });
    this.#unfollow = followGrants((files) => link.deliver({ t: 'grants', files }));
  }

  #onFrame(link: PageLink, frame: UpFrame): void {
    const event = (ports: readonly MessagePortMain[]): object => ({
      type: 'frame', sender: this.#page.sender, senderFrame: this.#page.frame, processId: 1, frameId: 1, ports,
      reply: (channel: string, ...args: unknown[]) => this.#page.reply(channel, args),
      preventDefault: createEvent().preventDefault,
      get returnValue(): never { throw new Error('stand-in: ipcRenderer.sendSync is not implemented'); },
    });
    switch (frame.t) {
      case 'boot': this.#page.onBoot(); break;
      case 'preload-error': this.#page.onPreloadError(Object.assign(new Error(frame.message), { stack: frame.stack })); break;
      case 'window-open': this.#page.onWindowOpen(frame.url, frame.frameName, frame.features); break;
      case 'send': ipcMain.emit(frame.channel, event([]), ...(codec.decode(frame.args) as unknown[])); break;
      case 'post': {
        const ports = link.ports.take(frame.ports).map((end) => new MessagePortMain(end));
        ipcMain.emit(frame.channel, event(ports), codec.decode(frame.message));
        break;
      }
      case 'invoke': void this.#answer(link, frame.id, frame.channel, event([]), frame.args); break;
      default: trace('an unexpected frame', frame.t);
    }
  }

  async #answer(link: PageLink, id: number, channel: string, event: object, args: Wire): Promise<void> {
    try {
      const value = await ipcMain.answer(channel, event, codec.decode(args) as unknown[]);
      link.send({ t: 'reply', id, value: codec.encode(value) });
    } catch (error) {
      link.send({ t: 'reply', id, error: `Error invoking remote method '${channel}': ${String(error)}` });
    }
  }
}
