import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { splitSentences } from '../../../../main/chat/reader/sentences.ts';

function sentences(body: string, isTable = false): string[] {
  return splitSentences(body, isTable).map(({ start, end }) => body.slice(start, end));
}

describe('sentences', () => {
  test('end at full stops, not at abbreviations, initials, decimals or clauses', () => {
    expect(sentences('Dr. Blue of Works Ltd. signed No. 4, i.e. the second. It cost £3.50 a day, approx. half. See cl. 17.3 of it.')).toEqual([
      'Dr. Blue of Works Ltd. signed No. 4, i.e. the second.', 'It cost £3.50 a day, approx. half.', 'See cl. 17.3 of it.',
    ]);
  });

  test('run over the line breaks of wrapped text', () => {
    const body = 'The pump that was delivered in the spring of last year\nwas tested for seventy-two hours before the certificate\nwas signed. Nobody watched it.\n\nA second paragraph.';
    expect(sentences(body)).toEqual(['The pump that was delivered in the spring of last year\nwas tested for seventy-two hours before the certificate\nwas signed.', 'Nobody watched it.', 'A second paragraph.']);
  });

  test('end at bullets, entries of a log, headings and short lines', () => {
    expect(sentences('# Works\n- first thing\n- second thing\n  that goes on\n\n09:10 Crew on site.\n10:00 Crew left, the gate was shut and the key was handed back to the office\n10:30 Quiet.\nDate: today\nRegards\nThe office')).toEqual([
      'Works', 'first thing', 'second thing\n  that goes on', '09:10 Crew on site.', '10:00 Crew left, the gate was shut and the key was handed back to the office', '10:30 Quiet.', 'Date: today', 'Regards', 'The office',
    ]);
  });

  test('of a table are its rows', () => {
    expect(sentences('when,what\n1 May,"a pump. A valve."', true)).toEqual(['when,what', '1 May,"a pump. A valve."']);
    expect(sentences('when\twhat\n1 May\ta pump. A valve.')).toEqual(['when\twhat', '1 May\ta pump. A valve.']);
  });

  test('of quoted mail leave out the marks', () => expect(sentences('> When will you come?\n> Soon, I hope.')).toEqual(['When will you come?', 'Soon, I hope.']));

  test('are cut when they have no end', () => {
    const all = splitSentences('word '.repeat(2000));
    expect(Math.max(...all.map(({ start, end }) => end - start))).toBeLessThanOrEqual(1200);
  });

  const pieces = fc.constantFrom('A pump. ', 'Mr. ', '\n', '\n\n', '- ', '> ', '🚢', 'é', '\t', ' | ', '1. ', 'and so on', '? ', '日本語。', '…', ' '.repeat(5), 'x'.repeat(1300));
  test('stand in order, apart, trimmed, and lose no letter', () => {
    fc.assert(fc.property(fc.array(pieces, { maxLength: 30 }), fc.boolean(), (all, isTable) => {
      const body = all.join('');
      let last = 0;
      let kept = '';
      for (const { start, end } of splitSentences(body, isTable)) {
        expect(start).toBeGreaterThanOrEqual(last);
        const text = body.slice(start, end);
        expect(text).toBe(text.trim());
        expect(text.isWellFormed()).toBe(true);
        expect(body.slice(last, start)).not.toMatch(/[A-Za-z日é]/);
        kept += text;
        last = end;
      }
      expect(kept.replace(/\P{L}/gu, '')).toBe(body.replace(/\P{L}/gu, ''));
    }), { numRuns: 500 });
  });
});
