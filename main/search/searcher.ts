import type { DocumentId } from '../../preload/contract/domains/basics.ts';
import type { SetSource } from '../../preload/contract/domains/sets.ts';
import type { OpenOptions } from '../store/reader.ts';
import type { FacetCount } from './facets.ts';
import type { Hit } from './marks.ts';
import type { DocumentSet, OpenedSet } from './open-set.ts';
import type { PlainHit } from './plain-words.ts';
import { threadEntry, type AskOptions } from '../work/index.ts';
import { createQueryThread } from './query-thread.ts';
import type { SearchRequests } from './requests.ts';
import type { MemberWithSnippets } from './rows.ts';
import type { Suggestion } from './suggestions.ts';

type Asked = Pick<AskOptions, 'signal'>;

/** Search on threads of its own. Every call may reject with the signal's reason, bridge.internal or bridge.closed; those that take a query with search.bad-query. */
export interface Searcher {
  /** The members of a set, once, in order. */
  readonly openSet: (source: SetSource, options?: Asked) => Promise<OpenedSet>;
  readonly readRows: (set: DocumentSet, offset: number, limit: number, options?: Asked) => Promise<MemberWithSnippets[]>;
  /** Where a document stands in a set, itself or as the first with the same bytes; null when it does not. */
  readonly position: (set: DocumentSet, document: DocumentId, options?: Asked) => Promise<number | null>;
  /** The first position at or after `from`, wrapping round, whose document has no verdict now; null when all have one. */
  readonly nextUncoded: (set: DocumentSet, from: number, options?: Asked) => Promise<number | null>;
  readonly facets: (query: string, options?: Asked) => Promise<{ readonly coding: readonly FacetCount[]; readonly types: readonly FacetCount[]; readonly groups: readonly FacetCount[]; readonly languages: readonly FacetCount[] }>;
  /** Languages of the whole case, the most frequent first. */
  readonly languages: (options?: Asked) => Promise<readonly FacetCount[]>;
  /** At most the first 20,000 hits. Throws case.unknown-document. */
  readonly highlights: (document: DocumentId, query: string, options?: Asked) => Promise<Hit[]>;
  readonly suggestions: (query: string, options?: Asked) => Promise<Suggestion[]>;
  /** Members of a query with their scores, best first. */
  readonly ranked: (query: string, options?: Asked) => Promise<{ readonly documents: Int32Array; readonly scores: Float64Array }>;
  /** Text taken as plain words, whatever it holds. */
  readonly plainWords: (text: string, depth: number, options?: Asked) => Promise<PlainHit[]>;
  readonly close: () => Promise<void>;
}

/** Documents asked about in one request for the next uncoded one. */
const uncodedChunk = 2048;

/**
 * A searcher over a case's database. Highlights, which read one text whole, have a thread apart from what reads the lists. Each
 * thread starts with its first request; the caller closes them.
 */
export function createSearcher({ readerOptions }: { readonly readerOptions: OpenOptions }): Searcher {
  const entry = threadEntry(import.meta.url, './search.worker.ts');
  const thread = createQueryThread<SearchRequests>({ entry, readerOptions, name: 'search' });
  const textThread = createQueryThread<SearchRequests>({ entry, readerOptions, name: 'highlights' });
  const firstUncoded = async (set: DocumentSet, begin: number, end: number, options?: Asked): Promise<number | null> => {
    for (let at = begin; at < end; at += uncodedChunk) {
      const found = await thread.ask('firstUncoded', set.documents.slice(at, Math.min(end, at + uncodedChunk)), options);
      if (found !== null) return at + found;
    }
    return null;
  };
  return {
    openSet: (source, options) => thread.ask('open', source, options),
    readRows: async (set, offset, limit, options) => {
      const rows: MemberWithSnippets[] = [];
      const end = Math.min(set.documents.length, offset + limit);
      while (offset + rows.length < end) {
        const at = offset + rows.length;
        const more = await thread.ask('rows', { documents: set.documents.slice(at, end), query: set.query, offset: at }, options);
        if (more.length === 0) break;
        rows.push(...more);
      }
      return rows;
    },
    position: async (set, document, options) => {
      const number = await thread.ask('member', document, options);
      const at = number === null ? -1 : set.documents.indexOf(number);
      return at < 0 ? null : at;
    },
    nextUncoded: async (set, from, options) => {
      const start = from < set.documents.length ? from : 0;
      return (await firstUncoded(set, start, set.documents.length, options)) ?? firstUncoded(set, 0, start, options);
    },
    facets: (query, options) => thread.ask('facets', query, options),
    languages: (options) => thread.ask('languages', null, options),
    highlights: (document, query, options) => textThread.ask('highlights', { document, query }, options),
    suggestions: (query, options) => thread.ask('suggestions', query, options),
    ranked: (query, options) => thread.ask('ranked', query, options),
    plainWords: (text, depth, options) => thread.ask('plainWords', { text, depth }, options),
    close: async () => void await Promise.all([thread.close(), textThread.close()]),
  };
}
