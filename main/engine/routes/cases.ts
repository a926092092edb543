import type { CaseInfo } from '../../../preload/contract/domains/cases.ts';
import type { CaseId } from '../../../preload/contract/domains/basics.ts';
import { audited } from '../../audit/index.ts';
import { AppError, isAppError } from '../../base/errors.ts';
import { dominates, toMarking, viewMarking } from '../../policy/index.ts';
import { countDocuments, listCases, readCase, readCaseByName, readHeads, updateCase, type CaseRow } from '../../store/index.ts';
import { markCase } from '../../triage/index.ts';
import type { Handlers } from '../server.ts';
import type { EngineContext } from '../sessions.ts';
import { exportCase } from './export.ts';

/** The reason of a case's first marking. */
const atCreation = 'set at creation';

/** Handlers of cases and of the event stream. */
export function caseHandlers(context: EngineContext): Pick<Handlers, 'cases.list' | 'cases.create' | 'cases.rename' | 'cases.mark' | 'cases.archive' | 'cases.open' | 'cases.export' | 'events.watch'> {
  const info = (row: CaseRow): CaseInfo => ({
    case: row.id,
    name: row.name,
    marking: viewMarking(row.marking),
    archived: row.archived,
    createdAt: row.createdAt,
    ...countOrDamage(row.id),
  });
  const countOrDamage = (id: CaseId): Pick<CaseInfo, 'documents' | 'damaged'> => {
    try {
      return { documents: countDocuments(context.vault().case(id).read), damaged: false };
    } catch (error) {
      if (!isAppError(error, 'vault.database-damaged', 'vault.newer')) throw error;
      return { documents: 0, damaged: true };
    }
  };
  const mustRead = (id: CaseId): CaseRow => {
    const row = readCase(context.vault().read, id);
    if (row === null) throw new AppError('case.unknown', 'There is no such case.', { data: { case: id } });
    return row;
  };
  const refuseTaken = (name: string, except: CaseId | null): void => {
    const taken = readCaseByName(context.vault().read, name);
    if (taken !== null && taken.id !== except) throw new AppError('case.name-taken', 'There is a case of this name already.', { data: { case: taken.id } });
  };
  const change = (id: CaseId, update: Partial<Pick<CaseRow, 'name' | 'marking' | 'archived'>>, action: string): CaseInfo => {
    const vault = context.vault();
    const row = mustRead(id);
    const next = { name: update.name ?? row.name, marking: update.marking ?? row.marking, archived: update.archived ?? row.archived };
    audited(vault, (db) => updateCase(db, id, next), () => ({ action, objects: [id], marking: row.marking, detail: { archived: next.archived } }));
    context.events.emit('cases');
    return info(mustRead(id));
  };
  return {
    'cases.list': ({ archived }) => ({ cases: listCases(context.vault().read).filter((row) => archived || !row.archived).map(info) }),
    'cases.create': ({ name, marking: asked }) => {
      const vault = context.vault();
      const marking = toMarking(asked);
      if (!dominates(vault.systemHigh, marking)) throw new AppError('policy.above-system-high', `This vault may hold up to ${vault.systemHigh}; the case would be ${marking}.`);
      refuseTaken(name, null);
      const { row, register } = vault.newCase(name, marking);
      audited(vault, register, () => ({ action: 'case.created', objects: [row.id], marking: marking }));
      markCase(vault.case(row.id), marking, atCreation);
      context.events.emit('cases');
      return info(row);
    },
    'cases.rename': ({ case: id, name }) => {
      refuseTaken(name, id);
      return change(id, { name }, 'case.renamed');
    },
    'cases.mark': ({ case: id, marking: text, reason }) => {
      const marking = toMarking(text);
      const { systemHigh } = context.vault();
      if (!dominates(systemHigh, marking)) throw new AppError('policy.above-system-high', `This vault may hold up to ${systemHigh}; the case would be ${marking}.`);
      // The case's own ops have the last word; the register follows, here or when the case is next opened.
      markCase(context.writable(id).store, marking, reason);
      context.events.emit('markings', id);
      return change(id, { marking }, 'case.registered-marking');
    },
    'cases.archive': ({ case: id, archived }) => change(id, { archived }, archived ? 'case.archived' : 'case.restored'),
    'cases.open': ({ case: id, resume }) => {
      const row = mustRead(id);
      const { store, ingest, ocr, bulk } = context.session(id);
      if (readHeads(store.read, 'case', 'case.marked').length === 0) markCase(store, row.marking, atCreation); // its creation was cut short
      audited(store, () => undefined, () => ({ action: 'case.opened', objects: [id], marking: row.marking }));
      const standing = store.marking === row.marking ? info(row) : change(id, { marking: store.marking }, 'case.registered-marking'); // a change was cut short
      if (resume && !row.archived) {
        ingest.resumeAll();
        ocr.wake();
        bulk.resumeAll();
      }
      return standing;
    },
    'cases.export': ({ case: id, folder }, { progress, signal }) => exportCase(context.session(id).store, mustRead(id), { folder, vaultFolder: context.vaultFolder, progress, signal }),
    'events.watch': (_input, { progress, signal }) => new Promise((resolve) => {
      const stop = context.events.listen(progress);
      signal.addEventListener('abort', () => {
        stop();
        resolve({});
      }, { once: true });
    }),
  };
}
