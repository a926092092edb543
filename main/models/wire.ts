import type { ModelRequest } from './model-client.ts';
import type { ServerFault } from './server-fault.ts';

/** How an answer of a given shape is asked for: by its schema, as any JSON with the schema in the prompt, or in the prompt alone. */
export type StructureRung = 'schema' | 'object' | 'none';

/** What a server takes, where servers differ: learned from its refusals. A dialect that has no such field ignores it. */
export interface Wire {
  /** OpenAI's reasoning models refuse the older name, local servers know no other. */
  readonly limitField: 'max_tokens' | 'max_completion_tokens';
  /** Whether it may be asked to count tokens in a stream. */
  readonly usage: boolean;
  readonly stream: boolean;
  /** Some reasoning models refuse one. */
  readonly temperature: boolean;
  readonly structure: StructureRung;
}

/** What is known of one server by now. */
export interface LearnedWire {
  readonly get: () => Wire;
  readonly set: (wire: Wire) => void;
}

/** What is tried first. */
export const usualWire: Wire = { limitField: 'max_tokens', usage: true, stream: true, temperature: true, structure: 'schema' };

const refusal = /unsupported|not (?:\w+ ){0,3}support|n't support|unknown|unrecogni[sz]ed|unexpected|extra(?:neous)? (?:inputs?|fields?|key)|not (?:permitted|allowed)|deprecated|only the default|no longer|invalid/i;

/** What to try instead when a server refused a field of the request by its name; null when that was not it. Never proposes what was tried. */
export function adaptWire(wire: Wire, request: Pick<ModelRequest, 'schema' | 'temperature'>, status: number, { message }: ServerFault): Wire | null {
  if (status !== 400 && status !== 422) return null;
  if (wire.limitField === 'max_tokens' && message.includes('max_completion_tokens')) return { ...wire, limitField: 'max_completion_tokens' };
  if (wire.usage && /stream_options|include_usage/.test(message)) return { ...wire, usage: false };
  if (request.schema !== undefined && wire.structure !== 'none' && /response_format|json.?schema|json.?object|structured.?output|output_?config|text\.?format|\bformat\b|grammar/i.test(message)) return { ...wire, structure: wire.structure === 'schema' ? 'object' : 'none' };
  if (request.temperature !== undefined && wire.temperature && /temperature/i.test(message) && refusal.test(message)) return { ...wire, temperature: false };
  if (wire.stream && /\bstream(?:ing)?\b/i.test(message) && refusal.test(message)) return { ...wire, stream: false };
  return null;
}
