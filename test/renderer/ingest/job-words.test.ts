import { expect, test } from 'vitest';
import { isOutside } from '../../../renderer/views/ingest/held-files.ts';
import { sumLine } from '../../../renderer/views/ingest/job-words.ts';

const counts = { seen: 12, done: 12, added: 5, unchanged: 0, duplicates: 1, noText: 2, quarantined: 4, children: 0, bytesSeen: 0, bytesDone: 0 };

test('what was never taken in is counted apart from quarantine, and the sum comes out', () => {
  expect(sumLine(counts, 3)).toBe('5 added + 1 duplicate + 2 without text + 1 in quarantine + 3 not taken in = 12.');
  expect(sumLine(counts, 4)).toBe('5 added + 1 duplicate + 2 without text + 4 not taken in = 12.');
  expect(sumLine(counts, 0)).toBe('5 added + 1 duplicate + 2 without text + 4 in quarantine = 12.');
});

test('links, pipes and files that are gone or closed are outside; damaged files are not', () => {
  const of = (code: string) => isOutside({ reason: { code, sentence: '' } });
  expect(['path.link', 'path.special', 'path.absent', 'path.unreadable'].map(of)).toEqual([true, true, true, true]);
  expect(of('pdf.damaged')).toBe(false);
});
