import { expect, test } from 'vitest';
import { refusalOf } from '../../../renderer/views/chat/refusal.ts';

const data = {
  endpoint: 'Office', ceiling: 'UNCLASSIFIED', rule: 'It may receive up to UNCLASSIFIED', record: 12, portions: 3, refused: 1,
  allowed: [
    { kind: 'leave-out', text: 'The other 2 of 3 passages', passages: [{ document: 'a'.repeat(32), start: 4, end: 9 }] },
    { kind: 'endpoint', text: 'Laptop, up to SECRET', endpoint: 'b'.repeat(32) },
    { kind: 'settle-marks', text: 'A mark stands in it', document: 'a'.repeat(32) },
    { kind: 'mark-question', text: 'Mark it' },
    { kind: 'reader', text: 'The extractive reader' },
  ],
  portion: { document: 'a'.repeat(32), start: 4, end: 9, label: 'Document 4', marking: 'SECRET', portionMark: '(S)', isWaiting: true },
};

test('reads a refusal as the contract has it', () => expect(refusalOf(data)).toEqual(data));

test('the case as a whole has no document', () => {
  expect(refusalOf({ ...data, portion: { ...data.portion, document: null } })?.portion.document).toBeNull();
});

test('a way on that is not known here is left out, and the refusal stands', () => {
  expect(refusalOf({ ...data, allowed: [1, { kind: 'other', text: 'x' }, { kind: 'leave-out', text: 'x', passages: [{}] }, { kind: 'reader', text: 'y' }] })?.allowed).toEqual([{ kind: 'reader', text: 'y' }]);
});

test.each([
  ['without a rule', { ...data, rule: undefined }],
  ['without a portion', { ...data, portion: null }],
  ['with a document that is no id', { ...data, portion: { ...data.portion, document: '../x' } }],
  ['with a list that is none', { ...data, allowed: 'reader' }],
  ['with a record that is no number', { ...data, record: '12' }],
])('is null %s', (_name, wrong) => expect(refusalOf(wrong)).toBeNull());
