/**
 * llama.cpp through node-llama-cpp, in the model's own process. The binding's own entry, getLlama, tries an add-on in a further process,
 * looks for compilers and reads system files; none of that may happen here, so the add-on of the processor is loaded by its path and
 * handed to the class behind getLlama. That class is no public interface: the version is pinned to its minor (package.json).
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Llama } from 'node-llama-cpp';

/** The binding's exports and an initialised llama.cpp. */
export interface LlamaRuntime {
  readonly library: typeof import('node-llama-cpp');
  readonly llama: Llama;
  /** llama.cpp and its release. */
  readonly server: string;
}

interface LlamaClass {
  readonly Llama: { readonly _create: (options: Readonly<Record<string, unknown>>) => Promise<Llama> };
}

const packages: Readonly<Record<string, string>> = {
  'linux-x64': 'linux-x64', 'linux-arm64': 'linux-arm64', 'darwin-x64': 'mac-x64', 'darwin-arm64': 'mac-arm64-metal', 'win32-x64': 'win-x64', 'win32-arm64': 'win-arm64',
};

/** Loads the add-on for this computer's processor. Throws when there is none. */
export async function openLlama(dlopen: NodeJS.Process['dlopen']): Promise<LlamaRuntime> {
  process.env['NODE_LLAMA_CPP_SKIP_DOWNLOAD'] = 'true'; // read by the library as it loads
  const name = packages[`${process.platform}-${process.arch}`];
  if (name === undefined) throw new Error('llama.cpp is not built for this computer.');
  const entry = import.meta.resolve('node-llama-cpp');
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- resolved at run time, so that no bundler draws it in
  const library = await import(entry) as typeof import('node-llama-cpp');
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a module of the pinned package that has no public types
  const { Llama } = await import(new URL('./bindings/Llama.js', entry).href) as LlamaClass;
  const folder = unpacked(join(fileURLToPath(import.meta.resolve(`@node-llama-cpp/${name}`)), '..', '..', 'bins', name));
  const bindingPath = join(folder, 'llama-addon.node');
  const loaded = { exports: {} };
  dlopen(loaded, bindingPath);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by the package's own build
  const { buildOptions } = JSON.parse(readFileSync(join(folder, '_nlcBuildMetadata.json'), 'utf8')) as { readonly buildOptions: { readonly customCmakeOptions: Readonly<Record<string, string>>; readonly llamaCpp: { readonly release: string } } };
  const llama = await Llama._create({
    bindings: loaded.exports, bindingPath, buildType: 'prebuilt',
    buildMetadata: { buildOptions: { ...buildOptions, customCmakeOptions: new Map(Object.entries(buildOptions.customCmakeOptions)) } },
    // Its words would repeat what is in the file and in the prompt.
    logLevel: library.LlamaLogLevel.disabled, logger: () => undefined,
    maxThreads: 0, vramPadding: 0, ramPadding: 0, skipLlamaInit: false, debug: false, numa: false, tempDir: false,
  });
  return { library, llama, server: `llama.cpp ${buildOptions.llamaCpp.release}` };
}

/** What is native lies beside a package's archive, not in it. */
function unpacked(folder: string): string {
  return folder.replace(/([\\/])app\.asar([\\/])/, '$1app.asar.unpacked$2');
}
