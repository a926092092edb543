import { expect, test } from 'vitest';
import { actionPhrase, detailWords } from '../../../renderer/views/audit/record-words.ts';

test('a known action has a phrase, an unknown one has none', () => {
  expect(actionPhrase('turn.asked')).toBe('Question asked');
  expect(actionPhrase('annotation.added')).toBe('Annotation added');
  expect(actionPhrase('no.such-action')).toBeNull();
});

test('at most three values describe an action', () => {
  expect(detailWords({ detail: { a: 1, b: null, c: 'x', d: 2 } })).toBe('a 1 · b none · c x');
  expect(detailWords({ detail: {} })).toBe('');
});
