import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bandsOf, bandTable } from '../../../../main/search/groups/bands.ts';
import { nearGroups } from '../../../../main/search/groups/near-groups.ts';
import { shinglesOf, similarityOf } from '../../../../main/search/groups/shingles.ts';
import { seededRandom } from '../../../support/random.ts';

const words = 'quay harbour ledger crane manifest customs berth tonnage invoice cargo pilot tide survey permit audit freight bond seal weight notice'.split(' ');
const textOf = (seed: number, length: number): string[] => {
  const random = seededRandom(seed);
  return Array.from({ length }, () => `${random.pick(words)}${random.between(0, 30)}`);
};

test('case, punctuation and line breaks make no difference, words do', () => {
  expect(shinglesOf('The crane at berth 4, was empty.')).toEqual(shinglesOf('the CRANE at\nberth 4 — was “empty”'));
  expect(similarityOf(shinglesOf('the crane at berth four was empty'), shinglesOf('the crane at berth five was empty'))).toBeCloseTo(1 / 7, 12);
  expect(shinglesOf('three words only')).toHaveLength(0);
});

test('similarity is what both share of what both hold, from nothing to all', () => {
  fc.assert(fc.property(fc.uniqueArray(fc.nat(200)), fc.uniqueArray(fc.nat(200)), (left, right) => {
    const [a, b] = [left, right].map((set) => Uint32Array.from(set).sort());
    const shared = left.filter((one) => right.includes(one)).length;
    const all = new Set([...left, ...right]).size;
    expect(similarityOf(a ?? new Uint32Array(), b ?? new Uint32Array())).toBeCloseTo(all === 0 ? 0 : shared / all, 12);
  }), { numRuns: 100 });
});

test('what shares eight of ten shingles meets in a band nearly always, and what shares little hardly ever', () => {
  let alike = 0;
  let apart = 0;
  for (let seed = 1; seed <= 200; seed += 1) {
    const text = textOf(seed, 400);
    const changed = text.map((word, at) => (at % 75 === 10 ? 'other' : word));
    const half = [...text.slice(0, 120), ...textOf(seed + 1000, 280)];
    const table = bandTable();
    table.add(1, bandsOf(shinglesOf(text.join(' '))));
    if (table.candidates(bandsOf(shinglesOf(changed.join(' '))), 5).includes(1)) alike += 1;
    if (table.candidates(bandsOf(shinglesOf(half.join(' '))), 5).includes(1)) apart += 1;
  }
  expect(alike).toBeGreaterThanOrEqual(198);
  expect(apart).toBeLessThanOrEqual(20);
});

test('a text joins the first of the group that it is most like, and no place changes with what comes later', () => {
  const text = textOf(7, 300);
  const bodies = new Map<number, string>([
    [1, text.join(' ')],
    [2, text.map((word, at) => (at === 30 ? 'changed' : word)).join(' ')],
    [3, textOf(8, 300).join(' ')],
    [4, [...text, ...textOf(9, 30)].join(' ')],
    [5, 'too short to say'],
    [6, 'too short to say'],
  ]);
  const place = (order: readonly number[]): (readonly [number, number, number])[] => {
    const groups = nearGroups((content) => bodies.get(content) ?? '');
    return order.map((content) => {
      const { pivot, similarity } = groups.place(content, bodies.get(content) ?? '');
      return [content, pivot, Math.round(100 * similarity)] as const;
    });
  };
  const all = place([1, 2, 3, 4, 5, 6]);
  expect(all).toEqual([[1, 1, 100], [2, 1, 97], [3, 3, 100], [4, 1, expect.any(Number)], [5, 5, 100], [6, 6, 100]]);
  expect(place([1, 2, 3])).toEqual(all.slice(0, 3));
});

test('groups that are known from before are met again by their bands', () => {
  const body = textOf(3, 200).join(' ');
  const first = nearGroups(() => body).place(4, body);
  const later = nearGroups(() => body);
  later.know(4, first.bands ?? new Uint32Array());
  expect(later.place(9, `${body} and one more`)).toMatchObject({ pivot: 4, bands: null });
});
