import { EventEmitter } from 'node:events';
import { strictClass } from './strict.ts';

type Handler = (event: unknown, ...args: unknown[]) => unknown;

/** Electron's ipcMain. */
export class IpcMain extends EventEmitter {
  readonly #handlersByChannel = new Map<string, Handler>();

  handle(channel: string, handler: Handler): void {
    if (this.#handlersByChannel.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    if (typeof handler !== 'function') throw new TypeError(`Expected handler to be a function, but found type '${typeof handler}'`);
    this.#handlersByChannel.set(channel, handler);
  }

  handleOnce(channel: string, handler: Handler): void {
    this.handle(channel, (event, ...args) => {
      this.removeHandler(channel);
      return handler(event, ...args);
    });
  }

  removeHandler(channel: string): void {
    this.#handlersByChannel.delete(channel);
  }

  /** Runs the handler of a channel for a page. */
  async answer(channel: string, event: unknown, args: unknown[]): Promise<unknown> {
    const handler = this.#handlersByChannel.get(channel);
    if (!handler) throw new Error(`No handler registered for '${channel}'`);
    return await handler(event, ...args);
  }
}

/** The one ipcMain. */
export const ipcMain = new IpcMain();
strictClass('ipcMain', IpcMain);
