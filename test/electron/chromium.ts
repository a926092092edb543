import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { app } from './app.ts';
import { bornAddress } from './address.ts';
import { bootInfo, electronVersion } from './boot-info.ts';
import { CdpConnection } from './cdp.ts';
import { findChromium, hasDisplay } from './chromium-executable.ts';
import type { ChromiumExecutable } from './chromium-executable.ts';
import { appendedSwitches } from './command-line.ts';
import { ProfileFolder } from './profile-folder.ts';
import { trace, traced } from './trace.ts';

/** The running Chromium. */
export interface Chromium {
  readonly connection: CdpConnection;
  readonly isHeadless: boolean;
  readonly profile: ProfileFolder;
  /** Opens an app window on the screen, through a second command line that the running Chromium takes over. */
  readonly openOnScreen: (windowId: number, isOffTheRecord: boolean) => void;
}

let current: Chromium | null = null;

/** The running Chromium; there is none before the app is ready. */
export function chromium(): Chromium {
  if (!current) throw new Error('stand-in: Chromium has not been started yet');
  return current;
}

/** Features that would look for a network, or that Playwright's own list would put back when it replaces ours. */
const disabledFeatures = [
  'Translate', 'MediaRouter', 'OptimizationHints', 'LocalNetworkAccessChecks', 'NetworkTimeServiceQuerying', 'AutofillServerCommunication',
  'CertificateTransparencyComponentUpdater', 'SpareRendererForSitePerProcess',
];

/** Off by default in Chromium 147; the relay needs it to hear that a page has closed a port, which Electron's own ports always tell. */
const enabledBlinkFeatures = ['MessagePortCloseEvent'];

const listed = (list: string | undefined, more: readonly string[]): string => [list ?? '', ...more].filter((item) => item !== '').join(',');

function chromiumSwitches(): Map<string, string> {
  const switches = new Map([
    ['no-first-run', ''], ['no-default-browser-check', ''], ['disable-default-apps', ''], ['disable-sync', ''],
    ['disable-background-networking', ''], ['disable-component-update', ''], ['disable-domain-reliability', ''],
    ['disable-client-side-phishing-detection', ''], ['disable-breakpad', ''], ['metrics-recording-only', ''], ['no-pings', ''],
    ['disable-extensions', ''], ['hide-crash-restore-bubble', ''], ['password-store', 'basic'], ['use-mock-keychain', ''], ['test-type', ''],
    ...appendedSwitches(),
  ]);
  switches.set('disable-features', listed(switches.get('disable-features'), disabledFeatures));
  switches.set('enable-blink-features', listed(switches.get('enable-blink-features'), enabledBlinkFeatures));
  // The backstop under everything else: no name and no address resolves, whatever the app asked for. Playwright reaches the
  // DevTools port from outside Chromium, which this does not touch.
  switches.set('host-resolver-rules', 'MAP * ~NOTFOUND');
  return switches;
}

function commandLineOf(switches: ReadonlyMap<string, string>): string[] {
  return [...switches].map(([name, value]) => (value === '' ? `--${name}` : `--${name}=${value}`));
}

/** Starts Chromium, waits until it answers, and says on stderr what runs here. */
export async function startChromium(): Promise<Chromium> {
  const executable = findChromium();
  const isHeadless = !hasDisplay();
  const profile = new ProfileFolder(app.getPath('sessionData'));
  const isRoot = process.getuid?.() === 0;
  const sandbox = isRoot || bootInfo().switches.includes('--no-sandbox') ? ['--no-sandbox'] : [];
  const shared = [...sandbox, `--user-data-dir=${profile.path}`, '--test-type'];
  const debuggingPort = bootInfo().switches.filter((item) => item.startsWith('--remote-debugging-port'));
  const args = [...shared, '--remote-debugging-pipe', ...debuggingPort, '--no-startup-window', ...(isHeadless ? ['--headless'] : []), ...commandLineOf(chromiumSwitches())];
  const environment = { ...process.env, ...executable.environment };
  const child = spawn(executable.path, args, { stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'], env: environment });
  forwardDevToolsLine(child);
  child.on('error', (error) => {
    process.stderr.write(`stand-in: Chromium cannot be started: ${error.message}\n`);
    process.exit(1);
  });
  const connection = new CdpConnection(child.stdio[3] as Writable, child.stdio[4] as Readable);
  connection.onClose(() => {
    if (app.isLeaving) return;
    process.stderr.write('stand-in: Chromium has ended\n');
    app.exit(isHeadless ? 1 : 0); // on a screen it ends by itself after its last window
  });
  app.onShutDown(() => endChromium(child, connection));
  process.on('exit', () => {
    child.kill('SIGKILL');
    profile.dispose();
  });
  current = {
    connection, isHeadless, profile,
    openOnScreen(windowId, isOffTheRecord) {
      const incognito = isOffTheRecord ? ['--incognito'] : [];
      spawn(executable.path, [...shared, ...incognito, `--app=${bornAddress}${windowId}`], { stdio: 'ignore', env: environment });
    },
  };
  await announce(executable, connection, isHeadless);
  return current;
}

async function announce(executable: ChromiumExecutable, connection: CdpConnection, isHeadless: boolean): Promise<void> {
  const { product } = await connection.send('Browser.getVersion');
  process.stderr.write(`This is the stand-in for Electron ${electronVersion}, on ${product} (${executable.source}${isHeadless ? ', no display' : ''}), for development and tests only.\n`);
}

function forwardDevToolsLine(child: ChildProcess): void {
  if (!child.stderr) return;
  createInterface({ input: child.stderr }).on('line', (line) => {
    if (line.startsWith('DevTools listening')) process.stderr.write(`${line}\n`);
    else trace('chromium:', line);
  });
}

async function endChromium(child: ChildProcess, connection: CdpConnection): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  connection.send('Browser.close').catch(traced('Browser.close'));
  const impatience = setTimeout(() => child.kill('SIGKILL'), 3000);
  await exited;
  clearTimeout(impatience);
}
