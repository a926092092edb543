import { makeCodec } from '../codec.ts';
import { cutIntoPieces } from '../wire.ts';
import type { DownFrame, GrantedFile, UpFrame } from '../wire.ts';
import { bridgeWorlds } from './bridge.ts';

/** What a sandboxed preload sees of `process`. */
export interface PreloadProcess {
  readonly platform: string;
  readonly arch: string;
  readonly versions: Readonly<Record<string, string | undefined>>;
  readonly argv: readonly string[];
}

/** A preload script wrapped as a CommonJS module. */
export type PreloadModule = (require: (name: string) => unknown, process: object, module: { exports: object }, exports: object) => void;

/**
 * Runs in the preload's isolated world before any page script, by its source text: the renderer half of ipcRenderer,
 * contextBridge, webUtils and message ports, and then the preload itself.
 */
export function isolatedWorld(token: string, preload: PreloadModule, info: PreloadProcess): void {
  if (window !== window.top) return;
  type Listener = (event: { sender: object; ports: MessagePort[] }, ...args: unknown[]) => void;
  interface Base64Bytes { toBase64(): string }
  interface Base64Constructor { fromBase64(text: string): Uint8Array<ArrayBuffer> }
  interface Scope { __standin_send?: (text: string) => void; __standin_receive?: (piece: string) => void }

  const scope = globalThis as unknown as Scope;
  const send = scope.__standin_send;
  delete scope.__standin_send;
  if (!send) throw new Error('stand-in: the preload world has no way to the main process');
  const codec = makeCodec((bytes) => (bytes as unknown as Base64Bytes).toBase64(), (text) => (Uint8Array as unknown as Base64Constructor).fromBase64(text));
  const node = document.createElement('stand-in-bridge');
  const bridge = bridgeWorlds(node, 'isolated');
  window.dispatchEvent(new MouseEvent(token, { relatedTarget: node }));

  const listenersByChannel = new Map<string, { listener: Listener; original: Listener }[]>();
  const pendingById = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  const portsById = new Map<string, MessagePort>();
  let grantedFiles: readonly GrantedFile[] = [];
  let lastId = 0;

  // Long messages go up in pieces with at most maxUnacknowledged on the way, so that Chromium never has to hold them all.
  const maxUnacknowledged = 16;
  const outgoing: string[] = [];
  let unacknowledged = 0;
  const pump = (): void => {
    while (outgoing.length > 0 && unacknowledged < maxUnacknowledged) {
      const piece = outgoing.shift() as string;
      if (piece.startsWith('+')) unacknowledged += 1;
      send(piece);
    }
  };
  const up = (frame: UpFrame): void => {
    for (const piece of cutIntoPieces(JSON.stringify(frame))) outgoing.push(piece);
    pump();
  };

  const adopt = (port: MessagePort): string => {
    const id = `page-${++lastId}`;
    wire(id, port);
    return id;
  };
  const wire = (id: string, port: MessagePort): void => {
    portsById.set(id, port);
    port.onmessage = (event) => up({ t: 'port-message', id, data: codec.encode(event.data), ports: event.ports.map(adopt) });
    port.addEventListener('close', () => {
      if (portsById.delete(id)) up({ t: 'port-close', id });
    });
  };
  const receivePorts = (ids: readonly string[]): MessagePort[] => ids.map((id) => {
    const channel = new MessageChannel();
    wire(id, channel.port1);
    return channel.port2;
  });

  const addListener = (channel: string, listener: Listener, original: Listener): object => {
    const list = listenersByChannel.get(channel) ?? [];
    list.push({ listener, original });
    listenersByChannel.set(channel, list);
    return ipcRenderer;
  };
  const removeListener = (channel: string, listener: Listener): object => {
    const list = listenersByChannel.get(channel) ?? [];
    const index = list.findLastIndex((entry) => entry.original === listener);
    if (index >= 0) listenersByChannel.set(channel, list.toSpliced(index, 1));
    return ipcRenderer;
  };
  const refuse = (member: string) => (): never => {
    throw new Error(`stand-in: ${member} is not implemented`);
  };
  const refuseUnknown = <T extends object>(label: string, object: T): T => new Proxy(object, {
    get(target, key, receiver): unknown {
      if (typeof key === 'symbol' || key in target || key === 'then' || key === 'toJSON') return Reflect.get(target, key, receiver);
      return refuse(`${label}.${key}`)();
    },
  });
  const ipcRenderer: object = refuseUnknown('ipcRenderer', {
    on: (channel: string, listener: Listener) => addListener(channel, listener, listener),
    addListener: (channel: string, listener: Listener) => addListener(channel, listener, listener),
    once: (channel: string, listener: Listener) => addListener(channel, (...args) => {
      removeListener(channel, listener);
      listener(...args);
    }, listener),
    off: removeListener,
    removeListener,
    removeAllListeners(channel?: string) {
      if (channel === undefined) listenersByChannel.clear();
      else listenersByChannel.delete(channel);
      return ipcRenderer;
    },
    listenerCount: (channel: string) => listenersByChannel.get(channel)?.length ?? 0,
    send(channel: string, ...args: unknown[]) {
      up({ t: 'send', channel, args: codec.encode(args) });
    },
    async invoke(channel: string, ...args: unknown[]): Promise<unknown> {
      const encoded = codec.encode(args);
      return new Promise((resolve, reject) => {
        const id = ++lastId;
        pendingById.set(id, { resolve, reject });
        up({ t: 'invoke', id, channel, args: encoded });
      });
    },
    postMessage(channel: string, message: unknown, transfer: MessagePort[] = []) {
      up({ t: 'post', channel, message: codec.encode(message), ports: transfer.map(adopt) });
    },
  });

  const receivers: { [T in DownFrame['t']]: (frame: Extract<DownFrame, { t: T }>) => void } = {
    ack(frame) {
      unacknowledged -= frame.pieces;
      pump();
    },
    grants(frame) {
      grantedFiles = frame.files;
    },
    reply(frame) {
      const pending = pendingById.get(frame.id);
      pendingById.delete(frame.id);
      if ('error' in frame) pending?.reject(new Error(frame.error));
      else pending?.resolve(codec.decode(frame.value));
    },
    send(frame) {
      const args = codec.decode(frame.args) as unknown[];
      const ports = receivePorts(frame.ports);
      for (const { listener } of listenersByChannel.get(frame.channel)?.slice() ?? []) {
        try {
          listener({ sender: ipcRenderer, ports }, ...args);
        } catch (error) {
          reportError(error);
        }
      }
    },
    'port-message'(frame) {
      portsById.get(frame.id)?.postMessage(codec.decode(frame.data), receivePorts(frame.ports));
    },
    'port-close'(frame) {
      const port = portsById.get(frame.id);
      portsById.delete(frame.id);
      port?.close();
    },
  };
  let incoming: string[] = [];
  scope.__standin_receive = (piece) => {
    incoming.push(piece.slice(1));
    if (piece.startsWith('+')) return;
    const frames = JSON.parse(incoming.join('')) as DownFrame[];
    incoming = [];
    for (const frame of frames) (receivers[frame.t] as (frame: DownFrame) => void)(frame);
  };

  const electron = refuseUnknown('electron', {
    ipcRenderer,
    contextBridge: refuseUnknown('contextBridge', { exposeInMainWorld: bridge.expose }),
    webUtils: refuseUnknown('webUtils', {
      getPathForFile: (file: File) => grantedFiles.findLast((granted) => granted.name === file.name && granted.size === file.size)?.path ?? '',
    }),
  });
  const require = (name: string): unknown => {
    if (name === 'electron' || name === 'electron/renderer') return electron;
    throw new Error(`module not found: ${name}`);
  };
  node.addEventListener('window-open', (event) => {
    const { url, frameName, features } = (event as CustomEvent<{ url: string; frameName: string; features: string }>).detail;
    up({ t: 'window-open', url, frameName, features });
  });
  up({ t: 'boot', href: location.href });
  try {
    const module = { exports: {} };
    preload(require, { ...info, type: 'renderer', sandboxed: true, contextIsolated: true, env: {} }, module, module.exports);
  } catch (error) {
    const { message, stack } = error instanceof Error ? error : new Error(String(error));
    up({ t: 'preload-error', message, stack: stack ?? message });
  }
}
