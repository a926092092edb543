import { EventEmitter } from 'node:events';
import type Electron from 'electron';
import { toAppAddress } from './address.ts';
import { app } from './app.ts';
import { createEvent } from './cancelable-event.ts';
import type { CdpSession } from './cdp.ts';
import type { MessagePortMain } from './message-port-main.ts';
import { applyTheme } from './native-theme.ts';
import { capturePage, printToPdf } from './page-capture.ts';
import type { CapturedImage } from './page-capture.ts';
import { PageChannel } from './page-channel.ts';
import { PageNavigation } from './page-navigation.ts';
import { setUpPage } from './page-setup.ts';
import type { PageTarget } from './page-targets.ts';
import { findRendererPid, forgetRendererPid } from './renderer-process.ts';
import { sessionOf } from './session.ts';
import type { Session } from './session.ts';
import { strictClass } from './strict.ts';
import { trace, traced } from './trace.ts';
import { WebFrameMain } from './web-frame-main.ts';

/** What a page can ask of its window. */
export interface PageHost {
  close(): void;
  focus(): void;
  setZoomFactor(factor: number): void;
  onPainted(): void;
}

type OpenHandler = Parameters<Electron.WebContents['setWindowOpenHandler']>[0];
const contentsById = new Map<number, WebContents>();
let lastId = 0;

/** Electron's names for console methods; all others are `info`. */
const consoleLevels: Readonly<Record<string, 'debug' | 'warning' | 'error'>> = { debug: 'debug', warning: 'warning', error: 'error', assert: 'error' };

/** Electron's webContents of a window. */
export class WebContents extends EventEmitter {
  readonly id = ++lastId;
  readonly session: Session;
  readonly mainFrame: WebFrameMain;
  readonly #host: PageHost;
  readonly #preferences: Electron.WebPreferences;
  readonly #attached = Promise.withResolvers<PageTarget>();
  #target: PageTarget | null = null;
  #channel: PageChannel | null = null;
  #navigation: PageNavigation | null = null;
  #openHandler: OpenHandler | null = null;
  #detach: () => void = () => {};
  #isDestroyed = false;
  #zoomFactor = 1;
  #osProcessId = 0;

  constructor(host: PageHost, preferences: Electron.WebPreferences) {
    super();
    this.#host = host;
    this.#preferences = {
      sandbox: true, contextIsolation: true, nodeIntegration: false, webviewTag: false, spellcheck: true, devTools: true, webSecurity: true,
      navigateOnDragDrop: false, safeDialogs: false, ...preferences,
    };
    this.session = preferences.session ? (preferences.session as unknown as Session) : sessionOf(preferences.partition ?? '');
    this.mainFrame = new WebFrameMain({
      address: () => this.getURL(), isGone: () => this.#isDestroyed, processId: () => this.#osProcessId,
      post: (channel, args, transfer) => this.#channel?.post(channel, args, transfer),
      evaluate: (code) => this.executeJavaScript(code),
    });
    this.#attached.promise.catch(traced(`page ${this.id}`)); // whoever needs the page awaits the same promise
    contentsById.set(this.id, this);
    app.emit('web-contents-created', createEvent(), this);
  }

  static fromId(id: number): WebContents | undefined {
    return contentsById.get(id);
  }

  static fromDevToolsTargetId(targetId: string): WebContents | undefined {
    return [...contentsById.values()].find((contents) => contents.#target?.targetId === targetId);
  }

  static getAllWebContents(): WebContents[] {
    return [...contentsById.values()];
  }

  static getFocusedWebContents(): WebContents | null {
    return [...contentsById.values()].at(-1) ?? null;
  }

  send(channel: string, ...args: unknown[]): void {
    this.mainFrame.send(channel, ...args);
  }

  postMessage(channel: string, message: unknown, transfer: MessagePortMain[] = []): void {
    this.mainFrame.postMessage(channel, message, transfer);
  }

  async loadURL(address: string): Promise<void> {
    await this.#attached.promise;
    await this.#navigation?.load(address);
  }

  reload(): void {
    this.#navigation?.reload(false).catch(traced('reload'));
  }

  reloadIgnoringCache(): void {
    this.#navigation?.reload(true).catch(traced('reload'));
  }

  getURL(): string {
    return this.#navigation?.address ?? '';
  }

  isLoading(): boolean {
    return this.#navigation?.isLoading ?? false;
  }

  isDestroyed(): boolean {
    return this.#isDestroyed;
  }

  isFocused(): boolean {
    return WebContents.getFocusedWebContents() === this;
  }

  focus(): void {
    this.#host.focus();
  }

  close(): void {
    this.#host.close();
  }

  getType(): 'window' {
    return 'window';
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.#openHandler = handler;
  }

  getZoomFactor(): number {
    return this.#zoomFactor;
  }

  setZoomFactor(factor: number): void {
    if (!(factor > 0)) throw new Error("'zoomFactor' must be a double greater than 0.0");
    this.#zoomFactor = factor;
    this.#host.setZoomFactor(factor);
  }

  getOSProcessId(): number {
    return this.#osProcessId;
  }

  getLastWebPreferences(): Electron.WebPreferences {
    return { ...this.#preferences, sandbox: app.standIn.isSandboxEnabled || this.#preferences.sandbox === true };
  }

  async executeJavaScript(code: string, userGesture = false): Promise<unknown> {
    const { session } = await this.#attached.promise;
    const { result, exceptionDetails } = await session.send('Runtime.evaluate', { expression: code, awaitPromise: true, returnByValue: true, userGesture });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  async capturePage(part?: Electron.Rectangle): Promise<CapturedImage> {
    return capturePage((await this.#attached.promise).session, part);
  }

  async printToPDF(options: Electron.PrintToPDFOptions = {}): Promise<Buffer> {
    return printToPdf((await this.#attached.promise).session, options);
  }

  forcefullyCrashRenderer(): void {
    this.#target?.session.send('Page.crash').catch(traced('Page.crash'));
  }

  /** The target that serves this page, once there is one. */
  get attached(): Promise<PageTarget> {
    return this.#attached.promise;
  }

  /** Sets a new, still paused target up for this page. */
  async attach(target: PageTarget): Promise<void> {
    const { session, targetId } = target;
    const reportPid = (): void => void findRendererPid(this.id).then((pid) => { this.#osProcessId = pid; }).catch(traced('renderer pid'));
    this.#target = target;
    const navigation = new PageNavigation(session, targetId, { frame: this.mainFrame, emit: (event, ...args) => this.emit(event, ...args), onPainted: () => this.#host.onPainted() });
    this.#navigation = navigation;
    this.#channel = new PageChannel(session, targetId, {
      sender: this, frame: this.mainFrame,
      onBoot: () => {
        applyTheme(session);
        reportPid();
      },
      onPreloadError: (error) => {
        process.stderr.write(`Unable to load preload script: ${this.#preferences.preload ?? ''}\n${error.stack}\n`);
        this.emit('preload-error', createEvent(), this.#preferences.preload ?? '', error);
      },
      onWindowOpen: (url, frameName, features) => this.#askToOpen(toAppAddress(url), frameName, features),
      reply: (channel, args) => this.send(channel, ...args),
    });
    this.#listenToPage(session, targetId);
    this.#detach = await setUpPage(target, this.#preferences, {
      id: this.id, session: this.session, isMainFrame: (frameId) => frameId === targetId, allowsNavigation: (address, isMainFrame) => navigation.allows(address, isMainFrame),
    });
    this.#attached.resolve(target);
  }

  /** Runs the window-open handler; whatever it answers, no window opens. */
  #askToOpen(url: string, frameName: string, features: string): void {
    const answer = this.#openHandler?.({ url, frameName, features, disposition: 'new-window', referrer: { url: this.getURL(), policy: 'default' } });
    if (answer?.action === 'allow') process.stderr.write('stand-in: opening a window from a page is not implemented; it was denied\n');
  }

  /** The window has closed. */
  dispose(): void {
    if (this.#isDestroyed) return;
    this.#isDestroyed = true;
    contentsById.delete(this.id);
    forgetRendererPid(this.id);
    this.#detach();
    this.#channel?.close();
    this.#navigation?.dispose();
    this.#attached.reject(new Error('Object has been destroyed'));
    this.emit('destroyed');
  }

  #listenToPage(session: CdpSession, targetId: string): void {
    session.on('Inspector.targetCrashed', () => {
      const details = { reason: 'crashed', exitCode: 5 };
      this.#channel?.close();
      this.#navigation?.dispose();
      this.emit('render-process-gone', createEvent(details), details);
      app.emit('render-process-gone', createEvent(), this, details);
    });
    // What window.open asks never comes this far; this is a link with a target, or a form.
    session.on('Page.windowOpen', ({ url, windowName, windowFeatures }) => this.#askToOpen(toAppAddress(url), windowName, windowFeatures.join(',')));
    session.on('Page.downloadWillBegin', ({ url, suggestedFilename }) => this.session.refuseDownload(toAppAddress(url), suggestedFilename, this));
    session.on('Runtime.consoleAPICalled', ({ type, args, stackTrace }) => {
      const level = consoleLevels[type] ?? 'info';
      const message = args.map((item) => String(item.value ?? item.description ?? item.type)).join(' ');
      const at = stackTrace?.callFrames[0];
      const [line, source] = [(at?.lineNumber ?? 0) + 1, toAppAddress(at?.url ?? '')];
      const event = createEvent({ level, message, lineNumber: line, sourceId: source, frame: this.mainFrame });
      this.emit('console-message', event, ['debug', 'info', 'warning', 'error'].indexOf(level), message, line, source);
    });
    trace('page', this.id, 'is target', targetId);
  }
}
strictClass('webContents', WebContents);
