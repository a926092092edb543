import Module, { registerHooks } from 'node:module';

/** Every name under which a program may ask for Electron. */
const names: ReadonlySet<string> = new Set(['electron', 'electron/main', 'electron/common', 'electron/utility']);
const moduleUrl = 'stand-in:electron';

interface Loader {
  _load: (this: unknown, request: string, ...rest: unknown[]) => unknown;
}

/** Makes `import` and `require` of Electron answer with the given exports. */
export function answerElectronWith(exportsByName: Readonly<Record<string, unknown>>): void {
  const loader = Module as unknown as Loader;
  const load = loader._load;
  // require() is answered here, before any resolution: the inspector's own require, which Playwright uses, comes this way too.
  loader._load = function (request, ...rest) {
    return names.has(request) ? exportsByName : load.call(this, request, ...rest);
  };
  const key = '__standInElectron';
  Object.defineProperty(globalThis, key, { value: exportsByName });
  const lines = Object.keys(exportsByName).map((name) => `export const ${name} = electron.${name};`);
  const source = `const electron = globalThis.${key}; export default electron; ${lines.join(' ')}`;
  registerHooks({
    resolve: (specifier, context, next) => (names.has(specifier) ? { url: moduleUrl, format: 'module', shortCircuit: true } : next(specifier, context)),
    load: (url, context, next) => (url === moduleUrl ? { format: 'module', source, shortCircuit: true } : next(url, context)),
  });
}
