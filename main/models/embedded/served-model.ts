import type { AnswerOrder, ModelRefusal } from './model-protocol.ts';

/** Something that the model was asked and cannot do, named. */
export class Refusal extends Error {
  readonly why: ModelRefusal;
  readonly contextTokens: number | null;

  constructor(why: ModelRefusal, contextTokens: number | null = null) {
    super(why);
    this.why = why;
    this.contextTokens = contextTokens;
  }
}

/** How an answer ended, and its length. */
export interface AnswerEnd {
  readonly state: 'complete' | 'cut' | 'cancelled';
  readonly promptTokens: number;
  readonly completionTokens: number;
}

/** What a loaded model does. `answer` waits for `send` before it makes more; both stop soon after the signal. */
export interface ServedModel {
  readonly contextTokens: number;
  /** What runs it, with its version. */
  readonly server: string;
  readonly answer: (order: AnswerOrder, send: (text: string) => Promise<void>, signal: AbortSignal) => Promise<AnswerEnd>;
  /** How many tokens each text has, as plain text: no words of it make a special token. Quick, and also while the model is at something. */
  readonly count: (texts: readonly string[]) => readonly number[];
  readonly embed: (texts: readonly string[], signal: AbortSignal) => Promise<readonly Float32Array[]>;
}
