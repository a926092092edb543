import type { ExhaustiveCoverage, FoundItem, QueryPlan, TablePlan } from '../../../preload/contract/domains/exhaustive.ts';
import { createQueryThread } from '../../search/index.ts';
import type { OpenOptions } from '../../store/reader.ts';
import { threadEntry } from '../../work/index.ts';
import type { ExhaustiveQuestion } from './classify-question.ts';
import type { ExhaustiveRequests } from './requests.ts';
import type { ScopeNumbers } from './scope-coverage.ts';
import type { OfferedTable, TablePlanning } from './table-requests.ts';

interface Asked {
  readonly signal?: AbortSignal;
}

/** Goes through every document of a scope, on a thread of its own. Calls reject with the signal's reason, search.bad-query, bridge.internal or bridge.closed. The owner closes it. */
export interface Counter {
  /** What a plan by query would look at. */
  readonly cover: (plan: QueryPlan, documents: ScopeNumbers, options?: Asked) => Promise<ExhaustiveCoverage>;
  /** Numbers of the documents that match, in order. */
  readonly match: (plan: QueryPlan, documents: ScopeNumbers, options?: Asked) => Promise<Int32Array>;
  /** What was found in matching documents, in their order. */
  readonly quote: (plan: QueryPlan, documents: Int32Array, options: Asked & { readonly onProgress: (done: number) => void }) => Promise<FoundItem[]>;
  /** The sheets of a scope that a question fits, each with its plan. */
  readonly planTables: (question: string, asked: ExhaustiveQuestion, documents: ScopeNumbers, options?: Asked) => Promise<TablePlanning>;
  /** The first `most` sheets of a scope by their columns, for whoever makes a plan. */
  readonly offerTables: (documents: ScopeNumbers, most: number, options?: Asked) => Promise<OfferedTable[]>;
  /** What a plan over a sheet would do. Rejects with case.bad-plan or case.unknown-document too. */
  readonly lookAtTable: (plan: TablePlan, documents: ScopeNumbers, options?: Asked) => Promise<ExhaustiveRequests['lookAtTable']['output']>;
  /** Runs a plan over a sheet. Rejects as lookAtTable does. */
  readonly runTable: (plan: TablePlan, documents: ScopeNumbers, options?: Asked) => Promise<ExhaustiveRequests['runTable']['output']>;
  readonly close: () => Promise<void>;
}

/** Documents that are sent in one request: what one turn does not come to is sent again. */
const documentsAtOnce = 256;

/** A counter over a case's database. The thread starts with the first request. */
export function createCounter({ readerOptions }: { readonly readerOptions: OpenOptions }): Counter {
  const thread = createQueryThread<ExhaustiveRequests>({ entry: threadEntry(import.meta.url, './exhaustive.worker.ts'), readerOptions, name: 'exhaustive' });
  return {
    cover: (plan, documents, options) => thread.ask('cover', { plan, documents }, options),
    match: (plan, documents, options) => thread.ask('match', { plan, documents }, options),
    quote: async (plan, documents, { signal, onProgress }) => {
      const items: FoundItem[] = [];
      for (let done = 0; done < documents.length;) {
        const turn = await thread.ask('quote', { plan, documents: documents.slice(done, done + documentsAtOnce) }, { signal });
        signal?.throwIfAborted();
        items.push(...turn.items);
        done += turn.done;
        onProgress(done);
      }
      return items;
    },
    planTables: (question, asked, documents, options) => thread.ask('planTables', { question, asked, documents }, options),
    offerTables: (documents, most, options) => thread.ask('offerTables', { documents, most }, options),
    lookAtTable: (plan, documents, options) => thread.ask('lookAtTable', { plan, documents }, options),
    runTable: (plan, documents, options) => thread.ask('runTable', { plan, documents }, options),
    close: () => thread.close(),
  };
}
