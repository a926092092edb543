import { expect, test } from 'vitest';
import type { AnswerReview, Turn } from '../../../preload/contract/domains/chat.ts';
import { answerText, provenanceWords, reviewWords } from '../../../renderer/views/chat/answer-provenance.ts';
import { type AnsweredTurn, hasReview, textToEdit } from '../../../renderer/views/chat/review-answer.ts';

const marking = { marking: 'UNCLASSIFIED', banner: 'UNCLASSIFIED', portion: '(U)' } as Turn['marking'] & object;
const raw: AnswerReview = { state: 'raw', of: 'a'.repeat(32) as AnswerReview['of'], edit: null, accepted: null };
const sentence = (text: string, block?: AnsweredTurn['answer']['sentences'][number]['block']): AnsweredTurn['answer']['sentences'][number] => ({ text, support: 'supported', citations: [1], missing: null, nearest: null, ...(block === undefined ? {} : { block }) });

const turn: AnsweredTurn = {
  turn: 'b'.repeat(32) as Turn['turn'], question: 'When?', askedAt: Date.UTC(2026, 4, 3, 12, 30), marking: null, review: raw, scope: { kind: 'case' }, after: null, prompt: null,
  answer: {
    state: 'answered', sentences: [sentence('In May.', { index: 0, kind: 'paragraph', depth: 0, ordinal: '' }), sentence('Not before.', { index: 0, kind: 'paragraph', depth: 0, ordinal: '' }), sentence('One.', { index: 1, kind: 'item', depth: 0, ordinal: '1.' }), sentence('Two.', { index: 2, kind: 'item', depth: 1, ordinal: '' }), sentence('x = 1', { index: 3, kind: 'code', depth: 0, ordinal: '' })],
    citations: [], coverage: { documents: 1, read: 1, withoutText: 0, passages: 1 }, model: { kind: 'endpoint', name: 'Office\u202E', model: 'small-1' }, marking, tookMs: 1, fault: null,
  },
};
const edit = { by: 'Analyst', at: Date.UTC(2026, 4, 3, 13, 0), citations: [], marking, sentences: [{ ...sentence('In June.'), isEdited: true }, { ...sentence('Not before.'), isEdited: false }] };

test('what is copied says its marking, who wrote it, when, and where it stands with people', () => {
  expect(provenanceWords(turn)).toMatch(/^UNCLASSIFIED\. Written by small-1 at Office⟨U\+202E⟩, .+\. State raw\. Raw: nobody has accepted or edited it\.$/);
  expect(provenanceWords({ ...turn, answer: { ...turn.answer, state: 'cut' } })).toContain('Not complete.');
  const both: AnswerReview = { ...raw, state: 'accepted', edit, accepted: { by: 'Analyst', at: edit.at } };
  expect(reviewWords(both)).toMatch(/^Edited by Analyst, .+: 1 of 2 sentences\. Accepted by Analyst, .+\.$/);
  expect(answerText({ ...turn, review: both })).toMatch(/^In June\. \[1\] Not before\. \[1\]\n\nUNCLASSIFIED\. [\s\S]*State accepted/);
});

test('a copy names the prompt, what the answer rolls up to where a person marked it otherwise, and its sources', () => {
  const cited = (number: number, path: string, page: number | null) => ({ number, path, page }) as AnsweredTurn['answer']['citations'][number];
  const copied = provenanceWords({ ...turn, prompt: 'version 7', marking: { ...marking, banner: 'CONFIDENTIAL' }, answer: { ...turn.answer, citations: [cited(1, 'letters/a.txt', 2), cited(2, 'notes\u202E.txt', null), cited(3, 'letters/a.txt', 2)] } });
  expect(copied).toMatch(/^CONFIDENTIAL\. Rolls up to UNCLASSIFIED; a person marked it\. Written by small-1 at .+, prompt version 7\. State raw\. .+ Sources: \[1, 3\] letters\/a\.txt, page 2; \[2\] notes⟨U\+202E⟩\.txt\.$/);
  const listOf = (kind: 'query' | 'model'): string => provenanceWords({ ...turn, prompt: kind === 'model' ? 'question version 2' : null, answer: { ...turn.answer, exhaustive: { plan: { kind } } as AnsweredTurn['answer']['exhaustive'] & object } });
  expect(listOf('query')).toContain('Counted by query over every document, no model,');
  expect(listOf('model')).toMatch(/Read document by document by small-1 at Office.+, counted by this program, .+, prompt question version 2\./);
});

test('what is edited has its blocks as a person writes them', () => {
  expect(textToEdit(turn)).toBe('In May. Not before.\n1. One.\n  - Two.\n\n```\nx = 1\n```');
  expect(textToEdit({ ...turn, review: { ...raw, edit } })).toBe('In June. Not before.');
});

test('an answer that says nothing has nothing to edit or to accept, unless a person wrote one in its place', () => {
  const silent: AnsweredTurn = { ...turn, answer: { ...turn.answer, state: 'error', sentences: [] } };
  expect(hasReview(turn)).toBe(true);
  expect(hasReview(silent)).toBe(false);
  expect(hasReview({ ...silent, review: { ...raw, state: 'edited', edit } })).toBe(true);
});
