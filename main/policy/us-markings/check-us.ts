import { isNoforn, type UsMarking } from './us-marking.ts';
import { isNamed, vocabulary, type Conditions } from './vocabulary.ts';

/** A rule that a marking breaks: its number in the register's manual or among the ISM rules, and what it asks. */
export interface BrokenRule {
  readonly rule: string;
  readonly message: string;
}

interface Rule extends BrokenRule {
  readonly isBroken: (marking: UsMarking) => boolean;
}

const has = (codes: readonly string[], ...any: readonly string[]): boolean => any.some((code) => codes.includes(code));
const isClassified = ({ level }: UsMarking): boolean => level !== 'U';
const gamma = ({ sci }: UsMarking): boolean => sci.some(({ code, compartments }) => code === 'SI' && compartments.some((one) => one.code === 'G'));

/** Which markings go together (Register H; ISM Schematron rules). */
const rules: readonly Rule[] = [
  { rule: 'ISM-ID-00044', message: 'SI-G is used with TOP SECRET only.', isBroken: (marking) => gamma(marking) && marking.level !== 'TS' },
  { rule: 'ISM-ID-00045', message: 'SI-G needs ORCON.', isBroken: (marking) => gamma(marking) && !has(marking.dissem, 'OC') },
  { rule: 'ISM-ID-00049', message: 'HCS needs NOFORN.', isBroken: ({ sci, release }) => sci.some(({ code }) => code === 'HCS') && !isNoforn(release) },
  { rule: 'ISM-ID-00016', message: 'A special access program is classified.', isBroken: (marking) => marking.sap.length > 0 && !isClassified(marking) },
  { rule: 'ISM-ID-00174', message: 'RD, FRD and TFNI are classified.', isBroken: (marking) => !isClassified(marking) && marking.aea.some(({ code }) => has(['RD', 'FRD', 'TFNI'], code)) },
  { rule: 'ISM-ID-00175', message: 'CNWDI is used with SECRET and TOP SECRET only.', isBroken: ({ aea, level }) => aea.some(({ cnwdi }) => cnwdi) && !has(['S', 'TS'], level) },
  { rule: 'ISM-ID-00185', message: 'CNWDI goes with RD only.', isBroken: ({ aea }) => aea.some(({ code, cnwdi }) => cnwdi && code !== 'RD') },
  { rule: 'ISM-ID-00181', message: 'DOD UCNI and DOE UCNI are unclassified.', isBroken: (marking) => isClassified(marking) && marking.aea.some(({ code }) => has(['DCNI', 'UCNI'], code)) },
  { rule: 'H.6', message: 'SIGMA is used with SECRET and TOP SECRET only.', isBroken: ({ aea, level }) => aea.some(({ sigmas }) => sigmas.length > 0) && !has(['S', 'TS'], level) },
  { rule: 'H.3', message: 'JOINT needs REL TO with every owner.', isBroken: ({ owner, release }) => owner.kind === 'joint' && !covers(release?.relTo ?? [], owner.countries) },
  { rule: 'H.3', message: 'JOINT excludes HCS.', isBroken: ({ owner, sci }) => owner.kind === 'joint' && sci.some(({ code }) => code === 'HCS') },
  { rule: 'H.7', message: 'ATOMAL, BALK and BOHEMIA are NATO’s: the marking names NATO, or conceals whose information it is.', isBroken: (marking) => hasNatoControl(marking) && !holdsNato(marking) },
  { rule: 'H.7', message: 'ATOMAL, BALK and BOHEMIA are classified.', isBroken: (marking) => hasNatoControl(marking) && !isClassified(marking) },
  { rule: 'ISM-ID-00028', message: 'ORCON and ORCON-USGOV are classified.', isBroken: (marking) => !isClassified(marking) && has(marking.dissem, 'OC', 'OC-USGOV') },
  { rule: 'H.8', message: 'RSEN and IMCON are used with SECRET and TOP SECRET only.', isBroken: ({ dissem, level }) => has(dissem, 'RS', 'IMC') && !has(['S', 'TS'], level) },
  { rule: 'H.8', message: 'ORCON excludes ORCON-USGOV.', isBroken: ({ dissem }) => has(dissem, 'OC') && has(dissem, 'OC-USGOV') },
  { rule: 'H.8', message: 'ORCON excludes RELIDO.', isBroken: ({ dissem, release }) => has(dissem, 'OC', 'OC-USGOV') && release?.relido === true },
  { rule: 'H.8', message: 'FOUO is unclassified.', isBroken: (marking) => isClassified(marking) && has(marking.dissem, 'FOUO') },
  { rule: 'H.9', message: 'LIMDIS and SBU are unclassified.', isBroken: (marking) => isClassified(marking) && has(marking.nonIc, 'DS', 'SBU', 'SBU-NF') },
  { rule: 'H.9', message: 'EXDIS excludes NODIS.', isBroken: ({ nonIc }) => has(nonIc, 'XD') && has(nonIc, 'ND') },
  { rule: 'H.9', message: 'EXDIS and NODIS need NOFORN.', isBroken: ({ nonIc, release }) => has(nonIc, 'XD', 'ND') && !isNoforn(release) },
  { rule: 'H.9', message: 'SBU NOFORN is SBU with NOFORN: not both forms.', isBroken: ({ nonIc }) => has(nonIc, 'SBU') && has(nonIc, 'SBU-NF') },
  { rule: 'H.9', message: 'SBU NOFORN and LES NOFORN exclude REL TO, RELIDO and DISPLAY ONLY.', isBroken: ({ nonIc, release }) => has(nonIc, 'SBU-NF', 'LES-NF') && release !== null && !isNoforn(release) },
  { rule: 'H.9', message: 'LES NOFORN is LES with NOFORN: not both forms.', isBroken: ({ nonIc }) => has(nonIc, 'LES') && has(nonIc, 'LES-NF') },
];

/** True when a list of release names every owner but us, by itself or within a group. */
function covers(relTo: readonly string[], owners: readonly string[]): boolean {
  return owners.every((owner) => owner === 'USA' || isNamed(owner, relTo));
}

const natoAea = vocabulary.aea.filter(({ nato }) => nato).map(({ code }) => code);
const hasNatoControl = ({ sap, aea }: UsMarking): boolean => [...sap, ...aea].some(({ code }) => has([...natoAea, ...vocabulary.sap.nato], code));
/** A concealed source may be NATO. */
function holdsNato({ owner, fgi }: UsMarking): boolean {
  return (owner.kind !== 'us' && (has(owner.countries, 'NATO') || owner.countries.length === 0)) || (fgi !== null && (fgi.length === 0 || has(fgi, 'NATO')));
}

/** What the register asks of each SCI control here, of its compartments and of theirs, with the name under which it asks. */
function sciConditions({ sci }: UsMarking): (readonly [name: string, conditions: Conditions])[] {
  return sci.flatMap(({ code, compartments }) => {
    const known = vocabulary.sci.find((one) => one.code === code);
    if (known === undefined) return [];
    return [[code, known] as const, ...compartments.flatMap(({ code: compartment, subs }) => {
      const listed = known.compartments.find((one) => one.code === compartment);
      const asked = [known.compartment, listed, subs.length > 0 ? listed?.sub : undefined];
      return asked.flatMap((conditions) => (conditions === undefined ? [] : [[`${code}-${compartment}${conditions === listed?.sub ? ' with a sub-compartment' : ''}`, conditions] as const]));
    })];
  });
}

function titles(codes: readonly string[], all: readonly { readonly code: string; readonly banner?: string; readonly title: string }[]): string {
  const known = new Map(all.map(({ code, banner, title }) => [code, banner ?? title]));
  return codes.map((code) => known.get(code) ?? code).join(', ');
}

/** The first condition of an SCI control that is not kept. */
function brokenCondition(marking: UsMarking): BrokenRule | null {
  const stands = (code: string): boolean => (code === 'NF' ? isNoforn(marking.release) : has(marking.dissem, code));
  for (const [name, { levels, needs, excludes }] of sciConditions(marking)) {
    if (levels !== undefined && !levels.includes(marking.level)) return { rule: 'H.4', message: `${name} is used with ${titles(levels, vocabulary.levels)} only.` };
    const missing = needs.filter((code) => !stands(code));
    if (missing.length > 0) return { rule: 'H.4', message: `${name} needs ${titles(missing, vocabulary.dissem)}.` };
    const excluded = excludes.filter(stands);
    if (excluded.length > 0) return { rule: 'H.4', message: `${name} excludes ${titles(excluded, vocabulary.dissem)}.` };
  }
  return null;
}

/** The first rule that a marking breaks, or null. */
export function brokenRule(marking: UsMarking): BrokenRule | null {
  return rules.find(({ isBroken }) => isBroken(marking)) ?? brokenCondition(marking);
}
