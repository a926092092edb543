import type { Capabilities } from '../../preload/contract/domains/endpoints.ts';
import type { ErrorCode } from '../../preload/contract/errors.ts';
import type { Cleared } from '../policy/index.ts';

/** One message of a conversation. */
export interface ModelMessage {
  readonly role: 'user' | 'assistant';
  readonly text: string;
}

/** A JSON schema (2020-12) whose root is an object with `additionalProperties: false` and every property required: what every server takes. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** What a model is asked. Everything in it has been through the guard. */
export interface ModelRequest {
  readonly system: string;
  /** Oldest first; the last is the user's. */
  readonly messages: readonly ModelMessage[];
  /** The most it may write; absent leaves it to the profile, then to the server. */
  readonly maxTokens?: number;
  /** Absent leaves it to the server; left out where a model refuses it. */
  readonly temperature?: number;
  /** The answer is to be JSON of this shape. It is asked for as strictly as the server can; whoever asks still checks what comes. */
  readonly schema?: JsonSchema;
}

/** Texts to turn into vectors. Everything in it has been through the guard. */
export interface EmbedRequest {
  readonly texts: readonly string[];
}

/** Texts whose tokens are to be counted. Everything in it has been through the guard. */
export interface CountRequest {
  readonly texts: readonly string[];
}

/** What a test sends: harmless text of ours, through the guard like everything else. */
export interface ProbeRequest {
  readonly greeting: string;
  readonly colour: string;
  readonly weather: string;
  readonly sentence: string;
}

/** The one test. No question here suggests the answer that its schema allows: who gives it has kept to the schema. */
export const probeRequest: ProbeRequest = {
  greeting: 'Say hello.',
  colour: 'Name a colour.',
  weather: 'What is the weather in Oslo? Use the tool.',
  sentence: 'The ferry leaves at noon.',
};

/** Tokens as the server counted them; null where it did not say. */
export interface ModelUsage {
  readonly promptTokens: number | null;
  readonly completionTokens: number | null;
}

/** Why an answer ended badly: a code to branch on and a sentence of ours, never the server's words, which may repeat the prompt. */
export interface ModelFault {
  readonly code: ErrorCode;
  readonly message: string;
  /** Facts: `contextTokens` (what fits, where the server said it), `retryAfterMs`, `status`. */
  readonly data: Readonly<Record<string, unknown>>;
}

/**
 * How an answer ended. `complete`: the model said that it had finished. `truncated`: the connection ended before it did, so the text
 * may lack its end. `cut`: the token limit. `filtered`: the server's content filter. `error`: `fault` says what.
 */
export type EndState = 'complete' | 'truncated' | 'cut' | 'filtered' | 'error';

/** A piece of an answer. `reasoning` is the model talking to itself: progress, never shown as answer. */
export type ModelEvent =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'reasoning'; readonly text: string }
  | ModelEnd;

/** The last event of every answer. */
export interface ModelEnd {
  readonly kind: 'end';
  readonly state: EndState;
  /** Always set for `error`, set for `truncated` when the connection broke, else null. */
  readonly fault: ModelFault | null;
  readonly usage: ModelUsage | null;
}

/** A model behind one endpoint, whatever it speaks. test/conformance/model-client.test.ts is what every dialect keeps. */
export interface ModelClient {
  /**
   * Asks. Text and reasoning in order, then exactly one end: what a server or a connection does wrong is an end, not an exception.
   * Throws only the signal's reason. Leaving the loop early closes the connection.
   */
  readonly answer: (request: Cleared<ModelRequest>, signal: AbortSignal) => AsyncIterable<ModelEvent>;
  /** One vector for each text, in their order, all of one length. Throws endpoint.* or the signal's reason. */
  readonly embed: (request: Cleared<EmbedRequest>, signal: AbortSignal) => Promise<readonly Float32Array[]>;
  /** How many tokens the model makes of each text, in their order, the form around them apart; null where nobody can say. Waits for no other's answer. Throws only the signal's reason. */
  readonly count: (request: Cleared<CountRequest>, signal: AbortSignal) => Promise<readonly number[] | null>;
  /**
   * Finds out what the endpoint can do, calling `onStep` with a few words before each step. What it cannot tell is null. Never retries.
   * Throws endpoint.* when the endpoint neither answers nor makes vectors, or the signal's reason.
   */
  readonly probe: (request: Cleared<ProbeRequest>, signal: AbortSignal, onStep: (step: string) => void) => Promise<Omit<Capabilities, 'testedAt'>>;
}
