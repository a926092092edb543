import { describe, expect, test } from 'vitest';
import { claimsNothing, readClaim } from '../../../../main/chat/check/index.ts';

const isSilent = (text: string, kind: Parameters<typeof claimsNothing>[1] = 'paragraph'): boolean => claimsNothing(readClaim(text, () => 1), kind);

describe('headings', () => {
  test.each(['Summary', 'Key Findings', 'Overview of the evidence', 'Pumps', 'Payments and their approval', 'Related documents', 'Timeline', 'What the documents say'])('“%s” names a matter and claims nothing', (text) => {
    expect(isSilent(text, 'heading')).toBe(true);
  });
  test.each(['Pump 4B', 'Payments of £77,300', 'Events of 3 May 2024', 'The Role of Orla Fenwick', 'The pump was sabotaged', 'Pump sabotaged', 'No payment', 'The harbour master took the money.', 'Harrow Sluice Engineering', 'ISO and WHO'])('“%s” has a number, a name or a date, or says something', (text) => {
    expect(isSilent(text, 'heading')).toBe(false);
  });
});

describe('lines that lead in', () => {
  test.each(['Here is what the documents say:', 'The documents mention the following:', 'Key findings:', 'In summary:', 'Below is a list of the relevant passages:', 'Based on the passages, here are the main points:', 'The sources state the following about the pump:', 'The following are the key points regarding the approval of payments:'])('“%s” says only that something follows', (text) => {
    expect(isSilent(text)).toBe(true);
  });
  test.each([
    'The pump failed for these reasons:', 'The documents say that the pump failed:', 'Here is what the documents say about Orla Fenwick:', 'Here are the three payments:', 'On 3 May 2024 the documents say:', 'The documents do not mention the following:', 'No document says the following:',
    'The treasurer stole the following:', 'Here is what the documents say.', 'The documents are forged:', 'The report shows fraud:', 'The main culprit:', 'The documents contain lies about the pump:',
  ])('“%s” claims something', (text) => {
    expect(isSilent(text)).toBe(false);
  });
  test('a heading that is not one is judged as any sentence', () => {
    for (const kind of ['paragraph', 'item', 'quote', 'row', 'code'] as const) expect(isSilent('Pumps', kind)).toBe(false);
  });
});
