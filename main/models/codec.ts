import type { RequestPlace } from '../policy/index.ts';
import type { AnswerMeaning } from './answer-reader.ts';
import type { FramingKind } from './framing/framing.ts';
import type { JsonSchema, ModelRequest } from './model-client.ts';
import type { ExplainFault } from './server-fault.ts';
import type { Wire } from './wire.ts';

/** Where a request of a dialect goes; the key is added by whoever sends it. */
export type CodecPlace = Pick<RequestPlace, 'path' | 'query'> & { readonly headers?: Readonly<Record<string, string>> };

/** A function that the model may call. */
export interface ToolOffer {
  readonly name: string;
  readonly description: string;
  readonly parameters: JsonSchema;
}

/** What is asked, and in a test the tool that is offered. */
export interface AskedRequest extends ModelRequest {
  readonly tool?: ToolOffer;
}

/** What a list of models says. */
export interface ModelList {
  /** Once each, at most 1,000. */
  readonly ids: readonly string[];
  /** Tokens that fit, where the list says it of the profile's model. */
  readonly contextTokens: number | null;
}

/** What a server says of itself; absent where it does not. */
export interface ServerFacts {
  readonly contextTokens?: number;
  readonly version?: string;
  /** A sentence why this model must not be used here. */
  readonly refusal?: string;
}

/** One place where a server says something of itself. */
export interface FactSource {
  readonly place: CodecPlace;
  /** JSON of a POST, which holds nothing but the model's name; absent for a GET. */
  readonly body?: unknown;
  /** Whether the path stands at the root of the host rather than below the base URL. */
  readonly atRoot?: boolean;
  /** Whether it is to be known before anything is asked. */
  readonly isFirst?: boolean;
  readonly read: (value: unknown) => ServerFacts;
}

/** What there is to say about one dialect, as data and pure functions: the one HTTP client does the rest. */
export interface Codec {
  readonly framing: FramingKind;
  /** The Accept header of a question. */
  readonly accept: string;
  /** Lower-case header that carries a key of kind api-key; null where the dialect has none. */
  readonly keyHeader: string | null;
  /** The AWS service that requests may be signed for; null where they are not signed. */
  readonly signedService: string | null;
  /** What is tried first. */
  readonly wire: Wire;
  /** Whether JSON of any shape can be asked for: the second rung of a shaped answer. */
  readonly hasJsonMode: boolean;
  readonly answer: {
    readonly place: (wire: Wire) => CodecPlace;
    /** The value of the JSON body. */
    readonly encode: (request: AskedRequest, wire: Wire) => unknown;
    readonly meaning: AnswerMeaning;
  };
  /** Null: the dialect makes no vectors. `read` gives them in the order of the texts, or null for what is no such answer. */
  readonly embeddings: { readonly place: CodecPlace; readonly encode: (texts: readonly string[]) => unknown; readonly read: (value: unknown) => readonly (readonly number[])[] | null } | null;
  /** Null: the dialect has no list. `read` gives null for what is none. */
  readonly models: { readonly place: CodecPlace; readonly read: (value: unknown) => ModelList | null } | null;
  readonly facts: readonly FactSource[];
  readonly explain?: ExplainFault;
  /** Why the profile's model must not be asked at all; nothing is sent then. */
  readonly refusal?: string | undefined;
}

/** What a dialect may depend on: the profile, without what is secret. */
export interface CodecProfile {
  readonly model: string;
  readonly baseUrl: string;
  readonly apiVersion: string | null;
  readonly contextTokens: number | null;
  readonly maxOutputTokens: number | null;
}

/** The system text, with the shape of the answer where the wire cannot carry it. */
export function systemText({ system, schema }: ModelRequest, { structure }: Wire): string {
  if (schema === undefined || structure === 'schema') return system;
  return `${system}${system === '' ? '' : '\n\n'}Answer with one JSON value and nothing else. It has to match this JSON schema:\n${JSON.stringify(schema)}`;
}

/** Roles and texts, the system text first where there is one: the messages of most dialects. */
export function roleMessages(system: string, messages: ModelRequest['messages']): { readonly role: string; readonly content: string }[] {
  return [...(system === '' ? [] : [{ role: 'system', content: system }]), ...messages.map(({ role, text }) => ({ role, content: text }))];
}

/** The most that may be written: the request's own limit, within the profile's. Undefined leaves it to the server. */
export function outputLimit({ maxTokens }: ModelRequest, { maxOutputTokens }: CodecProfile): number | undefined {
  if (maxOutputTokens === null) return maxTokens;
  return Math.min(maxTokens ?? maxOutputTokens, maxOutputTokens);
}

/** `prefix` when the base URL's path does not end with it already: people give a host, or copy a whole address. */
export function below(baseUrl: string, ...prefixes: readonly string[]): string {
  const path = new URL(baseUrl).pathname.replace(/\/+$/, '');
  const whole = prefixes.join('');
  for (let have = prefixes.length; have > 0; have -= 1) if (path.endsWith(prefixes.slice(0, have).join(''))) return prefixes.slice(have).join('');
  return whole;
}
