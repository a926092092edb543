import { join } from 'node:path';
import type { VaultProblem } from '../../../preload/contract/domains/vault.ts';
import type { Progress } from '../../../preload/contract/routes.ts';
import { audited, verifyChain } from '../../audit/index.ts';
import { isAppError } from '../../base/errors.ts';
import { checkDatabase, dumpProjections, iterateContents, listCases, listModels, modelFiles, openEveryCase, rebuild, verifyBlob, type CaseStore } from '../../store/index.ts';
import type { EngineContext } from '../sessions.ts';

/** Leaves the event loop to others between pieces of checking. */
const breathe = (): Promise<void> => new Promise((resolve) => { setImmediate(resolve); });

/** Checks everything that can be checked: slots were when the vault opened; databases, projections, originals, chains now. */
export async function verifyVault(context: EngineContext, progress: (value: Progress<'vault.verify'>) => void, signal: AbortSignal): Promise<{ ok: boolean; problems: VaultProblem[] }> {
  const vault = context.vault();
  const problems: VaultProblem[] = [];
  const add = (code: string, where: string): void => { problems.push({ code, where }); };

  progress({ phase: 'vault', done: 0, total: 1, unit: 'databases' });
  for (const complaint of checkDatabase(vault.read)) add('database', `vault.db: ${complaint}`);
  const own = verifyChain(vault, null);
  if (own.fault !== null) add(`audit.${own.fault.why}`, `vault, record ${own.fault.record}`);

  await verifyModels(context, add, progress, signal);
  const rows = listCases(vault.read);
  const { stores, failures } = openEveryCase(vault, rows.map((row) => row.id));
  for (const { case: id, error } of failures) add(error.code, join('cases', id));
  for (const store of stores) {
    signal.throwIfAborted();
    await verifyCase(store, vault.read, add, progress, signal);
  }
  audited(vault, () => undefined, () => ({ action: 'vault.verified', objects: [vault.chain], marking: vault.systemHigh, outcome: problems.length === 0 ? 'done' : 'failed', detail: { problems: problems.length, cases: rows.length } }));
  return { ok: problems.length === 0, problems };
}

/** Every model file is the one that was registered, hashed afresh whatever this session has seen, and no other lies there. */
async function verifyModels({ vault, vaultFolder }: EngineContext, add: (code: string, where: string) => void, progress: (value: Progress<'vault.verify'>) => void, signal: AbortSignal): Promise<void> {
  const files = modelFiles(vaultFolder);
  const rows = listModels(vault().read);
  for (const [done, { sha256 }] of rows.entries()) {
    progress({ phase: 'models', done, total: rows.length, unit: 'files' });
    try {
      await files.verify(sha256, signal);
    } catch (error) {
      if (!isAppError(error)) throw error;
      add(error.code, join('models', `${sha256}.gguf`));
    }
  }
  for (const name of files.strangers(new Set(rows.map(({ sha256 }) => `${sha256}.gguf`)))) add('model.unregistered', join('models', name));
}

async function verifyCase(store: CaseStore, vault: Parameters<typeof verifyChain>[1], add: (code: string, where: string) => void, progress: (value: Progress<'vault.verify'>) => void, signal: AbortSignal): Promise<void> {
  const where = join('cases', store.id);
  for (const complaint of checkDatabase(store.read)) add('database', `${where}: ${complaint}`);
  const chain = verifyChain(store, vault);
  if (chain.fault !== null) add(`audit.${chain.fault.why}`, `${where}, record ${chain.fault.record}`);
  const before = dumpProjections(store.read);
  const after = projectionsFromOps(store);
  if (before.length !== after.length || before.some((line, index) => line !== after[index])) add('projections', where);
  let done = 0;
  for (const content of Array.from(iterateContents(store.read))) {
    signal.throwIfAborted();
    try {
      verifyBlob(store.blobs, content.place, content.sha256);
    } catch (error) {
      if (!isAppError(error)) throw error;
      add(error.code, `${where}, pack ${content.place.pack}`);
    }
    done += 1;
    if (done % 200 === 0) {
      progress({ phase: 'originals', done, total: null, unit: 'files' });
      await breathe();
    }
  }
}

class Rollback extends Error {}

/** What the projections would be, rebuilt from the ops in a transaction that is always rolled back. */
function projectionsFromOps(store: CaseStore): string[] {
  let dump: string[] = [];
  try {
    store.bookkeep((db) => {
      rebuild(db);
      dump = dumpProjections(db);
      throw new Rollback();
    });
  } catch (error) {
    if (!(error instanceof Rollback)) throw error;
  }
  return dump;
}
