/**
 * The guard. Whatever leaves the engine is first rolled up and compared with the target's ceiling; adapters take only
 * Cleared<T>, which nothing but `clear` can make. A portion without a marking counts as its case's marking.
 */
import type { DocumentId, Marking } from '../../preload/contract/domains/basics.ts';
import { dominates, joinMarkings } from './markings.ts';

declare const clearedBrand: unique symbol;

/** A payload that the guard let through for one target. */
export interface ClearedPayload<T> {
  readonly payload: T;
  /** Name of the one target it was cleared for. */
  readonly target: string;
  readonly rollUp: Marking;
}
export type Cleared<T> = ClearedPayload<T> & { readonly [clearedBrand]: true };

/** A payload with the portions that went into it. */
export interface Outgoing<T> {
  readonly payload: T;
  /** Everything in the payload, question included. `marking` null: unmarked. */
  readonly portions: readonly { readonly document: DocumentId | null; readonly label: string; readonly marking: Marking | null }[];
  /** The case's marking: what unmarked portions count as, and the least the payload as a whole counts as. */
  readonly systemHigh: Marking;
}

/** Why it may not go, and the first portion that caused it. */
export interface GuardRefusal {
  readonly kind: 'refused';
  readonly rule: string;
  readonly portion: { readonly document: DocumentId | null; readonly label: string; readonly marking: Marking };
  readonly rollUp: Marking;
}

/** Rolls the payload up and compares it with the ceiling of the target. */
export function clear<T>(outgoing: Outgoing<T>, target: { readonly name: string; readonly ceiling: Marking }): { readonly kind: 'cleared'; readonly cleared: Cleared<T> } | GuardRefusal {
  const { payload, portions, systemHigh } = outgoing;
  const marked = portions.map((portion) => ({ ...portion, marking: portion.marking ?? systemHigh }));
  const rollUp = marked.reduce((sum, portion) => joinMarkings(sum, portion.marking), systemHigh);
  const rule = `${target.name} may receive up to ${target.ceiling}`;
  const above = marked.find((portion) => !dominates(target.ceiling, portion.marking));
  if (above !== undefined) return { kind: 'refused', rule, portion: above, rollUp };
  if (!dominates(target.ceiling, rollUp)) return { kind: 'refused', rule, portion: { document: null, label: 'the case as a whole', marking: systemHigh }, rollUp };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the one place that makes it
  return { kind: 'cleared', cleared: { payload, target: target.name, rollUp } as Cleared<T> };
}
