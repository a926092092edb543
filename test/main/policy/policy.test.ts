import fc from 'fast-check';
import { expect, test } from 'vitest';
import { marking as markingSchema } from '../../../preload/contract/domains/basics.ts';
import { dominates, joinMarkings, offeredMarkings, toMarking, tryMarking, viewMarking } from '../../../main/policy/index.ts';
import { anyMarking } from '../../support/markings.ts';

test('a canonical marking reads as itself, in its banner and its portion form', () => {
  fc.assert(fc.property(anyMarking, (marking) => {
    expect(toMarking(marking)).toBe(marking);
    expect(toMarking(viewMarking(marking).portion)).toBe(marking);
  }), { numRuns: 1000 });
});

test('the roll-up is idempotent, commutative and associative, and covers what went in', () => {
  fc.assert(fc.property(anyMarking, anyMarking, anyMarking, (a, b, c) => {
    const ab = joinMarkings(a, b);
    expect(joinMarkings(ab, ab)).toBe(ab);
    expect(joinMarkings(b, a)).toBe(ab);
    expect(joinMarkings(ab, c)).toBe(joinMarkings(a, joinMarkings(b, c)));
    expect(dominates(ab, a) && dominates(ab, b)).toBe(true);
  }), { numRuns: 3000 });
});

test('what may hold both of two markings may hold their roll-up, and the other way round', () => {
  fc.assert(fc.property(anyMarking, anyMarking, anyMarking, (ceiling, a, b) => {
    expect(dominates(ceiling, joinMarkings(a, b))).toBe(dominates(ceiling, a) && dominates(ceiling, b));
  }), { numRuns: 3000 });
});

test('a ceiling that may hold another may hold whatever that one may', () => {
  fc.assert(fc.property(anyMarking, anyMarking, anyMarking, (high, low, marking) => {
    const higher = joinMarkings(high, low);
    expect(dominates(higher, marking) || !dominates(low, marking)).toBe(true);
  }), { numRuns: 3000 });
});

test.each([
  ['SECRET//NOFORN', 'SECRET', true],
  ['SECRET', 'SECRET//NOFORN', false],
  ['SECRET//NOFORN', 'SECRET//REL TO USA, GBR', true],
  ['SECRET//REL TO USA, FVEY', 'SECRET//REL TO USA, GBR', false],
  ['SECRET//REL TO USA, GBR', 'SECRET//REL TO USA, FVEY', true],
  ['SECRET//REL TO USA, FVEY', 'SECRET', false],
  ['SECRET//REL TO USA, FVEY', 'UNCLASSIFIED', true],
  ['TOP SECRET//SI//NOFORN', 'TOP SECRET//SI/TK//NOFORN', false],
  ['TOP SECRET//SI/TK//NOFORN', 'SECRET//SI//NOFORN', true],
  ['TOP SECRET//SI//NOFORN', 'TOP SECRET//SI-G//ORCON/NOFORN', false],
  ['UNCLASSIFIED', 'UNCLASSIFIED//FOUO', false],
  ['SECRET//NOFORN', 'UNCLASSIFIED//FOUO', true],
  ['UNCLASSIFIED', 'CUI', false],
  ['CUI', 'CUI//PRVCY', true],
  ['CUI', 'CUI//SP-CTI', false],
  ['CUI//SP-CTI', 'CUI//SP-CTI/PRVCY', true],
  ['CUI', 'CUI//NOFORN', false],
  ['CUI//FEDCON', 'CUI//NOCON', false],
  ['SECRET//NOFORN', 'CUI', true],
  ['SECRET//NOFORN', 'CUI//SP-CTI', true],
  ['SECRET//NOFORN', 'CUI//SP-CTI//FED ONLY', false],
  ['SECRET//REL TO USA, FVEY', 'CUI', false],
  ['UNCLASSIFIED', 'TLP:CLEAR', true],
  ['UNCLASSIFIED', 'TLP:GREEN', false],
  ['UNCLASSIFIED TLP:AMBER', 'TLP:GREEN', true],
  ['TOP SECRET//SI//NOFORN', 'TLP:RED', false],
])('a place accredited for %s may hold %s: %s', (ceiling, marking, may) => {
  expect(dominates(toMarking(ceiling), toMarking(marking))).toBe(may);
});

test.each([
  [['SECRET', 'CUI'], 'SECRET//CUI'],
  [['SECRET//REL TO USA, FVEY', 'CUI'], 'SECRET//CUI//NOFORN'],
  [['SECRET//NOFORN', 'CUI//SP-CTI//FEDCON'], 'SECRET//CUI//SP-CTI//NOFORN/FEDCON'],
  [['CUI//PRVCY', 'UNCLASSIFIED//NOFORN'], 'CUI//PRVCY//NOFORN'],
  [['CONFIDENTIAL', 'TLP:AMBER'], 'CONFIDENTIAL TLP:AMBER'],
  [['TLP:GREEN', 'TLP:RED', 'UNCLASSIFIED'], 'TLP:RED'],
])('markings of several schemes roll up into one text: %j is %s', (texts, banner) => {
  expect(texts.map(toMarking).reduce(joinMarkings)).toBe(banner);
});

test('CUI among classified information is read where it stands, in both forms', () => {
  expect(toMarking('(S//CUI//SP-CTI//NF)')).toBe('SECRET//CUI//SP-CTI//NOFORN');
  expect(viewMarking(toMarking('secret//cui//sp-cti//noforn'))).toMatchObject({ portion: '(S//CUI//SP-CTI//NF)', tone: 's' });
  expect(toMarking('SECRET//NOFORN TLP:AMBER+STRICT')).toBe('SECRET//NOFORN TLP:AMBER+STRICT');
});

test('what is wrong with one of several schemes is named with its place in the whole text', () => {
  const at = (text: string): unknown => {
    try {
      return toMarking(text);
    } catch (error) {
      return (error as { data: { at: number } }).data.at;
    }
  };
  expect(at('SECRET TLP:PINK')).toBe(7);
  expect(at('SECRET//WRONG TLP:RED')).toBe(8);
  expect(at('SECRET//CUI//SP-CTI//WRONG')).toBe(21);
  expect(tryMarking('VERY SECRET')).toBeNull();
});

test('the offered markings are canonical and rise', () => {
  const offered = offeredMarkings();
  for (const view of offered) expect(toMarking(view.banner)).toBe(view.marking);
  expect(offered.map((view) => view.tone)).toEqual(['u', 'cui', 'c', 'c', 's', 's', 's', 'ts', 'ts', 'ts-sci', 'ts-sci']);
});

test('a marking that was kept before markings were texts reads as the same marking', () => {
  expect(markingSchema.parse({ scheme: 'us', level: 'TS', controls: ['NOFORN', 'SI'] })).toBe('TOP SECRET//SI//NOFORN');
  expect(toMarking(markingSchema.parse({ scheme: 'us', level: 'CUI', controls: ['NOFORN'] }))).toBe('CUI//NOFORN');
});
