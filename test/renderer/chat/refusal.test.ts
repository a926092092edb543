import { expect, test } from 'vitest';
import { refusalOf } from '../../../renderer/views/chat/refusal.ts';

const data = {
  endpoint: 'Office', ceiling: 'UNCLASSIFIED', rule: 'It may receive up to UNCLASSIFIED', record: 12, allowed: ['The extractive reader'],
  portion: { document: 'a'.repeat(32), label: 'Document 4', marking: '(S)' },
};

test('reads a refusal as the contract has it', () => expect(refusalOf(data)).toEqual(data));

test('the case as a whole has no document', () => {
  expect(refusalOf({ ...data, portion: { ...data.portion, document: null } })?.portion.document).toBeNull();
});

test.each([
  ['without a rule', { ...data, rule: undefined }],
  ['without a portion', { ...data, portion: null }],
  ['with a document that is no id', { ...data, portion: { ...data.portion, document: '../x' } }],
  ['with a list of something else', { ...data, allowed: [1] }],
  ['with a record that is no number', { ...data, record: '12' }],
])('is null %s', (_name, wrong) => expect(refusalOf(wrong)).toBeNull());
