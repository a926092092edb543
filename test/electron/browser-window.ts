import { EventEmitter } from 'node:events';
import type Electron from 'electron';
import { app } from './app.ts';
import { createEvent } from './cancelable-event.ts';
import type { Protocol } from './cdp.ts';
import { chromium } from './chromium.ts';
import { addOpenWindow, openWindows, removeOpenWindow } from './open-windows.ts';
import { openPageTarget } from './page-targets.ts';
import { strictClass } from './strict.ts';
import { trace, traced } from './trace.ts';
import { WebContents } from './web-contents.ts';
import { WindowState } from './window-state.ts';

let lastId = 0;
const focus: { window: BrowserWindow | null } = { window: null };

/** Electron's BrowserWindow. Without a display the window is the page alone, exactly as large as its bounds. */
export class BrowserWindow extends EventEmitter {
  readonly id = ++lastId;
  readonly webContents: WebContents;
  readonly #options: Electron.BrowserWindowConstructorOptions;
  readonly #state: WindowState;
  #title: string;
  #isVisible: boolean;
  #isDestroyed = false;
  #hasPainted = false;

  constructor(options: Electron.BrowserWindowConstructorOptions = {}) {
    super();
    if (!app.isUp) throw new Error('Cannot create BrowserWindow before app is ready');
    this.#options = options;
    this.#state = new WindowState(options);
    this.#title = options.title ?? app.name;
    this.#isVisible = options.show ?? true;
    this.webContents = new WebContents({
      close: () => this.close(), focus: () => this.focus(), setZoomFactor: () => this.#show(), onPainted: () => this.#onPainted(),
    }, options.webPreferences ?? {});
    addOpenWindow(this);
    app.emit('browser-window-created', createEvent(), this);
    this.#open().catch((error: unknown) => {
      if (this.#isDestroyed || app.isLeaving) trace('window', error);
      else process.stderr.write(`stand-in: a window could not be opened: ${String(error)}\n`);
    });
    if (this.#isVisible) this.#takeFocus();
  }

  static getAllWindows(): BrowserWindow[] {
    return openWindows().filter((window) => window instanceof BrowserWindow && !window.#isDestroyed) as BrowserWindow[];
  }

  static fromId(id: number): BrowserWindow | null {
    return BrowserWindow.getAllWindows().find((window) => window.id === id) ?? null;
  }

  static fromWebContents(contents: WebContents): BrowserWindow | null {
    return BrowserWindow.getAllWindows().find((window) => window.webContents === contents) ?? null;
  }

  static getFocusedWindow(): BrowserWindow | null {
    return focus.window;
  }

  loadURL(address: string): Promise<void> {
    return this.webContents.loadURL(address);
  }

  show(): void {
    if (!this.#isVisible) {
      this.#isVisible = true;
      this.emit('show');
    }
    this.focus();
  }

  showInactive(): void {
    if (this.#isVisible) return;
    this.#isVisible = true;
    this.emit('show');
  }

  hide(): void {
    if (!this.#isVisible) return;
    this.#isVisible = false;
    this.blur();
    this.emit('hide');
  }

  isVisible(): boolean {
    return this.#isVisible && !this.#isDestroyed;
  }

  focus(): void {
    if (this.#isDestroyed || !this.#isVisible) return;
    void this.webContents.attached.then(({ session }) => session.send('Page.bringToFront')).catch(traced('focus'));
    this.#takeFocus();
  }

  blur(): void {
    if (focus.window !== this) return;
    focus.window = null;
    this.#announce('blur');
  }

  isFocused(): boolean {
    return focus.window === this;
  }

  minimize(): void {
    if (this.#state.isMinimized) return;
    this.#state.isMinimized = true;
    this.blur();
    this.#changed('minimize');
  }

  restore(): void {
    if (!this.#state.isMinimized) {
      this.unmaximize();
      return;
    }
    this.#state.isMinimized = false;
    this.#changed('restore');
  }

  maximize(): void {
    this.#state.isMinimized = false;
    if (this.#state.setMaximized(true)) this.#changed('maximize', 'resize');
  }

  unmaximize(): void {
    if (this.#state.setMaximized(false)) this.#changed('unmaximize', 'resize');
  }

  isMaximized(): boolean {
    return this.#state.isMaximized;
  }

  isMinimized(): boolean {
    return this.#state.isMinimized;
  }

  isNormal(): boolean {
    return !this.#state.isMaximized && !this.#state.isMinimized;
  }

  getBounds(): Electron.Rectangle {
    return this.#state.bounds;
  }

  getContentBounds(): Electron.Rectangle {
    return this.#state.bounds;
  }

  getNormalBounds(): Electron.Rectangle {
    return this.#state.normalBounds;
  }

  setBounds(bounds: Partial<Electron.Rectangle>): void {
    this.#state.setBounds(bounds);
    this.#changed('resize', 'move');
  }

  getSize(): number[] {
    const { width, height } = this.#state.bounds;
    return [width, height];
  }

  setSize(width: number, height: number): void {
    this.setBounds({ width, height });
  }

  setMinimumSize(width: number, height: number): void {
    this.#state.setMinimumSize(width, height);
    this.#show();
  }

  getMinimumSize(): number[] {
    return this.#state.minimumSize;
  }

  getTitle(): string {
    return this.#title;
  }

  setTitle(title: string): void {
    this.#title = title;
  }

  isDestroyed(): boolean {
    return this.#isDestroyed;
  }

  /** As Electron's: the `close` event comes in this turn, the end of the window in a later one. beforeunload is not asked. */
  close(): void {
    if (this.#isDestroyed || this.#isPrevented()) return;
    setImmediate(() => this.destroy());
  }

  /** Closes at once, for the app that quits; false when a listener prevented it. */
  tryClose(): boolean {
    if (this.#isDestroyed) return true;
    if (this.#isPrevented()) return false;
    this.destroy();
    return true;
  }

  destroy(): void {
    if (this.#isDestroyed) return;
    void this.webContents.attached
      .then(({ targetId }) => chromium().connection.send('Target.closeTarget', { targetId }))
      .catch(traced('closing a page'));
    this.#end();
  }

  #end(): void {
    if (this.#isDestroyed) return;
    this.#isDestroyed = true;
    if (focus.window === this) focus.window = null;
    this.webContents.dispose();
    this.emit('closed');
    // Whatever else the app does in this turn comes before it hears that this was the last window.
    setImmediate(() => removeOpenWindow(this));
  }

  #isPrevented(): boolean {
    const event = createEvent();
    this.emit('close', event);
    return event.defaultPrevented;
  }

  async #open(): Promise<void> {
    const { session, id } = this.webContents;
    const { width, height } = this.#state.bounds;
    await openPageTarget({ windowId: id, width, height, browserContextId: await session.contextId(), isOffTheRecord: session.isOffTheRecord }, async (target) => {
      void target.gone.then(() => this.#end());
      const attached = this.webContents.attach(target);
      this.#show();
      await attached;
      if (this.#isDestroyed) await chromium().connection.send('Target.closeTarget', { targetId: target.targetId });
    });
    await this.#paintBackground();
  }

  /** Makes the page's viewport, or the window on the screen, follow the state. */
  #show(): void {
    void this.#resizePage().catch(traced('resizing'));
  }

  async #resizePage(): Promise<void> {
    const { session, targetId } = await this.webContents.attached;
    const { x, y, width, height } = this.#state.bounds;
    const zoom = this.webContents.getZoomFactor();
    if (chromium().isHeadless) {
      await session.send('Emulation.setDeviceMetricsOverride', { width: Math.round(width / zoom), height: Math.round(height / zoom), deviceScaleFactor: zoom, mobile: false });
      return;
    }
    const { windowId } = await chromium().connection.send('Browser.getWindowForTarget', { targetId });
    const windowState: Protocol.Browser.WindowState = this.#state.isMinimized ? 'minimized' : this.#state.isMaximized ? 'maximized' : 'normal';
    const bounds = windowState === 'normal' ? { left: x, top: y, width, height } : { windowState };
    await chromium().connection.send('Browser.setWindowBounds', { windowId, bounds });
  }

  async #paintBackground(): Promise<void> {
    const match = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(this.#options.backgroundColor ?? '#FFFFFF');
    if (!match) return;
    const [r = 255, g = 255, b = 255] = match.slice(1).map((part) => Number.parseInt(part, 16));
    const { session } = await this.webContents.attached;
    await session.send('Emulation.setDefaultBackgroundColorOverride', { color: { r, g, b, a: 1 } });
  }

  #onPainted(): void {
    if (this.#hasPainted) return;
    this.#hasPainted = true;
    this.emit('ready-to-show');
  }

  #takeFocus(): void {
    if (focus.window === this) return;
    focus.window?.blur();
    focus.window = this;
    this.#announce('focus');
  }

  #changed(...events: string[]): void {
    this.#show();
    for (const event of events) this.#announce(event);
  }

  // The window manager answers later than the call that asked it.
  #announce(event: string): void {
    setImmediate(() => {
      if (this.#isDestroyed) return;
      this.emit(event);
      if (event === 'focus' || event === 'blur') app.emit(`browser-window-${event}`, createEvent(), this);
    });
  }
}
strictClass('BrowserWindow', BrowserWindow);
