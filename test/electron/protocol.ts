import { registerScheme } from './address.ts';
import { app } from './app.ts';
import { strictClass } from './strict.ts';

type ProtocolHandler = (request: Request) => Response | Promise<Response>;

/** One session's protocol handlers. */
export class SessionProtocol {
  readonly #handlersByScheme = new Map<string, ProtocolHandler>();

  handle(scheme: string, handler: ProtocolHandler): void {
    if (this.#handlersByScheme.has(scheme)) throw new Error(`Failed to register protocol: ${scheme}`);
    this.#handlersByScheme.set(scheme, handler);
  }

  unhandle(scheme: string): void {
    if (!this.#handlersByScheme.delete(scheme)) throw new Error(`Failed to unhandle protocol: ${scheme}`);
  }

  isProtocolHandled(scheme: string): boolean {
    return this.#handlersByScheme.has(scheme);
  }

  registerSchemesAsPrivileged(schemes: readonly { scheme: string }[]): void {
    if (app.isUp) throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
    for (const { scheme } of schemes) registerScheme(scheme);
  }

  /** The handler of a scheme, or null. */
  handlerOf(scheme: string): ProtocolHandler | null {
    return this.#handlersByScheme.get(scheme) ?? null;
  }
}
strictClass('protocol', SessionProtocol);
