import { describe, expect, test } from 'vitest';
import type { AnswerSentence, Citation } from '../../../preload/contract/domains/chat.ts';
import { asQuote, layoutAnswer, layoutSentence, nearWords, quoteCheck } from '../../../renderer/views/chat/answer-layout.ts';

function sentence(text: string, more: Partial<AnswerSentence> = {}): AnswerSentence {
  return { text, support: 'supported', citations: [], missing: null, nearest: null, ...more };
}

function citation(number: number, check: Citation['check'] = 'verbatim'): Citation {
  return {
    number, check, document: '0'.repeat(32) as Citation['document'], documentNumber: number, title: 'Log', path: 'log.txt', page: null,
    start: 0, end: 4, quote: 'text', score: null, portion: '(U)',
  };
}

const endpoint = { kind: 'endpoint', name: 'Office', model: 'm' } as const;
const extractive = { kind: 'extractive', name: 'Extractive reader', model: null } as const;

const said = (runs: readonly { readonly text: string }[] = []): string => runs.map(({ text }) => text).join('');
const cut = (...given: Parameters<typeof layoutSentence>): readonly [string, string] => {
  const { lead, tail } = layoutSentence(...given);
  return [said(lead), said(tail)];
};

describe('layoutSentence', () => {
  test('keeps the last word with its citations', () => {
    expect(cut(sentence('Paid in March.', { citations: [1, 2] }), false, new Set([1, 2]))).toEqual(['Paid in ', 'March.']);
    expect(layoutSentence(sentence('x', { citations: [1, 2] }), false, new Set([1, 2])).citations).toEqual([1, 2]);
  });

  test('puts a quoted sentence into quotation marks, lines joined', () => {
    expect(cut(sentence('The *stock*\r\nwas short. '), true, new Set())).toEqual(['“The *stock* was ', 'short.”']);
  });

  test('a single word is all tail', () => {
    expect(cut(sentence('No.'), false, new Set())).toEqual(['', 'No.']);
  });

  test('leaves out a citation that the answer does not list, and shows one named twice once', () => {
    expect(layoutSentence(sentence('x', { citations: [1, 9, 1] }), false, new Set([1])).citations).toEqual([1]);
  });

  test.each([['supported', null], ['partly', 'Partly supported'], ['unsupported', 'Unsupported'], ['uncited', 'Not cited']] as const)('%s says %s', (support, flag) => {
    expect(layoutSentence(sentence('x', { support }), false, new Set()).flag).toBe(flag);
  });

  test('leaves markup and hidden characters in, as text to be written out', () => {
    expect(cut(sentence('<b>a</b> \u202Eb\u2028c'), false, new Set()).join('')).toBe('<b>a</b> \u202Eb\u2028c');
  });
});

describe('layoutAnswer', () => {
  test('quotes every sentence of the extractive reader and none of a model', () => {
    const sentences = [sentence('A b.')];
    expect(said(layoutAnswer({ sentences, citations: [], model: extractive })[0]?.blocks[0]?.sentences[0]?.lead)).toBe('“A ');
    expect(said(layoutAnswer({ sentences, citations: [], model: endpoint })[0]?.blocks[0]?.sentences[0]?.lead)).toBe('A ');
  });

  test('sets the blocks of a model as it wrote them: points of one list together, rows of one table together', () => {
    const at = (index: number, kind: 'paragraph' | 'item' | 'row' | 'code', text: string): AnswerSentence => sentence(text, { block: { index, kind, depth: 0, ordinal: '' } });
    const sentences = [at(0, 'paragraph', 'One.'), at(0, 'paragraph', 'Two.'), at(1, 'item', 'Three.'), at(2, 'item', 'Four.'), at(3, 'row', '| a | b \\| c |'), at(4, 'row', '| d | e |'), at(5, 'code', 'x\n  y'), at(6, 'code', 'z')];
    const groups = layoutAnswer({ sentences, citations: [], model: endpoint });
    expect(groups.map(({ kind, blocks }) => [kind, blocks.map((block) => block.sentences.length)])).toEqual([['paragraph', [2]], ['item', [1, 1]], ['row', [1, 1]], ['code', [1]], ['code', [1]]]);
    expect(groups[2]?.blocks[0]?.sentences[0]?.cells.map(said)).toEqual(['a', 'b | c']);
    expect(groups[3]?.blocks[0]?.sentences[0]?.code).toBe('x\n  y');
  });

  test('a person’s words in an answer of the extractive reader are no quote', () => {
    const [group] = layoutAnswer({ sentences: [{ ...sentence('A b.'), isEdited: true }], citations: [], model: extractive });
    expect(group?.blocks[0]?.sentences[0]).toMatchObject({ isEdited: true, lead: [{ text: 'A ', look: 'plain' }] });
  });

  test('an answer without sentences has no paragraph', () => {
    expect(layoutAnswer({ sentences: [], citations: [], model: endpoint })).toEqual([]);
  });
});

describe('quoteCheck', () => {
  test('counts the quotes that stand word for word', () => {
    expect(quoteCheck([citation(1), citation(2, 'not-found')])).toEqual({ words: '1 of 2 quotes found word for word', isWhole: false });
    expect(quoteCheck([citation(1)])).toEqual({ words: '1 of 1 quote found word for word', isWhole: true });
  });
  test('says nothing where nothing was quoted', () => expect(quoteCheck([])).toBeNull());
});

test('a streamed quote gets quotation marks once', () => {
  expect(asQuote('It ran.\n')).toBe('“It ran.” ');
  expect(asQuote('“It ran.” ')).toBe('“It ran.” ');
});

describe('what stands under a flag', () => {
  const missing = { numbers: [], dates: [], names: [], words: [], polarity: [] };
  const noteOf = (more: Partial<AnswerSentence>): string | null => layoutSentence(sentence('Paid in March.', more), false, new Set([1])).note;

  test('nothing for what is supported, and nothing where nothing was compared', () => {
    expect(noteOf({ missing })).toBeNull();
    expect(noteOf({ support: 'partly' })).toBeNull();
  });

  test('what goes the other way comes first, then figures, dates and names; single words only where nothing else is missing', () => {
    expect(noteOf({ support: 'partly', missing: { ...missing, numbers: ['49,500'], dates: ['3 March'], words: ['paid'], polarity: ['increased'] } })).toBe('The quote goes the other way at “increased”. It does not say “49,500”, “3 March”.');
    expect(noteOf({ support: 'partly', missing: { ...missing, words: ['paid', 'March'] } })).toBe('The quote does not say “paid”, “March”.');
  });

  test('the nearest passage of what nothing bears, when the answer lists it', () => {
    expect(layoutSentence(sentence('Paid.', { support: 'unsupported', nearest: 1, missing: { ...missing, names: ['Brask'] } }), false, new Set([1]))).toMatchObject({ note: 'No passage in scope says this. The nearest does not say “Brask”.', nearest: 1 });
    expect(layoutSentence(sentence('Paid.', { support: 'uncited', nearest: 2 }), false, new Set([1])).nearest).toBeNull();
    expect(noteOf({ support: 'unsupported' })).toBe('No passage in scope says this.');
  });

  test('a near quote says how near', () => {
    expect(nearWords(0.934)).toBe('nearly word for word, .93');
    expect(quoteCheck([citation(1), citation(2, 'fuzzy')])).toEqual({ words: '1 of 2 quotes found word for word, 1 nearly', isWhole: true });
  });
});
