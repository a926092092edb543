import { bornAddress, toAppAddress, toChromiumAddress } from './address.ts';
import { createEvent } from './cancelable-event.ts';
import type { CdpSession } from './cdp.ts';

/** The page that is navigated. */
export interface NavigatedPage {
  readonly frame: object;
  emit(event: string, ...args: unknown[]): boolean;
  /** Called at the first paint, and at the latest at the load, of each document. */
  onPainted(): void;
}

/** Chromium's numbers for the errors that its DevTools names. */
const errorNumbers: Readonly<Record<string, number>> = {
  ERR_FAILED: -2, ERR_ABORTED: -3, ERR_INVALID_URL: -300, ERR_UNKNOWN_URL_SCHEME: -302, ERR_BLOCKED_BY_CLIENT: -20, ERR_BLOCKED_BY_RESPONSE: -27,
  ERR_NAME_NOT_RESOLVED: -105, ERR_CONNECTION_REFUSED: -102, ERR_INTERNET_DISCONNECTED: -106, ERR_FILE_NOT_FOUND: -6,
};

function withoutFragment(address: string): string {
  return address.replace(/#.*$/, '');
}

/** One page's navigation: loads addresses, tells the page's own navigations from the app's, emits Electron's events. */
export class PageNavigation {
  readonly #session: CdpSession;
  readonly #mainFrameId: string;
  readonly #page: NavigatedPage;
  readonly #loadsByLoader = new Map<string, PromiseWithResolvers<void>>();
  readonly #finishedLoaders = new Set<string>();
  #expected: string | null = null;
  #address = '';
  #isLoading = false;

  constructor(session: CdpSession, mainFrameId: string, page: NavigatedPage) {
    this.#session = session;
    this.#mainFrameId = mainFrameId;
    this.#page = page;
    session.on('Page.frameStartedNavigating', ({ frameId, url, navigationType }) => this.#onStarted(frameId, toAppAddress(url), navigationType === 'sameDocument'));
    session.on('Page.frameNavigated', ({ frame }) => {
      if (frame.parentId === undefined && frame.unreachableUrl === undefined) this.#onCommitted(toAppAddress(frame.url));
    });
    session.on('Page.navigatedWithinDocument', ({ frameId, url }) => {
      if (frameId !== this.#mainFrameId) return;
      this.#address = toAppAddress(url);
      page.emit('did-navigate-in-page', createEvent(), this.#address, true, 1, 1);
    });
    session.on('Page.lifecycleEvent', ({ frameId, loaderId, name }) => {
      if (frameId === this.#mainFrameId && this.#hasDocument()) this.#onLifecycle(loaderId, name);
    });
  }

  /** The main frame's address; '' before the first document. */
  get address(): string {
    return this.#address;
  }

  get isLoading(): boolean {
    return this.#isLoading;
  }

  /** Loads an address; settles as loadURL does. */
  async load(address: string): Promise<void> {
    const url = toChromiumAddress(address);
    this.#expected = withoutFragment(toAppAddress(url));
    const { loaderId, errorText } = await this.#session.send('Page.navigate', { url });
    if (errorText) this.#fail(address, errorText.replace(/^net::/, ''));
    if (loaderId === undefined || this.#finishedLoaders.has(loaderId)) return;
    const load = Promise.withResolvers<void>();
    this.#loadsByLoader.set(loaderId, load);
    await load.promise;
  }

  /** Loads the current address again. */
  reload(ignoreCache: boolean): Promise<unknown> {
    this.#expected = withoutFragment(this.#address);
    return this.#session.send('Page.reload', { ignoreCache });
  }

  /** Runs will-navigate for what the page itself started; a load or reload that the app or a tool asked for passes. */
  allows(address: string, isMainFrame: boolean): boolean {
    if (isMainFrame) {
      const isExpected = this.#expected === address || withoutFragment(this.#address) === address;
      this.#expected = null;
      if (isExpected) return true;
    }
    const details = createEvent({ url: address, isMainFrame, isSameDocument: false, frame: isMainFrame ? this.#page.frame : null, initiator: this.#page.frame });
    this.#page.emit('will-frame-navigate', details, address, false, isMainFrame, 1, 1);
    if (isMainFrame) this.#page.emit('will-navigate', details, address, false, true, 1, 1);
    return !details.defaultPrevented;
  }

  /** The page is gone: loads under way fail. */
  dispose(): void {
    for (const load of this.#loadsByLoader.values()) load.reject(new Error('ERR_ABORTED (-3)'));
    this.#loadsByLoader.clear();
    this.#isLoading = false;
  }

  #hasDocument(): boolean {
    return this.#address !== '' && this.#address !== 'about:blank' && !this.#address.startsWith(bornAddress);
  }

  #fail(address: string, name: string): never {
    const number = errorNumbers[name] ?? -2;
    this.#page.emit('did-fail-load', createEvent(), number, name, address, true, 1, 1);
    throw Object.assign(new Error(`${name} (${number}) loading '${address}'`), { code: name, errno: number, url: address });
  }

  #onStarted(frameId: string, url: string, isSameDocument: boolean): void {
    const isMainFrame = frameId === this.#mainFrameId;
    if (isMainFrame && !isSameDocument) this.#isLoading = true;
    this.#page.emit('did-start-navigation', createEvent({ url, isMainFrame, isSameDocument, frame: isMainFrame ? this.#page.frame : null }), url, isSameDocument, isMainFrame, 1, 1);
  }

  #onCommitted(address: string): void {
    this.#address = address;
    if (this.#hasDocument()) this.#page.emit('did-navigate', createEvent(), address, 200, 'OK');
  }

  #onLifecycle(loaderId: string, name: string): void {
    if (name === 'firstPaint') this.#page.onPainted();
    else if (name === 'DOMContentLoaded') this.#page.emit('dom-ready', createEvent());
    else if (name === 'load' && !this.#finishedLoaders.has(loaderId)) {
      this.#finishedLoaders.add(loaderId);
      this.#isLoading = false;
      this.#page.emit('did-finish-load', createEvent());
      this.#page.onPainted();
      this.#loadsByLoader.get(loaderId)?.resolve();
      this.#loadsByLoader.delete(loaderId);
    }
  }
}
