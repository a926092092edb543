/** TanStack Query over the engine's routes: what the engine knows is kept here and nowhere else. */
import { keepPreviousData, notifyManager, QueryClient, useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { EngineEvent } from '../../preload/contract/domains/cases.ts';
import type { Input, Output, RouteName } from '../../preload/contract/routes.ts';
import { call, isEngineError } from './client.ts';

/** The window's one query client. Answers stay fresh until the engine says that they changed. */
export const queryClient = new QueryClient({
  defaultOptions: { queries: { staleTime: Infinity, gcTime: 5 * 60_000, retry: false, refetchOnWindowFocus: false, networkMode: 'always' }, mutations: { networkMode: 'always' } },
});

// By default a change is told after a timer of its own, which draws the window a second time for one answer.
notifyManager.setScheduler(queueMicrotask);

/** The cache key of a route call. */
export function keyOf<N extends RouteName>(name: N, input: Input<N>): readonly [N, Input<N>] {
  return [name, input];
}

/** Reads a route and keeps the answer. `enabled: false` waits. */
export function useRoute<N extends RouteName>(name: N, input: Input<N>, options: { enabled?: boolean; keepPrevious?: boolean } = {}): UseQueryResult<Output<N>, Error> {
  const { enabled = true, keepPrevious = false } = options;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the library's guard type cannot see through a generic route: the query is made over unknown and named again here
  return useQuery<unknown, Error>({
    queryKey: keyOf(name, input),
    queryFn: ({ signal }) => call(name, input, { signal }),
    enabled,
    ...(keepPrevious ? { placeholderData: keepPreviousData } : {}),
  }) as UseQueryResult<Output<N>, Error>;
}

/** Fetches ahead what the next key press will need. */
export function prefetch<N extends RouteName>(name: N, input: Input<N>): void {
  void queryClient.prefetchQuery({ queryKey: keyOf(name, input), queryFn: ({ signal }) => call(name, input, { signal }) });
}

const routesByTopic: Readonly<Record<EngineEvent['topic'], readonly RouteName[]>> = {
  vault: ['vault.status'],
  cases: ['cases.list'],
  documents: ['documents.get', 'coding.counts', 'search.facets', 'sets.languages', 'ingest.failures', 'cases.list'],
  coding: ['groups.of', 'sets.rows', 'documents.get', 'coding.counts', 'coding.history', 'search.facets'],
  notes: ['documents.get', 'coding.history'],
  markings: ['markings.document', 'documents.get', 'sets.rows', 'coding.history', 'annotations.list', 'cases.list', 'chat.conversations', 'chat.turns', 'chat.items'],
  chat: ['chat.conversations', 'chat.turns'],
  bulk: ['bulk.runs', 'bulk.results', 'bulk.batches', 'bulk.proposals'],
  annotations: ['annotations.list', 'sets.rows'],
  groups: ['groups.of', 'groups.state', 'sets.rows', 'search.facets'],
  jobs: ['ingest.watched', 'ingest.jobs', 'ingest.failures', 'ingest.items', 'ingest.held-members'],
  ocr: ['ocr.state'],
  texts: ['documents.text', 'documents.get', 'search.highlights', 'documents.page-words', 'markings.document', 'sets.rows', 'sets.languages', 'ingest.items'],
  endpoints: ['endpoints.list', 'network.status', 'models.list'],
  models: ['models.list'],
  network: ['network.status', 'endpoints.list'],
};

/** Marks as stale whatever an engine event touched. */
export function applyEvent(event: EngineEvent): void {
  for (const name of routesByTopic[event.topic]) void queryClient.invalidateQueries({ queryKey: [name] });
}

/** Watches the engine's events until the signal aborts or the engine goes. */
export async function watchEvents(signal: AbortSignal, onEvent: (event: EngineEvent) => void): Promise<void> {
  try {
    await call('events.watch', {}, { signal, onProgress: (event) => { applyEvent(event); onEvent(event); } });
  } catch (error) {
    if (!signal.aborted && !isEngineError(error, 'bridge.closed')) throw error;
  }
}
