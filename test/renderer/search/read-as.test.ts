import { expect, test } from 'vitest';
import type { ReadPart } from '../../../preload/contract/domains/sets.ts';
import { readPieces } from '../../../renderer/views/search/read-as.ts';

function part(kind: ReadPart['kind'], text: string, more: Partial<ReadPart> = {}): ReadPart {
  return { kind, text, field: null, group: null, ...more };
}

test('a proximity query reads as a sentence', () => {
  const pieces = readPieces([part('prefix', 'pay', { group: 1 }), part('near', 'NEAR/5'), part('open', '('), part('term', 'split', { group: 2 }), part('or', 'OR'), part('term', 'divided', { group: 2 }), part('close', ')')]);
  expect(pieces.map((piece) => piece.text).join(' ')).toBe('pay* within 5 words of ( split or divided )');
});

test('a distance of one is singular, a missing distance has no number', () => {
  expect(readPieces([part('near', 'NEAR/1'), part('near', 'NEAR')]).map((piece) => piece.text)).toEqual(['within 1 word of', 'near']);
});

test('a phrase is quoted once, whether or not it comes with its quotes', () => {
  expect(readPieces([part('phrase', '"two words"'), part('phrase', 'two words')]).map((piece) => piece.text)).toEqual(['“two words”', '“two words”']);
});

test('a prefix ends in one star', () => {
  expect(readPieces([part('prefix', 'pay*')])).toEqual([{ kind: 'chip', text: 'pay*', field: null, group: null }]);
});

test('a filter keeps its field and has no highlight', () => {
  expect(readPieces([part('field', 'pdf', { field: 'type' })])).toEqual([{ kind: 'chip', text: 'pdf', field: 'type', group: null }]);
});
