/** The dated list of markings that are known. It is data: a newer register is another file of the same shape. */
import * as z from 'zod';
import register from './register-2016-12-31.json' with { type: 'json' };

const level = z.enum(['U', 'C', 'S', 'TS']);
const named = z.object({ code: z.string(), title: z.string() });
const marked = named.extend({ banner: z.string() });
/** What a control goes with: the levels (all, where it is left out), and the dissemination controls that must and must not stand beside it. */
const conditions = z.strictObject({ levels: z.array(level).optional(), needs: z.array(z.string()).default([]), excludes: z.array(z.string()).default([]) });
export type Conditions = z.infer<typeof conditions>;

const vocabularyShape = z.strictObject({
  name: z.string(),
  date: z.iso.date(),
  source: z.string(),
  levels: z.array(named.extend({ code: level })),
  sci: z.array(z.strictObject({
    ...named.shape, ...conditions.shape, levels: z.array(level), needsCompartment: z.boolean(),
    /** What every compartment goes with, listed or not. */
    compartment: conditions.optional(),
    compartments: z.array(z.strictObject({ ...named.shape, ...conditions.shape, sub: conditions.optional() })),
  })),
  /** `nato` are NATO’s: they stand after ours, without SAR-. */
  sap: named.extend({ nato: z.array(z.string()) }),
  aea: z.array(marked.extend({ portion: z.string(), evicts: z.array(z.string()), qualifiers: z.boolean(), unclassifiedOnly: z.boolean().default(false), nato: z.boolean().default(false) })),
  fgi: named,
  dissem: z.array(marked),
  nonIc: z.array(marked),
  /** Groups of countries that a roll-up may take apart (Table 3, rule 23); without USA. */
  groups: z.record(z.string(), z.array(z.string())),
  nato: z.array(z.object({ portion: z.string(), title: z.string(), level, restricted: z.boolean().default(false) })),
  /** Activities of the North Atlantic Council, with the letter in their portion marks: NIS is NATO ISAF SECRET. The register names those of its examples only. */
  natoActivities: z.array(z.object({ code: z.string(), letter: z.string() })),
  /** Whom EYES ONLY may name. */
  secondParties: z.array(z.string()),
});

/** The vocabulary in use, with the date of its source. */
export const vocabulary = vocabularyShape.parse(register);
export type Vocabulary = typeof vocabulary;

/** Numbers first, then letters: the order of SCI and SAP values at each level. */
export function byRegister(a: string, b: string): number {
  const [isNumberA, isNumberB] = [/^\d/.test(a), /^\d/.test(b)];
  if (isNumberA !== isNumberB) return isNumberA ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Our special access programs first, then NATO’s. */
export function byProgram(a: string, b: string): number {
  const [isNatoA, isNatoB] = [vocabulary.sap.nato.includes(a), vocabulary.sap.nato.includes(b)];
  return isNatoA === isNatoB ? byRegister(a, b) : isNatoA ? 1 : -1;
}

/** Trigraphs before longer codes, each by the alphabet. */
export function byCountry(a: string, b: string): number {
  const [isLongA, isLongB] = [a.length > 3, b.length > 3];
  if (isLongA !== isLongB) return isLongA ? 1 : -1;
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A list of countries and groups in order, each once, without those that a group of the list already names. */
export function countryList(codes: Iterable<string>): string[] {
  const all = new Set(codes);
  const covered = new Set([...all].flatMap((code) => vocabulary.groups[code] ?? []));
  return [...all].filter((code) => !covered.has(code) && ![...all].some((group) => group !== code && isWithin(code, group))).sort(byCountry);
}

/** True for a group all of whose members are in another. */
function isWithin(code: string, group: string): boolean {
  const [inner, outer] = [vocabulary.groups[code], vocabulary.groups[group]];
  return inner !== undefined && outer !== undefined && inner.length < outer.length && inner.every((country) => outer.includes(country));
}

function expanded(codes: readonly string[]): Set<string> {
  return new Set(codes.flatMap((code) => vocabulary.groups[code] ?? [code]));
}

/** What two lists have in common; known groups count as their countries. */
export function commonCountries(a: readonly string[], b: readonly string[]): string[] {
  const [inA, inB] = [expanded(a), expanded(b)];
  const groups = Object.keys(vocabulary.groups).filter((group) => isNamed(group, a) && isNamed(group, b));
  return countryList([...groups, ...[...inA].filter((country) => inB.has(country))]);
}

/** True when a list names a country or a group, itself or within a known group. */
export function isNamed(code: string, codes: readonly string[]): boolean {
  return codes.some((one) => one === code || isWithin(code, one) || vocabulary.groups[one]?.includes(code) === true);
}
