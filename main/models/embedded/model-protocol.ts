import type { ModelKind } from '../../../preload/contract/domains/models.ts';

/** Which file to load, and how much of the computer it may use. */
export interface LoadOrder {
  readonly file: string;
  readonly kind: ModelKind;
  readonly contextTokens: number;
  readonly threads: number;
  /** Reads every weight and refuses values that no model has; slow, for a file that was just added. */
  readonly checksTensors: boolean;
}

/** What a chat model is asked. */
export interface AnswerOrder {
  readonly system: string;
  readonly messages: readonly { readonly role: 'user' | 'assistant'; readonly text: string }[];
  readonly maxTokens: number | null;
  readonly temperature: number | null;
  readonly schema: Readonly<Record<string, unknown>> | null;
}

/** Engine to child. `load` comes once and first; then one task at a time, and counts at any time, which are no tasks. `more` lets a task send as many further pieces. */
export type ToModel =
  | ({ readonly t: 'load' } & LoadOrder)
  | ({ readonly t: 'answer'; readonly id: number } & AnswerOrder)
  | { readonly t: 'embed'; readonly id: number; readonly texts: readonly string[] }
  | { readonly t: 'count'; readonly id: number; readonly texts: readonly string[] }
  | { readonly t: 'more'; readonly id: number; readonly pieces: number }
  | { readonly t: 'cancel'; readonly id: number };

/** Why the child could not do what it was told. `runtime`: no llama.cpp for this computer. `file`: llama.cpp refused the file. */
export type ModelRefusal = 'runtime' | 'file' | 'overflow' | 'schema' | 'internal';

/** What the child says of what it loaded. `server`: llama.cpp and its version. */
export interface LoadedModel {
  readonly contextTokens: number;
  readonly server: string;
}

/** Child to engine. A task ends with exactly one of `end`, `vectors` and `failed`, a count with `counts` or `failed`; `id` is null for `load`. */
export type FromModel =
  | ({ readonly t: 'loaded' } & LoadedModel)
  | { readonly t: 'text'; readonly id: number; readonly text: string }
  | { readonly t: 'end'; readonly id: number; readonly state: 'complete' | 'cut' | 'cancelled'; readonly promptTokens: number; readonly completionTokens: number }
  | { readonly t: 'vectors'; readonly id: number; readonly vectors: readonly Float32Array[] }
  | { readonly t: 'counts'; readonly id: number; readonly tokens: readonly number[] }
  | { readonly t: 'failed'; readonly id: number | null; readonly why: ModelRefusal; readonly contextTokens: number | null }
  | { readonly t: 'resident'; readonly bytes: number };

/** Pieces of text that a task may send before it hears `more`; half of them are granted anew each time. */
export const piecesInFlight = 64;
