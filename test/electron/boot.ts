/**
 * The stand-in for Electron's executable, for development and tests where the real binary cannot be had.
 *
 * It takes Electron's command line, runs the same main script on Node, and shows its windows in a Chromium that it drives over
 * the DevTools pipe, so `ELECTRON_OVERRIDE_DIST_PATH=<this folder>/dist` makes both `electron .` and Playwright's
 * `_electron.launch()` use it. It is never packaged, says what it is when it starts, and throws
 * `stand-in: <member> is not implemented` for what it lacks. STANDIN_CHROMIUM names a Chromium, STANDIN_TRACE=1 explains.
 *
 * It differs from Electron by design where Chromium's DevTools give no other way: an `app://` page lives on an https origin
 * that cannot exist (event.senderFrame.url, webContents.getURL and request.url are translated back, location.origin is not);
 * window.open always returns null; subframes get no preload; a permission handler denies everything; webRequest does not see
 * WebSockets, and no name resolves at all; process.execPath is Node.
 */
import inspector from 'node:inspector';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { inspectorRequest, locateApp, parseArguments } from './arguments.ts';
import { electronVersion, setBootInfo } from './boot-info.ts';

const executable = path.join(import.meta.dirname, 'dist/electron');
const args = process.argv.slice(2);
const { preloadModules, switches, wantsVersion, appArgument } = parseArguments(args);
if (wantsVersion) {
  process.stdout.write(`v${electronVersion}\n`);
  process.exit(0);
}
const inspect = inspectorRequest(switches);
if (inspect) inspector.open(inspect.port, inspect.host, inspect.waits);

const { appPath, entry, manifest } = locateApp(appArgument);
setBootInfo({ appPath, manifest, switches, executable });
process.argv = [executable, ...args];
Object.assign(process, { type: 'browser', defaultApp: true, resourcesPath: path.join(import.meta.dirname, 'dist/resources') });
Object.defineProperty(process.versions, 'electron', { value: electronVersion, enumerable: true });
Object.defineProperty(process.versions, 'chrome', { value: 'stand-in', enumerable: true });

// Everything below reads the boot information, so it is loaded only now.
const { electron } = await import('./electron-module.ts');
const { answerElectronWith } = await import('./electron-resolution.ts');
const { app } = await import('./app.ts');
const { startChromium } = await import('./chromium.ts');
const { watchTargets } = await import('./page-targets.ts');
answerElectronWith(electron);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => app.quit());

try {
  const require = createRequire(path.join(process.cwd(), 'package.json'));
  for (const module of preloadModules) require(path.resolve(module));
  await import(pathToFileURL(entry).href);
} catch (error) {
  process.stderr.write(`App threw an error during load\n${error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(1);
}
if (!app.isLeaving) {
  await startChromium();
  await watchTargets();
  if (!app.isLeaving) app.becomeReady();
}
