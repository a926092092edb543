import type { ErrorCode } from '../../preload/contract/errors.ts';
import type { Cleared } from '../policy/index.ts';

/** One message of a conversation. */
export interface ModelMessage {
  readonly role: 'user' | 'assistant';
  readonly text: string;
}

/** What a model is asked. Everything in it has been through the guard. */
export interface ModelRequest {
  readonly system: string;
  /** Oldest first; the last is the user's. */
  readonly messages: readonly ModelMessage[];
  /** The most it may write; absent leaves it to the server. */
  readonly maxTokens?: number;
}

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
  /** Asks which models there are, sending no content. Throws endpoint.* or the signal's reason; never retries. */
  readonly probe: (signal: AbortSignal) => Promise<{ readonly models: string[] }>;
}
