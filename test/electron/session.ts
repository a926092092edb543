import { EventEmitter } from 'node:events';
import type Electron from 'electron';
import { createEvent } from './cancelable-event.ts';
import type { CdpSession } from './cdp.ts';
import { chromium } from './chromium.ts';
import { SessionProtocol } from './protocol.ts';
import { strict, strictClass } from './strict.ts';
import { traced } from './trace.ts';
import { WebRequest } from './web-request.ts';

/** Every permission that Chromium lets DevTools set; names that a version lacks are traced and passed over. */
const permissionNames = [
  'geolocation', 'notifications', 'camera', 'microphone', 'midi', 'clipboard-read', 'clipboard-write', 'background-sync', 'persistent-storage',
  'idle-detection', 'screen-wake-lock', 'window-management', 'local-fonts', 'storage-access', 'payment-handler', 'accelerometer', 'gyroscope',
  'magnetometer', 'ambient-light-sensor', 'nfc', 'display-capture',
];

/** Electron's Session. A partition without `persist:` is off the record: its own browser context, nothing of it on disk. */
export class Session extends EventEmitter {
  readonly protocol = new SessionProtocol();
  readonly webRequest = new WebRequest();
  /** The attached pages of this session. */
  readonly pages = new Set<CdpSession>();
  /** For tests: what the app asked for that has no effect here. */
  readonly standIn: { proxy: Electron.ProxyConfig | null; spellCheckerDictionaryUrl: string | null; certificateVerifyProc: unknown } = {
    proxy: null, spellCheckerDictionaryUrl: null, certificateVerifyProc: null,
  };
  readonly #partition: string;
  #contextId: Promise<string | undefined> | null = null;
  #isSpellCheckerEnabled = true;
  #deniesPermissions = false;

  constructor(partition: string) {
    super();
    this.#partition = partition;
    if (partition.startsWith('persist:')) chromium().profile.keep();
  }

  /** The browser context to open pages in; undefined for Chromium's own, which the default session and `persist:` ones share. */
  contextId(): Promise<string | undefined> {
    this.#contextId ??= this.#prepareContext();
    return this.#contextId;
  }

  /** Whether nothing of this session may reach the disk. */
  get isOffTheRecord(): boolean {
    return this.#partition !== '' && !this.#partition.startsWith('persist:');
  }

  isPersistent(): boolean {
    return !this.isOffTheRecord;
  }

  getStoragePath(): string | null {
    return this.isOffTheRecord ? null : this.#partition === '' ? chromium().profile.path : chromium().profile.keep();
  }

  /** Once a handler has been set every permission is denied, without asking it: DevTools offers no question to answer. */
  setPermissionRequestHandler(handler: unknown): void {
    this.#denyPermissions(handler !== null);
  }

  setPermissionCheckHandler(handler: unknown): void {
    this.#denyPermissions(handler !== null);
  }

  setDevicePermissionHandler(handler: unknown): void {
    this.#denyPermissions(handler !== null);
  }

  setSpellCheckerEnabled(isEnabled: boolean): void {
    this.#isSpellCheckerEnabled = isEnabled;
  }

  isSpellCheckerEnabled(): boolean {
    return this.#isSpellCheckerEnabled;
  }

  setSpellCheckerDictionaryDownloadURL(url: string): void {
    this.standIn.spellCheckerDictionaryUrl = url;
  }

  setProxy(config: Electron.ProxyConfig): Promise<void> {
    this.standIn.proxy = config;
    return Promise.resolve();
  }

  setCertificateVerifyProc(proc: unknown): void {
    this.standIn.certificateVerifyProc = proc;
  }

  /** Clears everything of every origin that an open page of the session has, and the cookies. */
  async clearStorageData(): Promise<void> {
    const browserContextId = await this.contextId();
    await chromium().connection.send('Storage.clearCookies', browserContextId === undefined ? {} : { browserContextId });
    await Promise.all([...this.pages].map((page) => page.send('Storage.clearDataForOrigin', { origin: '*', storageTypes: 'all' })));
  }

  async clearCache(): Promise<void> {
    await Promise.all([...this.pages].map((page) => page.send('Network.clearBrowserCache')));
  }

  /** A page wants to download: listeners hear of it, and it is refused all the same. */
  refuseDownload(url: string, filename: string, webContents: unknown): void {
    const item = strict('DownloadItem', { getURL: () => url, getFilename: () => filename, cancel: () => {}, getState: () => 'cancelled', getReceivedBytes: () => 0 });
    this.emit('will-download', createEvent(), item, webContents);
  }

  async #prepareContext(): Promise<string | undefined> {
    const { connection, isHeadless } = chromium();
    const isOwnContext = this.isOffTheRecord && isHeadless;
    const contextId = isOwnContext ? (await connection.send('Target.createBrowserContext', { disposeOnDetach: true })).browserContextId : undefined;
    await connection.send('Browser.setDownloadBehavior', { behavior: 'deny', ...(contextId === undefined ? {} : { browserContextId: contextId }) });
    await this.#applyPermissions(contextId);
    return contextId;
  }

  #denyPermissions(isDenied: boolean): void {
    this.#deniesPermissions ||= isDenied;
    void this.#contextId?.then((contextId) => this.#applyPermissions(contextId)).catch(traced('permissions'));
  }

  async #applyPermissions(contextId: string | undefined): Promise<void> {
    if (!this.#deniesPermissions) return;
    const where = contextId === undefined ? {} : { browserContextId: contextId };
    await Promise.all(permissionNames.map((name) => chromium().connection
      .send('Browser.setPermission', { permission: { name }, setting: 'denied', ...where })
      .catch(traced(`permission ${name}`))));
  }
}
strictClass('Session', Session);

const sessionsByPartition = new Map<string, Session>();

/** The session of a partition, made at its first mention; '' is the default one. */
export function sessionOf(partition: string): Session {
  const known = sessionsByPartition.get(partition);
  if (known) return known;
  const made = new Session(partition);
  sessionsByPartition.set(partition, made);
  return made;
}

/** Electron's session module. */
export const session = strict('session', {
  get defaultSession(): Session {
    return sessionOf('');
  },
  fromPartition: (partition: string): Session => sessionOf(partition),
});

/** Electron's protocol module: the default session's. */
export const protocol = sessionOf('').protocol;
