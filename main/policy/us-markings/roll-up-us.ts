/**
 * The roll-up of portions (Register D.2 and Table 3). Every category is a join-semilattice: sets grow, lists of whom it may be released
 * to shrink, a level rises. Rules across categories are applied to the union, and only ever drop what something that stays implies.
 */
import { noforn, unclassified, type AtomicEnergy, type Control, type Level, type Owner, type Release, type UsMarking } from './us-marking.ts';
import { byCountry, byProgram, byRegister, commonCountries, countryList, isNamed, vocabulary } from './vocabulary.ts';

/** What an UNCLASSIFIED banner says instead of FOR OFFICIAL USE ONLY (H.8, precedence of FOUO). */
const beatFouo = ['PR', 'DSEN', 'LES', 'LES-NF', 'SSI', 'DS', 'SBU', 'SBU-NF'];
/** Gone from a classified banner. */
const unclassifiedOnly = ['FOUO', 'DS', 'SBU'];

const unclassifiedAea = vocabulary.aea.filter((known) => known.unclassifiedOnly).map(({ code }) => code);

const rank = (level: Level): number => vocabulary.levels.findIndex(({ code }) => code === level);

/** The banner of a document with these portions; UNCLASSIFIED for none. */
export function rollUpUs(portions: readonly UsMarking[]): UsMarking {
  return portions.reduce<UsMarking | null>((sum, portion) => (sum === null ? settle(portion.owner.kind === 'joint' ? portion : ours(portion)) : joinUs(sum, portion)), null) ?? unclassified;
}

/** The least marking that covers both: idempotent, commutative and associative over what rollUpUs answers. */
export function joinUs(one: UsMarking, other: UsMarking): UsMarking {
  const isJoint = isSameJoint(one.owner, other.owner);
  const [a, b] = isJoint ? [one, other] : [ours(one), ours(other)];
  return settle({
    scheme: 'us',
    owner: a.owner,
    level: rank(a.level) >= rank(b.level) ? a.level : b.level,
    sci: joinControls(a.sci, b.sci, byRegister),
    sap: joinControls(a.sap, b.sap, byProgram),
    aea: joinAea(a.aea, b.aea),
    fgi: joinFgi(a.fgi, b.fgi),
    dissem: union(a.dissem, b.dissem),
    release: joinRelease(a, b),
    nonIc: union(a.nonIc, b.nonIc),
  });
}

/** Another government's portion, or one that is theirs and ours, in a document of ours: our level, their information named or concealed (D.2; H.3; H.7). */
function ours(marking: UsMarking): UsMarking {
  const { owner } = marking;
  if (owner.kind === 'us') return marking;
  return { ...marking, owner: { kind: 'us' }, fgi: joinFgi(marking.fgi, owner.countries.filter((code) => code !== 'USA')) };
}

/** True for two of the same owners: what is made of them alone stays JOINT. */
function isSameJoint(a: Owner, b: Owner): boolean {
  return a.kind === 'joint' && b.kind === 'joint' && a.countries.join() === b.countries.join();
}

function union(a: readonly string[], b: readonly string[]): string[] {
  return [...new Set([...a, ...b])].sort();
}

function joinControls(a: readonly Control[], b: readonly Control[], order: (a: string, b: string) => number): Control[] {
  const byCode = new Map<string, Map<string, Set<string>>>();
  for (const { code, compartments } of [...a, ...b]) {
    const known = byCode.get(code) ?? new Map<string, Set<string>>();
    for (const compartment of compartments) known.set(compartment.code, new Set([...known.get(compartment.code) ?? [], ...compartment.subs]));
    byCode.set(code, known);
  }
  return [...byCode].map(([code, compartments]) => ({
    code,
    compartments: [...compartments].map(([name, subs]) => ({ code: name, subs: [...subs].sort(byRegister) })).sort((x, y) => byRegister(x.code, y.code)),
  })).sort((x, y) => order(x.code, y.code));
}

function joinAea(a: readonly AtomicEnergy[], b: readonly AtomicEnergy[]): AtomicEnergy[] {
  return vocabulary.aea.flatMap(({ code }) => {
    const same = [...a, ...b].filter((one) => one.code === code);
    if (same.length === 0) return [];
    return [{ code, cnwdi: same.some(({ cnwdi }) => cnwdi), sigmas: [...new Set(same.flatMap(({ sigmas }) => sigmas))].sort((x, y) => x - y) }];
  });
}

/** One concealed source conceals all. */
function joinFgi(a: readonly string[] | null, b: readonly string[] | null): readonly string[] | null {
  if (a === null || b === null) return a ?? b;
  return a.length === 0 || b.length === 0 ? [] : [...new Set([...a, ...b])].sort(byCountry);
}

/** An unclassified portion without controls has no say in foreign disclosure (H.1, UNCLASSIFIED). SBU NOFORN and LES NOFORN speak for themselves. */
function isSilent({ level, release, dissem, nonIc, aea, fgi }: UsMarking): boolean {
  return level === 'U' && release === null && dissem.length === 0 && aea.length === 0 && fgi === null && nonIc.every((code) => code === 'SBU-NF' || code === 'LES-NF');
}

/** Table 3. Where one portion allows something and another says nothing, nothing is allowed: rules 12, 16, 19, and the safe reading of 17. */
function joinRelease(a: UsMarking, b: UsMarking): Release | null {
  if (isSilent(a)) return b.release;
  if (isSilent(b)) return a.release;
  return joinReleases(a.release, b.release);
}

/** A release without saying twice whom: those who may have it may see it (Table 3, rule 26). */
export function settledRelease<T extends Release | null>(release: T): T {
  return release === null ? release : { ...release, displayOnly: withoutReleased(release.displayOnly, release.relTo) };
}

/** What both allow. Null says nothing; beside something that is allowed, it allows nothing. */
export function joinReleases(a: Release | null, b: Release | null): Release | null {
  if (a === null && b === null) return null;
  if (a === null || b === null) return noforn;
  const relTo = commonCountries(a.relTo, b.relTo);
  const seen = commonCountries([...a.relTo, ...a.displayOnly], [...b.relTo, ...b.displayOnly]);
  return { relTo, displayOnly: withoutReleased(seen, relTo), relido: a.relido && b.relido };
}

/**
 * Who may see it besides those who may have it. A group is dropped for one that names it, not for its members one by one: what is left
 * must still say who sees it when it is joined again.
 */
function withoutReleased(seen: readonly string[], relTo: readonly string[]): string[] {
  return countryList(seen.filter((code) => !isNamed(code, relTo)));
}

/** Applies the rules across categories. */
function settle(marking: UsMarking): UsMarking {
  const { level, aea, dissem, nonIc, release } = marking;
  const isClassified = level !== 'U';
  const evicted = new Set(vocabulary.aea.filter(({ code }) => aea.some((one) => one.code === code)).flatMap(({ evicts }) => evicts));
  // Every SIGMA number stands with what is kept, whichever kind of information it came with (H.6, SIGMA).
  const sigmas = [...new Set(aea.filter(({ code }) => evicted.has(code)).flatMap((one) => one.sigmas))];
  const keptAea = aea.filter(({ code }) => !evicted.has(code) && !(isClassified && unclassifiedAea.includes(code)))
    .map((one) => (sigmas.length === 0 || !vocabulary.aea.some(({ code, evicts }) => code === one.code && evicts.length > 0) ? one : { ...one, sigmas: [...new Set([...one.sigmas, ...sigmas])].sort((x, y) => x - y) }));
  // NOFORN that hangs on SBU or LES moves to the IC's own once the document is classified or says something else about disclosure.
  const hanging = nonIc.filter((code) => code === 'SBU-NF' || code === 'LES-NF');
  const isSplit = hanging.length > 0 && (isClassified || release !== null);
  const forced = isSplit || (isClassified && aea.some(({ code }) => unclassifiedAea.includes(code)));
  const split = new Set(nonIc.map((code) => (isSplit ? code.replace(/-NF$/, '') : code)));
  for (const [weaker, stronger] of [['SBU', 'SBU-NF'], ['LES', 'LES-NF'], ['XD', 'ND']] as const) if (split.has(stronger)) split.delete(weaker);
  const keptNonIc = [...split].filter((code) => !isClassified || !unclassifiedOnly.includes(code)).sort();
  const keptDissem = dissem.filter((code) => {
    if (code === 'OC-USGOV') return !dissem.includes('OC');
    if (code === 'FOUO') return !isClassified && ![...dissem, ...nonIc].some((other) => beatFouo.includes(other));
    return true;
  });
  // What is nobody’s but ours to give is no longer theirs and ours (H.3).
  const whole = forced && marking.owner.kind === 'joint' ? ours(marking) : marking;
  return { ...whole, aea: keptAea, dissem: keptDissem, nonIc: keptNonIc, release: forced ? noforn : settledRelease(release) };
}
