/** Markings at random, of every scheme and of several at once. */
import fc from 'fast-check';
import type { Marking } from '../../preload/contract/domains/basics.ts';
import { toMarking, tryMarking } from '../../main/policy/index.ts';

const some = <T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);

const parts = fc.record({
  level: some('UNCLASSIFIED', 'CONFIDENTIAL', 'SECRET', 'TOP SECRET'),
  sci: some('', '', 'SI', 'SI/TK', 'SI-G ABCD', 'HCS-P'),
  fgi: some('', '', 'FGI', 'FGI GBR', 'FGI DEU GBR'),
  cui: some('', '', 'CUI', 'CUI//PRVCY', 'CUI//SP-CTI', 'CUI//SP-CTI/PRVCY'),
  control: some('', '', 'FOUO', 'ORCON', 'PROPIN', 'FEDCON', 'NOCON', 'FED ONLY'),
  release: some('', '', 'NOFORN', 'REL TO USA, FVEY', 'REL TO USA, GBR', 'REL TO USA, DEU, GBR', 'RELIDO', 'DISPLAY ONLY IRQ'),
  nonIc: some('', '', '', 'LES', 'SBU', 'LES NOFORN'),
  tlp: some('', '', 'TLP:CLEAR', 'TLP:GREEN', 'TLP:AMBER', 'TLP:AMBER+STRICT', 'TLP:RED'),
});

/** A marking that the vocabulary allows. */
export const anyMarking: fc.Arbitrary<Marking> = parts.map(({ level, sci, fgi, cui, control, release, nonIc, tlp }) => {
  const dissem = [control, release].filter((part) => part !== '').join('/');
  const banner = [level, sci, fgi, cui, dissem, nonIc].filter((part) => part !== '').join('//');
  return tryMarking(tlp === '' ? banner : `${banner} ${tlp}`);
}).filter((marking) => marking !== null);

export const secret = toMarking('SECRET//NOFORN');
export const open = toMarking('UNCLASSIFIED');
