import type { EndpointId } from '../../preload/contract/domains/basics.ts';
import type { Clock } from '../base/clock.ts';
import { createEgress, type EgressCounters, type SentRequest } from '../policy/index.ts';
import type { EndpointRow } from '../store/index.ts';
import { createClient, type EndpointMemory } from './create-client.ts';
import { createEmbedded, type EmbeddedOptions, type Urgency } from './embedded/index.ts';
import type { ModelClient } from './model-client.ts';
import { createPresence, type Presence } from './presence.ts';
import { maxRetries, systemSleep, type Sleep } from './retry.ts';

/** How long an endpoint may take and how much it may send. The first two are the profile's unless they are given. */
export interface NetworkLimits {
  readonly headersTimeoutMs: number;
  readonly idleTimeoutMs: number;
  readonly probeTimeoutMs: number;
  readonly maxResponseBytes: number;
}

/** Two minutes for a step of a test: a server may have to load its model first. */
const usualLimits = { probeTimeoutMs: 120_000, maxResponseBytes: 32 * 1024 * 1024 };

/** Every endpoint's client behind the one egress, and what is known of who answers. */
export interface Network {
  /** The client of an endpoint. Opens nothing. In the background it sends nothing again: who works there slows down instead. */
  readonly clientFor: (endpoint: EndpointRow, urgency?: Urgency) => ModelClient;
  /** Where people wait for answers, by `placeOf`. */
  readonly presence: Presence;
  readonly counters: () => EgressCounters;
  /** Records whether the endpoint did its work when it was last tested or asked. */
  readonly noteReachable: (endpoint: EndpointId, ok: boolean) => void;
  /** What was last recorded; null before the first. */
  readonly reachable: (endpoint: EndpointId) => boolean | null;
  /** Name of the endpoint that failed last and has not worked since; null when none. */
  readonly unreachableName: () => string | null;
  /** Forgets an endpoint that was changed or removed. */
  readonly forget: (endpoint: EndpointId) => void;
  /** Ends every connection, and the model's process. */
  readonly close: () => Promise<void>;
}

/** What answers of an endpoint share: the server, or the one process that runs model files. */
export function placeOf({ id, profile }: Pick<EndpointRow, 'id' | 'profile'>): string {
  return profile.dialect === 'embedded' ? 'embedded' : id;
}

/** The client, seen where a person waits for its answer. */
function watched(client: ModelClient, place: string, presence: Presence): ModelClient {
  return {
    ...client,
    answer: async function* (request, signal) {
      const leave = presence.enter(place);
      try {
        yield* client.answer(request, signal);
      } finally {
        leave();
      }
    },
  };
}

/** A network with nothing open. `embedded` runs what needs no network; without it, such an endpoint is a bad profile. `onSent` is told of every request that went to an endpoint, whose id is null when nobody knows its name any more; `sleep` and `random` shape the pauses between retries. */
export function createNetwork(options: { readonly clock: Clock; readonly embedded?: Omit<EmbeddedOptions, 'endpoint' | 'urgency'>; readonly limits?: Partial<NetworkLimits>; readonly onSent?: (endpoint: EndpointId | null, sent: SentRequest) => void; readonly sleep?: Sleep; readonly random?: () => number }): Network {
  const { clock, sleep = systemSleep, random = Math.random } = options;
  const idOf = (name: string): EndpointId | null => [...namesById].find(([, known]) => known === name)?.[0] ?? null;
  const egress = createEgress({ clock, onSent: (sent) => options.onSent?.(idOf(sent.target), sent) });
  /** What was learned of each server, so that it is refused a field once and not with every question. */
  const memoryById = new Map<EndpointId, EndpointMemory>();
  const namesById = new Map<EndpointId, string>();
  /** In the order of recording, latest last. */
  const reachableById = new Map<EndpointId, boolean>();
  const presence = createPresence();
  return {
    presence,
    clientFor: (endpoint, urgency = 'interactive') => {
      const { id, name, profile: { timeouts } } = endpoint;
      namesById.set(id, name);
      const asked = (client: ModelClient): ModelClient => (urgency === 'interactive' ? watched(client, placeOf(endpoint), presence) : client);
      if (endpoint.profile.dialect === 'embedded' && options.embedded !== undefined) return asked(createEmbedded({ ...options.embedded, endpoint, urgency }));
      const memory = memoryById.get(id) ?? {};
      memoryById.set(id, memory);
      return asked(createClient({ endpoint, limits: { headersTimeoutMs: timeouts.headersMs, idleTimeoutMs: timeouts.idleMs, ...usualLimits, ...options.limits }, memory, egress, clock, sleep, random, retries: urgency === 'interactive' ? maxRetries : 0 }));
    },
    counters: egress.counters,
    noteReachable: (endpoint, ok) => {
      reachableById.delete(endpoint);
      reachableById.set(endpoint, ok);
    },
    reachable: (endpoint) => reachableById.get(endpoint) ?? null,
    unreachableName: () => {
      const latest = [...reachableById].findLast(([, ok]) => !ok);
      return latest === undefined ? null : (namesById.get(latest[0]) ?? null);
    },
    forget: (endpoint) => {
      reachableById.delete(endpoint);
      namesById.delete(endpoint);
      memoryById.delete(endpoint);
    },
    close: async () => void await Promise.all([egress.close(), options.embedded?.runtime.close()]),
  };
}
