import { expect, test } from 'vitest';
import { endingOf, mailboxParts, sentTimes, textDatesLine } from '../../../renderer/lib/reader/document-facts.ts';

const at = Date.UTC(2024, 2, 14, 7, 6, 40);

test('a mail shows its own offset beside UTC', () => {
  expect(sentTimes(at, 'Thu, 14 Mar 2024 08:06:40 +0100')).toEqual({ utc: 'Thu 14 Mar 2024, 07:06 UTC', original: '08:06 +01:00 in the original' });
});

test('a mail written in UTC, or without an offset, shows it once', () => {
  expect(sentTimes(at, 'Thu, 14 Mar 2024 07:06:40 +0000').original).toBeNull();
  expect(sentTimes(at, null).original).toBeNull();
});

test('an address without a name stands for itself', () => {
  expect(mailboxParts({ name: '', address: 'desk@harbour.example' })).toEqual({ name: 'desk@harbour.example', rest: '' });
  expect(mailboxParts({ name: 'Stores office', address: 'stores@harbour.example' }).rest).toBe('<stores@harbour.example>');
});

test('the ending of a path is found with its dot', () => {
  expect([endingOf('a/b.EML'), endingOf('a.b/c'), endingOf('plain')]).toEqual(['.eml', null, null]);
});

test('the dates in a text are told as what they span, and what is not sure of them', () => {
  expect(textDatesLine(null)).toBeNull();
  expect(textDatesLine({ first: at, last: at, count: 1, unsure: 0 })).toBe('14 Mar 2024');
  expect(textDatesLine({ first: at, last: at + 86_400_000, count: 3, unsure: 2 })).toBe('14 Mar 2024 to 15 Mar 2024, 3 in all; of 2 it is not told which number is the day');
});
