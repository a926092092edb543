/**
 * Markings as they are kept: one canonical text each, which may hold a classification, CUI and TLP at once. Reading one, comparing it
 * with a ceiling, and the roll-up of two. CUI among classified information stands between FGI and the dissemination controls; TLP
 * follows after a blank. Texts are read once and remembered.
 */
import type { Marking, MarkingView } from '../../preload/contract/domains/basics.ts';
import { AppError } from '../base/errors.ts';
import { parseCombined, printCombined, type CombinedMarking } from './combined-marking.ts';
import { rollUpCui, type CuiMarking } from './cui.ts';
import { rollUpTlp } from './tlp.ts';
import { joinUs, rollUpUs } from './us-markings/roll-up-us.ts';
import type { UsMarking } from './us-markings/us-marking.ts';

/** Those offered for choosing, lowest first; any other may be written. */
const offered = [
  'UNCLASSIFIED', 'CUI', 'CONFIDENTIAL', 'CONFIDENTIAL//NOFORN', 'SECRET', 'SECRET//REL TO USA, FVEY', 'SECRET//NOFORN', 'TOP SECRET', 'TOP SECRET//NOFORN', 'TOP SECRET//SI//NOFORN', 'TOP SECRET//SI/TK//NOFORN',
] as const;

/** More than a case has of distinct markings, and of pairs that meet; what is forgotten is worked out again, that is all. */
const mostRemembered = 4000;

/** Works an answer out once for each text. */
function remembered<T>(work: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const answer = work(text);
    if (known.size >= mostRemembered) known.clear();
    known.set(text, answer);
    return answer;
  };
}

const combined = remembered(parseCombined);
const [joinOf, isWithin] = [remembered(joinPair), remembered(comparePair)];

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the one place that makes a canonical marking
const canonical = (marking: CombinedMarking): Marking => printCombined(marking, 'banner') as Marking;

/** The canonical marking that a banner line or portion mark says, of any scheme. Throws policy.bad-marking with `at` and `rule`. */
export function toMarking(text: string): Marking {
  return canonical(combined(text));
}

/** As toMarking; null for what cannot be read. */
export function tryMarking(text: string): Marking | null {
  try {
    return toMarking(text);
  } catch (error) {
    if (error instanceof AppError && error.code === 'policy.bad-marking') return null;
    throw error;
  }
}

function toneOf({ us, cui }: CombinedMarking): MarkingView['tone'] {
  switch (us.level) {
    case 'U': return cui === null ? 'u' : 'cui';
    case 'C': return 'c';
    case 'S': return 's';
    case 'TS': return us.sci.length > 0 ? 'ts-sci' : 'ts';
  }
}

/** A marking with its banner, its portion form and its banner colour. */
export function viewMarking(marking: Marking): MarkingView {
  const read = combined(marking);
  return { marking, banner: marking, portion: printCombined(read, 'portion'), tone: toneOf(read) };
}

/** Those offered for choosing, lowest first. */
export function offeredMarkings(): readonly MarkingView[] {
  return offered.map((text) => viewMarking(toMarking(text)));
}

/** In a roll-up CUI has its say about foreign disclosure, as a dissemination control has: what it does not allow, it denies. */
function speaking({ us, cui }: CombinedMarking): UsMarking {
  return cui === null ? us : { ...us, dissem: [...us.dissem, 'CUI'] };
}

function silent(us: UsMarking): UsMarking {
  return { ...us, dissem: us.dissem.filter((code) => code !== 'CUI') };
}

function join(a: CombinedMarking, b: CombinedMarking): CombinedMarking {
  return {
    us: silent(joinUs(speaking(a), speaking(b))),
    cui: rollUpCui([a.cui, b.cui].filter((cui) => cui !== null)),
    tlp: a.tlp === null || b.tlp === null ? a.tlp ?? b.tlp : rollUpTlp([a.tlp, b.tlp]),
  };
}

/** The roll-up of two markings: the least that covers both. */
export function joinMarkings(a: Marking, b: Marking): Marking {
  return joinOf(`${a}\n${b}`);
}

/** Two markings under one key: no marking holds a line end. */
function pairOf(key: string): readonly [CombinedMarking, CombinedMarking] {
  const [a = '', b = ''] = key.split('\n');
  return [combined(a), combined(b)];
}

function joinPair(key: string): Marking {
  const [a, b] = pairOf(key);
  return a === b ? rolledUp(a) : canonical(join(a, b));
}

/** What a document of portions with this one marking is marked: a portion-only form gives way to its banner. */
function rolledUp({ us, ...rest }: CombinedMarking): Marking {
  return canonical({ us: rollUpUs([us]), ...rest });
}

/**
 * What of a document's CUI its place has to be accredited for by name. Basic categories are handled alike wherever CUI may be at all
 * (32 CFR 2002.14); a place for classified information protects specified ones too. Limits on who may have it are always named.
 */
function namedCui(cui: CuiMarking | null, ceiling: CombinedMarking): CuiMarking | null {
  if (cui === null) return null;
  const isForClassified = ceiling.us.level !== 'U';
  const isUnlimited = cui.audience === null && cui.limits.length === 0;
  return isForClassified && isUnlimited ? null : { ...cui, basic: [], specified: isForClassified ? [] : cui.specified };
}

/** True when `ceiling` may hold `marking`: rolling the marking up into it would change nothing. */
export function dominates(ceiling: Marking, marking: Marking): boolean {
  return isWithin(`${ceiling}\n${marking}`);
}

function comparePair(key: string): boolean {
  const [high, low] = pairOf(key);
  return canonical(join(high, { us: speaking(low), cui: namedCui(low.cui, high), tlp: low.tlp?.label === 'CLEAR' ? null : low.tlp })) === rolledUp(high);
}
