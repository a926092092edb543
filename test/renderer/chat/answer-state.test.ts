import { describe, expect, test } from 'vitest';
import { answerState, type Answer, type AnswerState } from '../../../preload/contract/domains/chat.ts';
import { coverageWords, isCutShort, stateWords, writerWords } from '../../../renderer/views/chat/answer-state.ts';

const model = { kind: 'endpoint', name: 'Office gateway', model: 'm-1' } as const;
const some: Answer['sentences'] = [{ text: 'A.', support: 'uncited', citations: [], missing: null, nearest: null }];

describe('stateWords', () => {
  test('only a complete answer says nothing', () => {
    const silent = answerState.options.filter((state) => stateWords({ state, model, fault: null, sentences: some }) === null);
    expect(silent).toEqual(['answered']);
  });

  test('an answer that was cut short says that it is not complete', () => {
    for (const state of answerState.options.filter(isCutShort)) {
      const words = stateWords({ state, model, fault: 'It said 500.', sentences: some });
      expect(`${words?.said} ${words?.meaning}`).toContain('not complete');
    }
  });

  test('a connection that ended and a limit that was reached are not taken for one another', () => {
    const said = (state: AnswerState): string | undefined => stateWords({ state, model, fault: null, sentences: some })?.said;
    expect(said('truncated')).toContain('the connection to Office gateway ended too early');
    expect(said('cut')).toContain('the longest answer');
  });

  test('does not speak of text where none came', () => {
    expect(stateWords({ state: 'filtered', model, fault: null, sentences: [] })?.meaning).toBe('Nothing came before that.');
  });

  test('an error says what happened', () => {
    expect(stateWords({ state: 'error', model, fault: 'It answered 500.', sentences: [] })?.meaning).toContain('It answered 500.');
  });
});

test.each<[AnswerState, boolean]>([['answered', false], ['no-support', false], ['truncated', true], ['cut', true], ['filtered', true], ['error', true], ['cancelled', true]])(
  '%s is cut short: %s', (state, expected) => expect(isCutShort(state)).toBe(expected),
);

test('coverage adds up and leaves out what there is none of', () => {
  expect(coverageWords({ documents: 1412, read: 1400, withoutText: 9, passages: 38 }, 'endpoint'))
    .toBe('1,400 of 1,412 documents read for this question, 3 passed over, 9 without text, 38 passages given.');
  expect(coverageWords({ documents: 30, read: 30, withoutText: 0, passages: 12, found: 30 }, 'endpoint')).toBe('30 of 30 documents read for this question, 12 of 30 passages given.');
  expect(coverageWords({ documents: 1, read: 1, withoutText: 0, passages: 1 }, 'extractive')).toBe('1 of 1 document read for this question, 1 sentence weighed.');
});

test('says what wrote it', () => {
  expect(writerWords(model)).toBe('m-1 at Office gateway, model-written');
  expect(writerWords({ kind: 'extractive', name: 'Extractive reader', model: null })).toBe('Extractive reader, no model · quotes only');
});
