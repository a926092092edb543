import { realpathSync } from 'node:fs';
import { basename, isAbsolute } from 'node:path';
import type { ModelId } from '../../../preload/contract/domains/basics.ts';
import { modelName, type ModelInfo } from '../../../preload/contract/domains/models.ts';
import type { Progress } from '../../../preload/contract/routes.ts';
import { audited } from '../../audit/index.ts';
import { AppError } from '../../base/errors.ts';
import { newId } from '../../base/ids.ts';
import { isInside } from '../../base/is-inside.ts';
import { modelFacts, readGgufFile, type ModelFacts } from '../../models/index.ts';
import { deleteModel, insertModel, listEndpoints, listModels, readModel, readModelByName, type ModelCopy, type ModelRow } from '../../store/index.ts';
import { tenTimesASecond } from '../../work/index.ts';
import type { Handlers } from '../server.ts';
import type { EngineContext } from '../sessions.ts';

/** Handlers of the vault's model files. */
export function modelHandlers(context: EngineContext): Pick<Handlers, 'models.list' | 'models.add' | 'models.remove'> {
  const { events, tools, modelFiles, models, vaultFolder } = context;
  const usersOf = (name: string): string[] => listEndpoints(context.vault().read).filter(({ profile }) => profile.dialect === 'embedded' && profile.model.toLowerCase() === name.toLowerCase()).map((endpoint) => endpoint.name);
  const info = ({ id, contextTokenBytes: _own, ...row }: ModelRow): ModelInfo => ({ model: id, ...row, endpoints: usersOf(row.name) });
  const refuseTaken = (name: string): void => {
    if (readModelByName(context.vault().read, name) !== null) throw new AppError('model.name-taken', 'There is a model of this name already.');
  };
  const refuseKnown = (sha256: string): void => {
    const known = listModels(context.vault().read).find((row) => row.sha256 === sha256);
    if (known !== undefined) throw new AppError('model.exists', `This file is in the vault already, as ${known.name}.`, { data: { model: known.id } });
  };
  /** Has the copy loaded, gives it its name and registers it; when that fails, nothing of it stays. */
  const register = async (copy: ModelCopy, name: string, facts: ModelFacts, signal: AbortSignal): Promise<ModelRow> => {
    const { sha256, sizeBytes } = copy;
    const row: ModelRow = { id: newId<ModelId>(tools.ids), name, sha256, sizeBytes, ...facts, addedAt: tools.clock.nowMs() };
    await models.check({ model: row, wantedTokens: null }, copy.path, signal);
    await copy.keep();
    try {
      audited(context.vault(), (db) => {
        refuseTaken(name);
        insertModel(db, row);
      }, () => ({ action: 'model.added', objects: [row.id], marking: context.vault().systemHigh, detail: { sha256, sizeBytes, kind: row.kind, architecture: row.architecture } }));
    } catch (error) {
      await modelFiles.remove(sha256);
      throw error;
    }
    return row;
  };
  const add = async (path: string, given: string | null, progress: (value: Progress<'models.add'>) => void, signal: AbortSignal): Promise<ModelInfo> => {
    if (!isAbsolute(path)) throw absent();
    if (isInside(placeOf(path), placeOf(vaultFolder))) throw new AppError('case.path-is-vault', 'This file lies in the vault itself.');
    const name = given ?? nameOf(path);
    refuseTaken(name);
    await factsOf(path); // before gigabytes are copied
    const told = tenTimesASecond(tools.clock, progress);
    const copy = await modelFiles.copyIn(path, signal, (done, total) => told.push({ phase: 'copying', done, total, unit: 'bytes' }));
    try {
      const facts = await factsOf(copy.path); // what counts is what was copied
      refuseKnown(copy.sha256);
      told.flush();
      progress({ phase: 'loading', done: copy.sizeBytes, total: copy.sizeBytes, unit: 'bytes' });
      const row = await register(copy, name, facts, signal);
      events.emit('models');
      return info(row);
    } finally {
      await copy.discard();
    }
  };
  /** One after another: a copy has one place. */
  let last: Promise<unknown> = Promise.resolve();
  return {
    'models.list': () => ({ models: listModels(context.vault().read).map(info) }),
    'models.add': ({ path, name }, { progress, signal }) => {
      const own = last.then(() => add(path, name, progress, signal));
      last = own.catch(() => undefined); // its caller hears of it
      return own;
    },
    'models.remove': async ({ model }) => {
      const row = readModel(context.vault().read, model);
      if (row === null) throw new AppError('model.unknown', 'There is no such model in the vault.', { data: { model } });
      const users = usersOf(row.name);
      if (users.length > 0) throw new AppError('model.in-use', `An endpoint runs this model: ${users.join(', ')}. Remove the endpoint first.`, { data: { model } });
      audited(context.vault(), (db) => deleteModel(db, model), () => ({ action: 'model.removed', objects: [model], marking: context.vault().systemHigh, detail: { sha256: row.sha256 } }));
      await models.unload(row.sha256);
      await modelFiles.remove(row.sha256);
      events.emit('models');
      return {};
    },
  };
}

function absent(): AppError {
  return new AppError('case.path-absent', 'There is no such file, or it cannot be read.');
}

function placeOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    throw absent();
  }
}

/** What the header of a file says. Throws model.bad-file, model.unsupported or case.path-absent. */
async function factsOf(path: string): Promise<ModelFacts> {
  try {
    return modelFacts(await readGgufFile(path));
  } catch (error) {
    throw error instanceof AppError ? error : absent();
  }
}

/** The file's name without its ending, as far as it is a name. */
function nameOf(path: string): string {
  const name = basename(path).replace(/\.gguf$/i, '').replace(/[\p{Cc}/\\]+/gu, ' ').trim().slice(0, 120);
  return modelName.safeParse(name).data ?? 'model';
}
