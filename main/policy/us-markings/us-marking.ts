/** A US classification marking as data (Register A.6 and G.1): what stands in a banner line or a portion mark, in canonical order. */

export type Level = 'U' | 'C' | 'S' | 'TS';

/** SI-G ABCD DEFG: a control or programme with its compartments, and theirs. */
export interface Control {
  readonly code: string;
  readonly compartments: readonly { readonly code: string; readonly subs: readonly string[] }[];
}

/** RD-CNWDI, FRD-SIGMA 14 18, TFNI. */
export interface AtomicEnergy {
  readonly code: string;
  readonly cnwdi: boolean;
  readonly sigmas: readonly number[];
}

/**
 * Whose classification it is: ours, ours and others', or another government's (no countries: concealed). NATO counts as a country here.
 * RESTRICTED has no counterpart with us: it is protected as CONFIDENTIAL, and still called what it is.
 */
export type Owner = { readonly kind: 'us' } | { readonly kind: 'joint'; readonly countries: readonly string[] } | { readonly kind: 'foreign'; readonly countries: readonly string[]; readonly restricted: boolean };

/**
 * What foreign disclosure allows. Who may have it (`relTo`, without USA), who may see it besides (`displayOnly`), and whether a
 * disclosure official may decide on others. With none of the three it is NOFORN.
 */
export interface Release {
  readonly relTo: readonly string[];
  readonly displayOnly: readonly string[];
  readonly relido: boolean;
}

export interface UsMarking {
  readonly scheme: 'us';
  readonly owner: Owner;
  readonly level: Level;
  readonly sci: readonly Control[];
  readonly sap: readonly Control[];
  readonly aea: readonly AtomicEnergy[];
  /** Codes of governments whose information it holds; an empty list conceals them; null: none. */
  readonly fgi: readonly string[] | null;
  /** Codes of the vocabulary, as in portions, without those that `release` says. */
  readonly dissem: readonly string[];
  /** Null: nothing is said about foreign disclosure. */
  readonly release: Release | null;
  readonly nonIc: readonly string[];
}

/** NOFORN. */
export const noforn: Release = { relTo: [], displayOnly: [], relido: false };

/** True for NOFORN. */
export function isNoforn(release: Release | null): boolean {
  return release !== null && release.relTo.length === 0 && release.displayOnly.length === 0 && !release.relido;
}

/** UNCLASSIFIED without anything. */
export const unclassified: UsMarking = { scheme: 'us', owner: { kind: 'us' }, level: 'U', sci: [], sap: [], aea: [], fgi: null, dissem: [], release: null, nonIc: [] };
