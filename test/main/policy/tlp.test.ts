import { expect, test } from 'vitest';
import { parseTlp, rollUpTlp, tlpLabels, tlpText, type TlpMarking } from '../../../main/policy/tlp.ts';

const all = tlpLabels.map((label): TlpMarking => ({ scheme: 'tlp', label }));
const join = (...some: readonly TlpMarking[]): TlpMarking => rollUpTlp(some);
const isBelow = (a: TlpMarking, b: TlpMarking): boolean => join(a, b).label === b.label;

test('the roll-up of labels is idempotent, commutative, associative and monotone', () => {
  for (const a of all) {
    expect(join(a, a)).toEqual(a);
    for (const b of all) {
      expect(join(a, b)).toEqual(join(b, a));
      expect(isBelow(a, b) || isBelow(b, a)).toBe(true);
      for (const c of all) {
        expect(join(join(a, b), c)).toEqual(join(a, join(b, c)));
        expect(join(a, b, c)).toEqual(join(join(a, b), c));
        if (isBelow(a, b)) expect(isBelow(join(a, c), join(b, c))).toBe(true);
      }
    }
  }
  expect(join()).toEqual({ scheme: 'tlp', label: 'CLEAR' });
});

test('what is printed is read back the same', () => {
  for (const one of all) expect(parseTlp(tlpText(one).toLowerCase())).toEqual(one);
});

test('nothing but a label is read', () => {
  for (const text of ['TLP:', 'TLP:AMBER STRICT', 'TLP:RED//NOFORN', 'TLP:REDD', 'RED']) expect(() => parseTlp(text)).toThrow(expect.objectContaining({ code: 'policy.bad-marking' }));
});
