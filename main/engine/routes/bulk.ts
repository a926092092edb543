import type { Order } from '../../chat/index.ts';
import type { ParsedInput } from '../../../preload/contract/routes.ts';
import { toMarking } from '../../policy/index.ts';
import { listBulkAnswers } from '../../store/index.ts';
import { refuseVault } from '../outside.ts';
import { recordedExport } from '../recorded-export.ts';
import type { Handlers } from '../server.ts';
import { mustFindDocument, type EngineContext } from '../sessions.ts';
import { openBatchFile, readBatchFile } from './batch-files.ts';

function orderOf({ case: _case, parametersMarking, ...order }: ParsedInput<'bulk.start'>): Order {
  return { ...order, parametersMarking: parametersMarking === null ? null : toMarking(parametersMarking) };
}

/** Handlers of bulk work. */
export function bulkHandlers(context: EngineContext): Pick<Handlers, 'bulk.kinds' | 'bulk.preview' | 'bulk.start' | 'bulk.runs' | 'bulk.watch' | 'bulk.pause' | 'bulk.resume' | 'bulk.cancel' | 'bulk.retry' | 'bulk.results' | 'bulk.proposals' | 'bulk.export' | 'bulk.import' | 'bulk.batches' | 'bulk.sending'> {
  return {
    'bulk.kinds': ({ case: id }) => ({ kinds: context.session(id).bulk.kinds.map(({ kind, version, title }) => ({ kind, version, title })) }),
    'bulk.preview': (asked, { progress, signal }) => context.session(asked.case).bulk.preview(orderOf(asked), (done, total) => progress({ done, total }), signal),
    'bulk.start': (asked) => context.writable(asked.case).bulk.start(orderOf(asked)),
    'bulk.runs': ({ case: id }) => ({ runs: context.session(id).bulk.runs() }),
    'bulk.watch': ({ case: id, run }, { progress, signal }) => context.session(id).bulk.watch(run, progress, signal),
    'bulk.pause': ({ case: id, run }) => context.session(id).bulk.pause(run),
    'bulk.resume': ({ case: id, run, budget }) => context.writable(id).bulk.resume(run, budget),
    'bulk.cancel': ({ case: id, run }) => context.session(id).bulk.cancel(run),
    'bulk.retry': ({ case: id, run }) => context.writable(id).bulk.retry(run),
    'bulk.results': ({ case: id, run, state, offset, limit }) => context.session(id).bulk.results(run, state, offset, limit),
    'bulk.export': ({ case: id, run, format, folder }, { progress, signal }) => {
      const { store, bulk } = context.writable(id);
      refuseVault(folder, context.vaultFolder);
      return recordedExport(store, 'batch', () => bulk.exportBatches(run, format, (name) => openBatchFile(folder, name), (done, total) => progress({ done, total }), signal), ({ batches, held }) => ({ files: batches.length, requests: batches.reduce((sum, { requests }) => sum + requests, 0), held }));
    },
    'bulk.import': ({ case: id, run, path }, { progress, signal }) => {
      const { lines, sha256 } = readBatchFile(path);
      return context.writable(id).bulk.importBatch(run, lines, sha256, (done, total) => progress({ done, total }), signal);
    },
    'bulk.batches': ({ case: id, run }) => ({ batches: context.session(id).bulk.batches(run) }),
    'bulk.sending': ({ case: id, sending }) => context.session(id).bulk.sending(sending),
    'bulk.proposals': ({ case: id, document }) => {
      const { store } = context.session(id);
      return { proposals: listBulkAnswers(store.read, mustFindDocument(store, document).id, 'first-pass') };
    },
  };
}
