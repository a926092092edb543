import { expect, test } from 'vitest';
import type { BulkPreview, BulkResult } from '../../../preload/contract/domains/bulk.ts';
import { askedLine, laneLine, previewLine, readFields, resultProvenance } from '../../../renderer/views/bulk/run-words.ts';

test('fields are read one a line, with what they are behind a colon', () => {
  expect(readFields('Vessel: name of the ship\n\n Tonnage \nTime: at 10:30')).toEqual([{ name: 'Vessel', what: 'name of the ship' }, { name: 'Tonnage', what: '' }, { name: 'Time', what: 'at 10:30' }]);
  expect(readFields(': nothing\n')).toEqual([]);
});

test('what was asked is one line, whatever the kind', () => {
  expect(askedLine({ parameters: { instruction: 'lamps' } })).toBe('lamps');
  expect(askedLine({ parameters: { fields: [{ name: 'Vessel', what: '' }, { name: 'Time', what: '' }] } })).toBe('Vessel, Time');
  expect(askedLine({ parameters: { question: 'Which lamps are lit?' } })).toBe('Which lamps are lit?');
  expect(askedLine({ parameters: { focus: '' } })).toBe('');
  expect(askedLine({ parameters: null })).toBe('');
});

test('the form says how much would be asked, and what is left out of it', () => {
  const preview = { documents: 1200, items: 1300, withoutText: 3, known: 7, promptTokens: 450_000, completionTokens: 360_000 } as BulkPreview;
  expect(previewLine(preview)).toBe('1,200 documents in 1,300 requests, 7 answered already, 3 without text, about 450,000 tokens in and at most 360,000 out.');
});

test('a lane says something only when work does not go on as it would', () => {
  const endpoint = { name: 'Harbour', model: 'm' } as Parameters<typeof laneLine>[0]['endpoint'];
  const lane = { busy: 1, limit: 2, isPersonAsking: false, circuit: 'closed' as const, retryAt: null };
  expect(laneLine({ endpoint, lane })).toBeNull();
  expect(laneLine({ endpoint, lane: { ...lane, isPersonAsking: true } })).toBe('A question of yours goes first.');
  expect(laneLine({ endpoint, lane: { ...lane, circuit: 'open' } })).toContain('Nothing is sent');
});

test('what is copied of a result says its marking, who wrote it from what, and whether a person coded by it', () => {
  const answer = { model: { name: 'small-1', endpoint: 'Harbour\u202E' }, kind: 'first-pass', version: 1, judged: { proposal: 'relevant' }, start: 0, end: 6000, batch: null } as unknown as BulkResult['answer'] & object;
  const result = { marking: { banner: 'CUI' } as BulkResult['marking'], answer, answeredAt: Date.UTC(2026, 4, 3, 12, 30), verdict: null, documentNumber: 7, path: 'letters/a.txt' };
  expect(resultProvenance(result)).toMatch(/^CUI\. Written by small-1 at Harbour⟨U\+202E⟩, .+, prompt first-pass version 1\. From Document 7, letters\/a\.txt, characters 0 to 6,000\. A proposal, accepted by nobody\.$/);
  expect(resultProvenance({ ...result, verdict: 'not-relevant' })).toContain('A proposal; a person coded the document Not relevant.');
  expect(resultProvenance({ ...result, answer: { ...answer, judged: { ...answer.judged, proposal: null } } })).toContain('State raw.');
});
