/**
 * How a bridge route is declared. One route() names its input, output, optional progress and error codes; the types of both
 * ends are inferred from it, and the engine parses every message against it. Nothing here knows a domain.
 */
import type * as z from 'zod';
import type { ErrorCode, WireError } from './errors.ts';

/** A declared route. `progress` is present when the call streams values before it ends. */
export interface RouteSpec<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType, P extends z.ZodType = z.ZodType> {
  readonly input: I;
  readonly output: O;
  readonly progress?: P;
  /** Codes this route may answer with besides the bridge's own and `vault.locked`. */
  readonly errors: readonly ErrorCode[];
  /** True when the route answers while the vault is locked or absent. */
  readonly whileLocked?: boolean;
}

/** Declares a route; the identity function, there to infer the types. */
export function route<I extends z.ZodType, O extends z.ZodType, P extends z.ZodType = z.ZodNever>(
  spec: RouteSpec<I, O, P>,
): RouteSpec<I, O, P> {
  return spec;
}

/** What a caller sends to the route (before parsing, so defaults may be left out). */
export type InputOf<R extends RouteSpec> = z.input<R['input']>;
/** What a handler receives (after parsing, defaults filled in). */
export type ParsedInputOf<R extends RouteSpec> = z.output<R['input']>;
/** What a caller gets back. */
export type OutputOf<R extends RouteSpec> = z.output<R['output']>;
/** What a streaming route emits before it ends; never for the others. */
export type ProgressOf<R extends RouteSpec> = R extends RouteSpec<z.ZodType, z.ZodType, infer P> ? z.output<P> : never;

/** The answer to a call. It is always one of these two: a call never rejects and never answers undefined. */
export type Envelope<T> = { readonly ok: true; readonly data: T } | { readonly ok: false; readonly error: WireError };

/** Messages from a frame to the engine, over the frame's own port. */
export type ToEngine =
  | { readonly t: 'call'; readonly id: number; readonly route: string; readonly input: unknown }
  | { readonly t: 'cancel'; readonly id: number };

/** Messages from the engine to a frame. A call gets any number of `progress`, then exactly one `done`. */
export type FromEngine =
  | { readonly t: 'progress'; readonly id: number; readonly value: unknown }
  | { readonly t: 'done'; readonly id: number; readonly envelope: Envelope<unknown> };
