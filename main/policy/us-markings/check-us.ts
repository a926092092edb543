import { isNoforn, type UsMarking } from './us-marking.ts';
import { vocabulary } from './vocabulary.ts';

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
  ...vocabulary.sci.map(({ code, levels }): Rule => ({
    rule: 'H.4', message: `${code} is used with ${levels.map((level) => vocabulary.levels.find((known) => known.code === level)?.title ?? level).join(', ')} only.`,
    isBroken: ({ sci, level }) => sci.some((one) => one.code === code) && !levels.includes(level),
  })),
  { rule: 'ISM-ID-00044', message: 'SI-G is used with TOP SECRET only.', isBroken: (marking) => gamma(marking) && marking.level !== 'TS' },
  { rule: 'ISM-ID-00045', message: 'SI-G needs ORCON.', isBroken: (marking) => gamma(marking) && !has(marking.dissem, 'OC', 'OC-USGOV') },
  { rule: 'ISM-ID-00049', message: 'HCS needs NOFORN.', isBroken: ({ sci, release }) => sci.some(({ code }) => code === 'HCS') && !isNoforn(release) },
  { rule: 'ISM-ID-00016', message: 'A special access program is classified.', isBroken: (marking) => marking.sap.length > 0 && !isClassified(marking) },
  { rule: 'ISM-ID-00174', message: 'RD, FRD and TFNI are classified.', isBroken: (marking) => !isClassified(marking) && marking.aea.some(({ code }) => has(['RD', 'FRD', 'TFNI'], code)) },
  { rule: 'ISM-ID-00175', message: 'CNWDI is used with SECRET and TOP SECRET only.', isBroken: ({ aea, level }) => aea.some(({ cnwdi }) => cnwdi) && !has(['S', 'TS'], level) },
  { rule: 'ISM-ID-00185', message: 'CNWDI goes with RD only.', isBroken: ({ aea }) => aea.some(({ code, cnwdi }) => cnwdi && code !== 'RD') },
  { rule: 'ISM-ID-00181', message: 'DOD UCNI and DOE UCNI are unclassified.', isBroken: (marking) => isClassified(marking) && marking.aea.some(({ code }) => has(['DCNI', 'UCNI'], code)) },
  { rule: 'H.8', message: 'RSEN and IMCON are used with SECRET and TOP SECRET only.', isBroken: ({ dissem, level }) => has(dissem, 'RS', 'IMC') && !has(['S', 'TS'], level) },
  { rule: 'H.8', message: 'ORCON excludes ORCON-USGOV.', isBroken: ({ dissem }) => has(dissem, 'OC') && has(dissem, 'OC-USGOV') },
  { rule: 'H.8', message: 'ORCON excludes RELIDO.', isBroken: ({ dissem, release }) => has(dissem, 'OC', 'OC-USGOV') && release?.relido === true },
  { rule: 'H.8', message: 'FOUO is unclassified.', isBroken: (marking) => isClassified(marking) && has(marking.dissem, 'FOUO') },
  { rule: 'H.9', message: 'LIMDIS and SBU are unclassified.', isBroken: (marking) => isClassified(marking) && has(marking.nonIc, 'DS', 'SBU', 'SBU-NF') },
  { rule: 'H.9', message: 'EXDIS excludes NODIS.', isBroken: ({ nonIc }) => has(nonIc, 'XD') && has(nonIc, 'ND') },
  { rule: 'H.9', message: 'EXDIS and NODIS need NOFORN.', isBroken: ({ nonIc, release }) => has(nonIc, 'XD', 'ND') && !isNoforn(release) },
  { rule: 'H.9', message: 'SBU NOFORN is SBU with NOFORN: not both forms.', isBroken: ({ nonIc }) => has(nonIc, 'SBU') && has(nonIc, 'SBU-NF') },
  { rule: 'H.9', message: 'LES NOFORN is LES with NOFORN: not both forms.', isBroken: ({ nonIc }) => has(nonIc, 'LES') && has(nonIc, 'LES-NF') },
];

/** The first rule that a marking breaks, or null. */
export function brokenRule(marking: UsMarking): BrokenRule | null {
  return rules.find(({ isBroken }) => isBroken(marking)) ?? null;
}
