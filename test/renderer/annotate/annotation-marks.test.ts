import { describe, expect, test } from 'vitest';
import type { Annotation, Label } from '../../../preload/contract/domains/annotations.ts';
import { anchorWords, labelLook, labelOfDigit, marksOf, placed } from '../../../renderer/views/annotate/annotation-marks.ts';

const labels: readonly Label[] = [
  { label: 'person', name: 'Person', tag: 'PER', slot: 1 },
  { label: 'claim', name: 'Claim', tag: 'CLM', slot: 6 },
];

function annotation(id: number, start: number, end: number, more: Partial<Annotation> = {}): Annotation {
  return {
    annotation: String(id).padStart(32, '0') as Annotation['annotation'], document: '0'.repeat(32) as Annotation['document'], documentNumber: 1, title: 'Log',
    label: 'person', quote: 'q', start, end, page: null, anchor: 'exact', note: '', who: 'Reviewer', createdAt: 1, changedAt: 1,
    marking: { marking: 'UNCLASSIFIED' as Annotation['marking']['marking'], banner: 'UNCLASSIFIED', portion: '(U)', tone: 'u' }, markingIsOwn: false, ...more,
  };
}

describe('placed', () => {
  test('keeps text order, the longer first where two begin together', () => {
    expect(placed([annotation(1, 9, 12), annotation(2, 3, 5), annotation(3, 3, 8)]).map((one) => one.end)).toEqual([8, 5, 12]);
  });
  test('leaves out what has no place', () => {
    expect(placed([annotation(1, 0, 4, { anchor: 'lost' }), annotation(2, 5, 6, { anchor: 'moved' })])).toHaveLength(1);
  });
});

test('a mark carries its label in colours, tag and words', () => {
  expect(marksOf([annotation(1, 0, 4, { label: 'claim', note: 'Check this.' })], labels)[0]).toMatchObject({ kind: 'label-6', tag: 'CLM', label: 'Claim, with a note', start: 0, end: 4 });
});

test('a label that is gone from the list still shows', () => {
  expect(labelLook(labels, 'vessel')).toEqual({ name: 'vessel', tag: 'VES', slot: 1 });
});

test('a digit names the label of its slot, and nothing where the slot is free', () => {
  expect(labelOfDigit(labels, 6)?.label).toBe('claim');
  expect(labelOfDigit(labels, 2)).toBeUndefined();
});

test('says plainly that a quote moved or is lost', () => {
  expect(anchorWords({ anchor: 'exact' })).toBeNull();
  expect(anchorWords({ anchor: 'moved' })).toContain('found again');
  expect(anchorWords({ anchor: 'lost' })).toContain('no longer');
});
