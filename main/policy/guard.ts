/**
 * The guard. Whatever leaves the engine is first rolled up and compared with what its target may receive; adapters take only
 * Cleared<T>, which nothing but `clear` can make. A portion without a marking counts as its case's system-high.
 */
import type { DocumentId, Marking } from '../../preload/contract/domains/basics.ts';
import type { DataKind } from '../../preload/contract/domains/endpoints.ts';
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

/** A part of a payload. */
export interface Portion {
  /** The document that it is from; null for what a person wrote or the program brings. */
  readonly document: DocumentId | null;
  readonly start?: number;
  readonly end?: number;
  readonly label: string;
  readonly kind: DataKind;
  /** Null: unmarked. */
  readonly marking: Marking | null;
  /** True when a mark in the text raised it that nobody has accepted or dismissed. */
  readonly isWaiting?: boolean;
  /** True when personal data was found in it and stays in it. */
  readonly hasPersonalData?: boolean;
}

/** A payload with everything that went into it. */
export interface Outgoing<T> {
  readonly payload: T;
  readonly portions: readonly Portion[];
  /** The case's marking: what unmarked portions count as, and a payload without portions. */
  readonly systemHigh: Marking;
}

/** What may be sent to a place, and how it is named. */
export interface Target {
  readonly name: string;
  readonly ceiling: Marking;
  readonly dataKinds: readonly DataKind[];
}

/** A portion that may not go. */
export interface RefusedPortion extends Omit<Portion, 'marking'> {
  readonly marking: Marking;
  readonly why: 'ceiling' | 'data-kind' | 'personal-data';
}

/** Why it may not go, and every portion that caused it, first one first. */
export interface GuardRefusal {
  readonly kind: 'refused';
  readonly rule: string;
  readonly portions: readonly [RefusedPortion, ...RefusedPortion[]];
  readonly rollUp: Marking;
}

const kindWords: Readonly<Record<DataKind, string>> = { questions: 'questions', passages: 'passages of documents', notes: 'notes and annotations', 'personal-data': 'personal data' };

function refusedFor(portion: Portion & { readonly marking: Marking }, target: Target): RefusedPortion['why'] | null {
  if (!dominates(target.ceiling, portion.marking)) return 'ceiling';
  if (!target.dataKinds.includes(portion.kind)) return 'data-kind';
  return portion.hasPersonalData === true && !target.dataKinds.includes('personal-data') ? 'personal-data' : null;
}

function ruleOf(why: RefusedPortion['why'], kind: DataKind, { name, ceiling }: Target): string {
  switch (why) {
    case 'ceiling': return `${name} may receive up to ${ceiling}`;
    case 'data-kind': return `${name} may not receive ${kindWords[kind]}`;
    case 'personal-data': return `${name} may not receive ${kindWords['personal-data']}`;
  }
}

/** Rolls the payload up and compares it, and each portion, with what the target may receive. */
export function clear<T>(outgoing: Outgoing<T>, target: Target): { readonly kind: 'cleared'; readonly cleared: Cleared<T> } | GuardRefusal {
  const { payload, systemHigh } = outgoing;
  const marked = outgoing.portions.map((portion) => ({ ...portion, marking: portion.marking ?? systemHigh }));
  const rollUp = marked.reduce<Marking | null>((sum, { marking }) => (sum === null ? joinMarkings(marking, marking) : joinMarkings(sum, marking)), null) ?? systemHigh;
  const refused = marked.flatMap((portion): RefusedPortion[] => {
    const why = refusedFor(portion, target);
    return why === null ? [] : [{ ...portion, why }];
  });
  const whole: RefusedPortion = { document: null, label: 'all of it together', kind: 'questions', marking: rollUp, why: 'ceiling' };
  const [first, ...more] = refused.length === 0 && !dominates(target.ceiling, rollUp) ? [whole] : refused;
  if (first !== undefined) return { kind: 'refused', rule: ruleOf(first.why, first.kind, target), portions: [first, ...more], rollUp };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the one place that makes it
  return { kind: 'cleared', cleared: { payload, target: target.name, rollUp } as Cleared<T> };
}
