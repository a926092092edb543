/** An embedded runtime over model files of a test, and what its process is told and says. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createEmbedded } from '../../main/models/embedded/index.ts';
import type { ToModel } from '../../main/models/embedded/model-protocol.ts';
import { createModelRuntime, type ModelClient, type ModelRuntime } from '../../main/models/index.ts';
import { endpointProfile, modelFiles, type EndpointProfile, type ModelFiles, type ModelRow } from '../../main/store/index.ts';
import type { ChildHandle, ProcessHost } from '../../main/work/index.ts';
import type { ModelId } from '../../preload/contract/domains/basics.ts';
import { endpointName } from './model-servers/asking.ts';

/** A runtime over a fresh folder. */
export interface EmbeddedBench {
  readonly runtime: ModelRuntime;
  readonly files: ModelFiles;
  /** Copies a file in and answers a client of the endpoint that `clearedRequest` clears for. */
  readonly clientOf: (source: string, model: Partial<ModelRow>, profile?: Partial<EndpointProfile>) => Promise<ModelClient>;
  /** As clientOf, for a model that does as the script says. */
  readonly scripted: (script: object, profile?: Partial<EndpointProfile>) => Promise<ModelClient>;
  /** Every process that was started, in order, the last one last. */
  readonly children: readonly ChildHandle[];
  /** What the processes were told. */
  readonly told: readonly ToModel[];
  /** Resolves when a task could begin at once: the process has none. */
  readonly idle: () => Promise<void>;
  /** Called after each message to a process. */
  onTold: (message: ToModel) => void;
}

/** A bench in a folder, on a host. */
export function embeddedBench(folder: string, host: ProcessHost, options: { readonly idleMs?: number } = {}): EmbeddedBench {
  const children: ChildHandle[] = [];
  const told: ToModel[] = [];
  const watched: ProcessHost = {
    isolation: host.isolation,
    fork: (entry, limit) => {
      const child = host.fork(entry, limit);
      children.push(child);
      return {
        ...child,
        post: (message) => {
          told.push(message as ToModel);
          child.post(message);
          bench.onTold(message as ToModel);
        },
      };
    },
  };
  const files = modelFiles(join(folder, 'vault'));
  const runtime = createModelRuntime({ host: watched, files, ...options });
  const clientOf: EmbeddedBench['clientOf'] = async (source, model, profile = {}) => {
    const copy = await files.copyIn(source, new AbortController().signal, () => undefined);
    await copy.keep();
    const row: ModelRow = { id: '3a'.repeat(16) as ModelId, name: 'Heron', sha256: copy.sha256, sizeBytes: copy.sizeBytes, architecture: 'llama', kind: 'chat', contextTokens: 2048, contextTokenBytes: 1000, licence: null, addedAt: 0, ...model };
    return createEmbedded({ endpoint: { name: endpointName, profile: endpointProfile.parse({ dialect: 'embedded', baseUrl: '', model: row.name, ceiling: 'UNCLASSIFIED', ...profile }) }, find: (name) => (name === row.name ? row : null), runtime });
  };
  const bench: EmbeddedBench = {
    runtime, files, children, told, clientOf,
    idle: async () => {
      // Whoever comes last has the turn when all before have given it back; a file that there is not takes it no further.
      const nobody = { name: 'none', sha256: '0'.repeat(64), kind: 'chat' as const, sizeBytes: 0, contextTokens: 1, contextTokenBytes: 1 };
      await runtime.load({ model: nobody, wantedTokens: null }, new AbortController().signal).catch(() => undefined);
    },
    onTold: () => undefined,
    scripted: async (script, profile) => {
      const file = join(folder, 'script.gguf');
      writeFileSync(file, JSON.stringify(script));
      return clientOf(file, {}, profile);
    },
  };
  return bench;
}
