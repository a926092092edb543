/** A case with an endpoint at a scripted server, for tests of bulk work. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { BulkRunId, CaseId, DocumentId, EndpointId } from '../../preload/contract/domains/basics.ts';
import type { BulkOrder, BulkResult, BulkRun } from '../../preload/contract/domains/bulk.ts';
import { toMarking } from '../../main/policy/index.ts';
import { startBulkServer, type BulkReply, type BulkServer } from './bulk-server.ts';
import { addCase, createdEngine, ingested, type TestEngine } from './engines.ts';
import { tempFolder } from './vaults.ts';

export interface BulkScene {
  readonly engine: TestEngine;
  readonly vaultFolder: string;
  readonly caseId: CaseId;
  readonly server: BulkServer;
  readonly endpoint: EndpointId;
  readonly documents: readonly DocumentId[];
  readonly start: (more?: Partial<Omit<BulkOrder, 'case'>>) => Promise<BulkRun>;
  /** Waits until the run no longer works. */
  readonly ended: (run: BulkRunId) => Promise<BulkRun>;
  readonly results: (run: BulkRunId) => Promise<BulkResult[]>;
}

/** The word that names the nth document, in its text and nowhere else. */
export const wordOf = (nth: number): string => `lampword${nth}x`;
export const allWords = /lampword\d+x/;

export interface SceneOptions {
  readonly documents: number;
  readonly reply: (user: string, nth: number) => BulkReply | Promise<BulkReply>;
  readonly text?: (nth: number) => string;
  readonly marking?: string;
  readonly ceiling?: string;
  readonly usage?: { readonly prompt_tokens: number; readonly completion_tokens: number };
  readonly dialect?: 'openai-chat' | 'bedrock';
}

export async function bulkScene({ documents: count, reply, text = (nth) => `The pier lamp ${wordOf(nth)} is lit at eight.`, marking = 'UNCLASSIFIED', ceiling = 'SECRET//NOFORN', usage, dialect = 'openai-chat' }: SceneOptions): Promise<BulkScene> {
  const vaultFolder = join(tempFolder(), 'vault');
  const engine = await createdEngine(vaultFolder);
  onTestFinished(() => engine.close());
  const caseId = await addCase(engine, 'Harbour', toMarking(marking));
  const folder = tempFolder();
  for (let nth = 0; nth < count; nth += 1) writeFileSync(join(folder, `${String(nth).padStart(4, '0')}.txt`), text(nth));
  await ingested(engine, caseId, [folder]);
  const lines: { id: DocumentId; path: string }[] = [];
  await engine.call('documents.list', { case: caseId }, (value) => lines.push(...value.lines));
  const server = await startBulkServer({ words: allWords, reply, ...(usage === undefined ? {} : { usage }) });
  onTestFinished(() => server.close());
  const { endpoint } = await engine.call('endpoints.add', { name: 'Harbour model', dialect, baseUrl: server.baseUrl, model: 'small-1', ceiling, ...(dialect === 'bedrock' ? { face: 'converse' as const, signingRegion: 'us-gov-west-1', auth: { kind: 'bearer' as const, key: 'k' } } : {}) });
  return {
    engine, vaultFolder, caseId, server, endpoint,
    documents: lines.sort((a, b) => (a.path < b.path ? -1 : 1)).map(({ id }) => id),
    start: (more = {}) => engine.call('bulk.start', { case: caseId, kind: 'first-pass', parameters: { instruction: 'What is said of lamps' }, endpoint, scope: { kind: 'case' }, ...more }),
    ended: (run) => engine.call('bulk.watch', { case: caseId, run }),
    results: async (run) => (await engine.call('bulk.results', { case: caseId, run, limit: 500 })).results,
  };
}
