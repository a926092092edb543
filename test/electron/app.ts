import { EventEmitter } from 'node:events';
import type Electron from 'electron';
import { appPath, setAppPath } from './app-paths.ts';
import { bootInfo } from './boot-info.ts';
import { createEvent } from './cancelable-event.ts';
import { commandLine } from './command-line.ts';
import { openWindows, whenAllWindowsClosed } from './open-windows.ts';
import { SingleInstanceLock } from './single-instance.ts';
import { strictClass } from './strict.ts';

type Implemented = Pick<Electron.App,
  'isPackaged' | 'name' | 'isReady' | 'whenReady' | 'getName' | 'setName' | 'getVersion' | 'getAppPath' | 'getLocale' | 'quit' | 'exit'
  | 'requestSingleInstanceLock' | 'hasSingleInstanceLock' | 'releaseSingleInstanceLock' | 'enableSandbox' | 'setAppUserModelId'
  | 'disableHardwareAcceleration' | 'focus' | 'configureHostResolver'>;

/** Electron's app; what is only recorded can be read back under {@link App.standIn}. */
export class App extends EventEmitter implements Implemented {
  readonly isPackaged = false;
  readonly commandLine = commandLine;
  /** For tests: what the app asked for that has no effect here. */
  readonly standIn: { hostResolver: Electron.ConfigureHostResolverOptions | null; appUserModelId: string | null; isSandboxEnabled: boolean } = {
    hostResolver: null, appUserModelId: null, isSandboxEnabled: false,
  };
  name = bootInfo().manifest.productName ?? bootInfo().manifest.name ?? 'Electron';
  readonly #ready = Promise.withResolvers<void>();
  #isReady = false;
  #isQuitting = false;
  #isExiting = false;
  #lock: SingleInstanceLock | null = null;
  #shutDown: () => Promise<void> = () => Promise.resolve();

  isReady(): boolean {
    return this.#isReady;
  }

  whenReady(): Promise<void> {
    return this.#ready.promise;
  }

  getName(): string {
    return this.name;
  }

  setName(name: string): void {
    this.name = name;
  }

  getVersion(): string {
    return bootInfo().manifest.version ?? '0.0.0';
  }

  getAppPath(): string {
    return bootInfo().appPath;
  }

  getLocale(): string {
    return 'en-US';
  }

  getPath(name: string): string {
    return appPath(name, this.name);
  }

  setPath(name: string, to: string): void {
    setAppPath(name, to);
  }

  requestSingleInstanceLock(additionalData?: Record<PropertyKey, unknown>): boolean {
    if (this.#lock) return true;
    const lock = new SingleInstanceLock(this.getPath('userData'));
    const isFirst = lock.acquire(additionalData, (second) => this.emit('second-instance', createEvent(), second.argv, second.cwd, second.additionalData));
    if (isFirst) this.#lock = lock;
    return isFirst;
  }

  hasSingleInstanceLock(): boolean {
    return this.#lock !== null;
  }

  releaseSingleInstanceLock(): void {
    this.#lock?.release();
    this.#lock = null;
  }

  enableSandbox(): void {
    if (this.#isReady) throw new Error('app.enableSandbox() can only be called before app is ready');
    this.standIn.isSandboxEnabled = true;
  }

  disableHardwareAcceleration(): void {
    if (this.#isReady) throw new Error('app.disableHardwareAcceleration() can only be called before app is ready');
    commandLine.appendSwitch('disable-gpu');
  }

  configureHostResolver(options: Electron.ConfigureHostResolverOptions): void {
    if (!this.#isReady) throw new Error('configureHostResolver cannot be called before the app is ready');
    this.standIn.hostResolver = options;
  }

  setAppUserModelId(id: string): void {
    this.standIn.appUserModelId = id;
  }

  focus(): void {
    this.emit('stand-in:focus');
  }

  /** Emits before-quit, closes every window, emits will-quit, and exits unless a listener prevented one of them. */
  quit(): void {
    if (this.#isQuitting || this.#isExiting) return;
    this.#isQuitting = true;
    // Electron's quit returns before the windows begin to close.
    setImmediate(() => {
      if (!this.#runQuit()) this.#isQuitting = false;
    });
  }

  exit(exitCode = 0): void {
    if (this.#isExiting) return;
    this.#isExiting = true;
    this.emit('quit', createEvent(), exitCode);
    this.releaseSingleInstanceLock();
    void this.#shutDown().finally(() => process.exit(exitCode));
  }

  /** Sets what ends Chromium and the child processes. */
  onShutDown(shutDown: () => Promise<void>): void {
    this.#shutDown = shutDown;
  }

  /** Whether the app has begun to quit or exit. */
  get isLeaving(): boolean {
    return this.#isQuitting || this.#isExiting;
  }

  /** Called once, when Chromium is up and the main script has loaded. */
  becomeReady(): void {
    this.emit('will-finish-launching');
    this.#isReady = true;
    this.emit('ready', createEvent(), {});
    this.#ready.resolve();
  }

  /** Whether the app is ready, whatever a test tool has put in the place of isReady. */
  get isUp(): boolean {
    return this.#isReady;
  }

  #runQuit(): boolean {
    const beforeQuit = createEvent();
    this.emit('before-quit', beforeQuit);
    if (beforeQuit.defaultPrevented) return false;
    for (const window of openWindows()) if (!window.tryClose()) return false;
    const willQuit = createEvent();
    this.emit('will-quit', willQuit);
    if (willQuit.defaultPrevented) return false;
    this.exit(0);
    return true;
  }
}

/** The one app. */
export const app = new App();

whenAllWindowsClosed(() => {
  if (app.isLeaving) return;
  if (app.listenerCount('window-all-closed') > 0) app.emit('window-all-closed');
  else app.quit();
});
strictClass('app', App);
