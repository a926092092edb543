import type Electron from 'electron';
import { strictClass } from './strict.ts';

type BeforeRequest = (details: Electron.OnBeforeRequestListenerDetails, callback: (response: Electron.CallbackResponse) => void) => void;
type Filter = Pick<Electron.WebRequestFilter, 'urls'>;

/** Electron's URL match patterns as regular expressions. */
function patternOf(glob: string): RegExp {
  if (glob === '<all_urls>') return /^/;
  const escaped = glob.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replace(/^\*:/, '[a-z]+:').replaceAll('*', '.*');
  return new RegExp(`^${escaped}$`);
}

/** session.webRequest, as far as onBeforeRequest; WebSocket handshakes are invisible to it here. */
export class WebRequest {
  #patterns: readonly RegExp[] = [];
  #listener: BeforeRequest | null = null;

  onBeforeRequest(filterOrListener: Filter | BeforeRequest | null, listener: BeforeRequest | null = null): void {
    const hasFilter = filterOrListener !== null && typeof filterOrListener !== 'function';
    this.#patterns = (hasFilter ? filterOrListener.urls : ['<all_urls>']).map(patternOf);
    this.#listener = hasFilter ? listener : filterOrListener;
  }

  /** Asks the listener; an empty response when there is none for this address. */
  ask(details: Electron.OnBeforeRequestListenerDetails): Promise<Electron.CallbackResponse> {
    const listener = this.#listener;
    if (!listener || !this.#patterns.some((pattern) => pattern.test(details.url))) return Promise.resolve({});
    return new Promise((resolve) => listener(details, resolve));
  }
}
strictClass('webRequest', WebRequest);
