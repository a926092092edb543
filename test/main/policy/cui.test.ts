import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isAppError } from '../../../main/base/errors.ts';
import { cuiText, parseCui, rollUpCui, type CuiMarking } from '../../../main/policy/cui.ts';
import { readMarking, rollUpTexts } from '../../../main/policy/index.ts';
import { noforn } from '../../../main/policy/us-markings/us-marking.ts';
import { countryList, vocabulary } from '../../../main/policy/us-markings/vocabulary.ts';

const countries = fc.subarray(['ACGU', 'AUS', 'CAN', 'FVEY', 'GBR', 'JPN', 'NATO']).map(countryList);
const marking: fc.Arbitrary<CuiMarking> = fc.record({
  scheme: fc.constant('cui' as const),
  specified: fc.subarray(['CTI', 'EXPT']),
  basic: fc.subarray(['PROCURE', 'PRVCY']),
  audience: fc.constantFrom('FED ONLY' as const, 'FEDCON' as const, 'NOCON' as const, null),
  limits: fc.subarray(['ATTORNEY-CLIENT', 'ATTORNEY-WP', 'DELIBERATIVE', 'DL ONLY']),
  release: fc.oneof(fc.constant(null), fc.constant(noforn), fc.record({ relTo: countries, displayOnly: countries, relido: fc.constant(false) })),
});
const join = (...all: readonly CuiMarking[]): CuiMarking | null => rollUpCui(all);

const settled = marking.map((one) => join(one) ?? one);

test('the roll-up is idempotent, commutative, associative and monotone', () => {
  fc.assert(fc.property(settled, settled, settled, (a, b, c) => {
    expect(join(a, a)).toEqual(a);
    expect(join(a, b)).toEqual(join(b, a));
    const [ab, bc] = [join(a, b) ?? a, join(b, c) ?? c];
    expect(join(ab, c)).toEqual(join(a, bc));
    expect(join(join(a, c) ?? a, join(ab, c) ?? ab)).toEqual(join(ab, c));
  }), { numRuns: 2000 });
});

test('a roll-up is a marking; it loses no category and no limit, and lets nobody have or see it whom a portion does not', () => {
  const among = (codes: readonly string[]): Set<string> => new Set(codes.flatMap((code) => [code, ...(vocabulary.groups[code] ?? [])]));
  fc.assert(fc.property(fc.array(marking, { minLength: 1, maxLength: 4 }), (all) => {
    const sum = join(...all);
    if (sum === null) throw new Error('something rolls up to nothing');
    expect(parseCui(cuiText(sum))).toEqual(sum);
    for (const one of all) {
      expect([...sum.specified, ...sum.basic]).toEqual(expect.arrayContaining([...one.specified, ...one.basic]));
      expect(sum.limits).toEqual(expect.arrayContaining([...one.limits]));
      if (one.release === null) continue;
      expect(sum.release).not.toBeNull();
      const [may, mayOrSees] = [among(one.release.relTo), among([...one.release.relTo, ...one.release.displayOnly])];
      expect([...sum.release?.relTo ?? []].flatMap((code) => vocabulary.groups[code] ?? [code]).filter((code) => !may.has(code))).toEqual([]);
      expect([...sum.release?.displayOnly ?? []].flatMap((code) => vocabulary.groups[code] ?? [code]).filter((code) => !mayOrSees.has(code))).toEqual([]);
    }
  }), { numRuns: 2000 });
});

test('what is printed is read back the same, as banner and as portion', () => {
  fc.assert(fc.property(marking, (one) => {
    expect(parseCui(`(${cuiText(one)})`)).toEqual(one);
    expect(parseCui(cuiText(one))).toEqual(one);
  }), { numRuns: 2000 });
});

test.each([
  ['CUI', 'CUI'],
  ['(controlled)', 'CUI'],
  ['cui // prvcy/sp-cti // fedcon/noforn', 'CUI//SP-CTI/PRVCY//NOFORN/FEDCON'],
  ['CUI//DL ONLY', 'CUI//DL ONLY'],
  ['CUI//SP-EXPT//REL TO USA, GBR, AUS', 'CUI//SP-EXPT//REL TO USA, AUS, GBR'],
])('%s', (text, banner) => expect(readMarking(text)).toMatchObject({ banner, portion: `(${banner})`, parts: { scheme: 'cui' } }));

test.each([
  ['CUI//NOFORN//PRVCY', 13],
  ['CUI////NOFORN', 5],
  ['CUI//PRVCY//CTI', 12],
  ['CUI//PRVCY//NOFORN/REL TO USA, GBR', 12],
  ['CUI//PRVCY//NOFORN//FEDCON', 20],
  ['CUI//P RVCY', 5],
  ['CUI//REL TO USA, GBR/REL TO USA, FVEY', 21],
  ['CUI//DISPLAY ONLY USA', 5],
  ['CUI//REL TO USA', 5],
])('“%s” is refused at its place', (text, at) => expect(() => readMarking(text)).toThrow(expect.objectContaining({ code: 'policy.bad-marking', data: expect.objectContaining({ at }) as unknown })));

test('any text that begins as CUI is a marking or is told what is wrong with it', () => {
  const pieces = fc.constantFrom('//', '/', ', ', 'SP-CTI', 'PRVCY', 'FEDCON', 'NOCON', 'NOFORN', 'REL TO', 'REL TO USA, GBR', 'DISPLAY ONLY AFG', 'DL ONLY', ')', '');
  fc.assert(fc.property(fc.array(pieces, { maxLength: 8 }), (all) => {
    const text = `CUI//${all.join('')}`;
    try {
      expect(readMarking(readMarking(text).banner).banner).toBe(readMarking(text).banner);
    } catch (error) {
      if (!isAppError(error, 'policy.bad-marking')) throw error;
      expect(error.data['at']).toBeLessThanOrEqual(text.length);
    }
  }), { numRuns: 2000 });
});

test('unmarked portions say nothing, and what is silent about disclosure allows none beside what speaks', () => {
  expect(rollUpTexts(['CUI//PRVCY//FEDCON', 'U', 'CUI//SP-PRVCY//NOCON']).banner).toBe('CUI//SP-PRVCY//FED ONLY');
  expect(rollUpTexts(['CUI//REL TO USA, GBR', 'CUI']).banner).toBe('CUI//NOFORN');
  expect(rollUpTexts(['CUI', 'S'])).toMatchObject({ banner: 'SECRET//CUI', parts: { scheme: 'us', cui: { scheme: 'cui' } } });
});
