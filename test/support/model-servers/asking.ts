import { inspect } from 'node:util';
import type { EndpointId } from '../../../preload/contract/domains/basics.ts';
import { createNetwork, probeRequest, type CountRequest, type EmbedRequest, type ModelEnd, type ModelEvent, type ModelRequest, type Network, type NetworkLimits, type ProbeRequest } from '../../../main/models/index.ts';
import { clear, toMarking, type Cleared } from '../../../main/policy/index.ts';
import { endpointProfile, type EndpointProfile, type EndpointRow, type EndpointSecrets } from '../../../main/store/index.ts';

/** Words that must never be seen in an error. */
export const promptCanary = 'canary-prompt-7f3a';
export const keyCanary = 'canary-key-91c2';

const unclassified = toMarking('UNCLASSIFIED');
export const endpointName = 'Harbour model';
/** 2026-01-02T03:04:05Z: what the injected clock shows. */
export const nowMs = Date.UTC(2026, 0, 2, 3, 4, 5);

/** The secrets of an endpoint that wants a bearer key, or none. */
export function bearer(key: string | null): EndpointSecrets {
  return { auth: key === null ? { kind: 'none' } : { kind: 'bearer', key }, clientCertificate: null };
}

/** An endpoint at the address. */
export function endpointAt(baseUrl: string, more: Partial<Pick<EndpointRow, 'id' | 'name' | 'secrets'>> & { readonly profile?: Partial<EndpointProfile> } = {}): EndpointRow {
  const { profile, ...rest } = more;
  return { id: 'a1'.repeat(16) as EndpointId, name: endpointName, profile: endpointProfile.parse({ dialect: 'openai-chat', baseUrl, model: 'small-1', ceiling: unclassified, ...profile }), secrets: bearer(keyCanary), addedAt: 0, ...rest };
}

/** A request that the guard let through for the endpoint. */
export function clearedRequest(request: Partial<ModelRequest> = {}, target = endpointName): Cleared<ModelRequest> {
  return cleared({ system: 'Answer from the passages.', messages: [{ role: 'user', text: `What is due? ${promptCanary}` }], ...request }, target);
}

/** Texts to turn into vectors, let through. */
export function clearedTexts(texts: readonly string[], target = endpointName): Cleared<EmbedRequest> {
  return cleared({ texts }, target);
}

/** Texts to count, let through. */
export function clearedCount(texts: readonly string[], target = endpointName): Cleared<CountRequest> {
  return cleared({ texts }, target);
}

/** The test's own text, let through. */
export function clearedProbe(target = endpointName): Cleared<ProbeRequest> {
  return cleared(probeRequest, target);
}

function cleared<T>(payload: T, target: string): Cleared<T> {
  const outcome = clear({ payload, portions: [], systemHigh: unclassified }, { name: target, ceiling: unclassified, dataKinds: [] });
  if (outcome.kind !== 'cleared') throw new Error('the guard refused a test’s request');
  return outcome.cleared;
}

/** A network that notes its pauses instead of waiting. */
export function testNetwork(limits: Partial<NetworkLimits> = {}): { readonly network: Network; readonly pausesMs: number[] } {
  const pausesMs: number[] = [];
  const network = createNetwork({ clock: { nowMs: () => nowMs }, limits, random: () => 0.5, sleep: async (ms) => void pausesMs.push(ms) });
  return { network, pausesMs };
}

/** An answer, read to its end. */
export interface Asked {
  readonly text: string;
  readonly reasoning: string;
  readonly end: ModelEnd;
  readonly pausesMs: readonly number[];
  readonly sockets: number;
}

/** Everything that comes, read to the end. */
export async function readAll<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/** Asks the endpoint and reads everything. Throws when there is not exactly one end, in the last place. */
export async function askAt(baseUrl: string, options: { readonly limits?: Partial<NetworkLimits>; readonly request?: Partial<ModelRequest>; readonly secret?: string | null; readonly secrets?: EndpointSecrets; readonly profile?: Partial<EndpointProfile> } = {}): Promise<Asked> {
  const { network, pausesMs } = testNetwork(options.limits);
  try {
    const client = network.clientFor(endpointAt(baseUrl, { secrets: options.secrets ?? bearer(options.secret === undefined ? keyCanary : options.secret), profile: options.profile ?? {} }));
    const events: ModelEvent[] = await readAll(client.answer(clearedRequest(options.request), new AbortController().signal));
    const ends = events.filter((event) => event.kind === 'end');
    const end = ends[0];
    if (end === undefined || ends.length !== 1 || events.at(-1) !== end) throw new Error(`not one end in the last place: ${inspect(events)}`);
    const joined = (kind: 'text' | 'reasoning'): string => events.map((event) => (event.kind === kind ? event.text : '')).join('');
    return { text: joined('text'), reasoning: joined('reasoning'), end, pausesMs, sockets: network.counters().sockets };
  } finally {
    await network.close();
  }
}

/** Everything an error or a fault would show to whoever prints it: every property, every cause, the stack. */
export function shown(value: unknown): string {
  const inspected = inspect(value, { depth: Infinity, showHidden: true, maxArrayLength: null, maxStringLength: null });
  return value instanceof Error ? `${inspected}\n${String(value.stack)}\n${shown(value.cause)}` : inspected;
}
