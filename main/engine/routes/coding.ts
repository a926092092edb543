import { codingCounts, codingHistory, exportCodes, setNote, setVerdicts, togetherWith } from '../../triage/index.ts';
import { bug } from '../../base/errors.ts';
import { recordedExport } from '../recorded-export.ts';
import type { Handlers } from '../server.ts';
import { mustFindDocument, type EngineContext } from '../sessions.ts';

/** Handlers of decisions, notes and undo. */
export function codingHandlers(context: EngineContext): Pick<Handlers, 'coding.set' | 'coding.counts' | 'coding.history' | 'coding.export' | 'notes.set' | 'ops.undo' | 'ops.redo'> {
  const { events } = context;
  return {
    'coding.set': ({ case: id, document, verdict, together }) => {
      const { store, undo } = context.writable(id);
      const ops = setVerdicts(store, togetherWith(store, mustFindDocument(store, document), together), verdict);
      const [own = bug('a document was coded without an op')] = ops;
      undo.push(...ops);
      events.emit('coding', id);
      return { op: own.id, counts: codingCounts(store), coded: ops.length };
    },
    'coding.counts': ({ case: id }) => codingCounts(context.session(id).store),
    'coding.history': ({ case: id, document }) => {
      const { store } = context.session(id);
      return { entries: codingHistory(store, mustFindDocument(store, document)) };
    },
    'coding.export': ({ case: id }, { progress }) => {
      const { store } = context.session(id);
      return recordedExport(store, 'codes', () => {
        const lines = [...exportCodes(store)];
        for (let start = 0; start < lines.length; start += 500) progress({ lines: lines.slice(start, start + 500) });
        return { total: lines.length };
      }, ({ total }) => ({ codes: total }));
    },
    'notes.set': ({ case: id, document, text }) => {
      const { store, undo } = context.writable(id);
      const op = setNote(store, mustFindDocument(store, document), text);
      undo.push(op);
      events.emit('notes', id);
      return { op: op.id };
    },
    'ops.undo': ({ case: id }) => {
      const { store, undo } = context.writable(id);
      const changed = undo.undo(store);
      for (const topic of ['coding', 'notes', 'annotations'] as const) if (changed !== null) events.emit(topic, id);
      return { changed };
    },
    'ops.redo': ({ case: id }) => {
      const { store, undo } = context.writable(id);
      const changed = undo.redo(store);
      for (const topic of ['coding', 'notes', 'annotations'] as const) if (changed !== null) events.emit(topic, id);
      return { changed };
    },
  };
}
