import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findEvidence, judge, readClaim, readPassage, shortFormsIn } from '../../../../main/chat/check/index.ts';

const even = (): number => 1;
const word = (sentence: string, quote: string, around = '') => judge(readClaim(sentence, even), { quote, around, shortForms: shortFormsIn(`${quote}\n${around}`) });

describe('numbers', () => {
  const quote = 'The invoice over £77,300.00 for three pumps was paid twice, and 12.5% of the 2.4 million litres was lost between 10 and 20 minutes later.';
  test.each([
    'The invoice over £77,300 for 3 pumps was paid twice.', 'The invoice over 77300 for three pumps was paid twice.', 'The invoice over 77.3k pounds for three pumps was paid twice.',
    '12.5 percent of the 2,400,000 litres was lost.', '12.5 per cent of 2.4m litres was lost later.', 'It was lost between 10 and 20 minutes later.',
  ])('are the same in another form: %s', (sentence) => {
    expect(word(sentence, quote)).toMatchObject({ support: 'supported', missing: { numbers: [] } });
  });
  test.each([
    ['The invoice over £78,300 for three pumps was paid twice.', '£78,300'], ['The invoice over £77,300 for four pumps was paid twice.', 'four'], ['The invoice over €77,300 for three pumps was paid twice.', '€77,300'],
    ['12.5 of the 2.4 million litres was lost, 13% of it later.', '13%'], ['12.5% of the 2.4 billion litres was lost.', '2.4 billion litres'], ['12.5% of the 2.4 million tonnes was lost.', '2.4 million tonnes'],
  ])('that the quote does not have are named and keep the sentence from being supported: %s', (sentence, missing) => {
    const { support, missing: { numbers } } = word(sentence, quote);
    expect(support).not.toBe('supported');
    expect(numbers).toEqual([missing]);
  });
  test('inside names are names: IL-6 is not six, and pump 4B is not four', () => {
    expect(word('Pump 4B raised IL-6.', 'Pump 4B raised IL-6 at noon.').missing.numbers).toEqual([]);
    expect(word('Pump 4C raised IL-6 at noon.', 'Pump 4B raised IL-6 at noon.')).toMatchObject({ support: 'partly', missing: { names: ['Pump 4C'] } });
  });
  test('a time of day is the same by either clock', () => {
    expect(word('Pump 4B tripped at 3 pm.', 'Pump 4B tripped at 15:00 hrs.').support).toBe('supported');
    expect(word('Pump 4B tripped at 3 am.', 'Pump 4B tripped at 15:00.').support).not.toBe('supported');
  });
});

describe('dates', () => {
  const quote = 'The lock at Kettle Bridge jammed on 3 February 2024 and was cleared the next day.';
  test.each(['3 February 2024', '2024-02-03', 'February 3, 2024', '3rd of February 2024', 'Feb. 3rd, 2024', '03/02/2024', '3.2.2024', '3 Feb ’24', 'February 2024', '3 February', '2024'])('%s is the same day, or says less', (date) => {
    expect(word(`The lock at Kettle Bridge jammed on ${date}.`, quote)).toMatchObject({ support: 'supported', missing: { dates: [] } });
  });
  test.each(['4 February 2024', '2023-02-03', 'March 3, 2024', '3 March', '2023', '3 February 2023'])('%s is not', (date) => {
    const { support, missing } = word(`The lock at Kettle Bridge jammed on ${date}.`, quote);
    expect(support).not.toBe('supported');
    expect(missing.dates).toEqual([date]);
  });
  test('a day is not borne by its month', () => {
    expect(word('The lock at Kettle Bridge jammed on 3 February 2024.', 'The lock at Kettle Bridge jammed in February 2024.').support).toBe('partly');
  });
});

describe('names', () => {
  const quote = 'Orla Fenwick of the Harbour Board asked the World Health Organization for a second survey of the north basin.';
  test.each(['Orla Fenwick asked the WHO for a second survey of the north basin.', 'The Harbour Board asked for a second survey of the north basin.', 'Mrs Fenwick asked for a second survey of the north basin.'])('may be shortened: %s', (sentence) => {
    expect(word(sentence, quote)).toMatchObject({ support: 'supported', missing: { names: [] } });
  });
  test.each([['Tomas Fenwick asked for a second survey of the north basin.', 'Tomas Fenwick'], ['It was the FAO that was asked for a second survey of the north basin.', 'FAO']])('that nothing says are named: %s', (sentence, missing) => {
    expect(word(sentence, quote)).toMatchObject({ support: 'partly', missing: { names: [missing] } });
  });
  test('may stand beside the quote, where a sentence says "she"', () => {
    expect(word('Orla Fenwick asked for a second survey of the north basin.', 'She asked for a second survey of the north basin.', 'Orla Fenwick came late.').missing.names).toEqual([]);
  });
  test('that a sentence begins with count too, in any form; words that only open it do not', () => {
    expect(word('Tomas asked for a second survey of the north basin.', quote)).toMatchObject({ support: 'partly', missing: { names: ['Tomas'] } });
    expect(word('Surveys of the north basin were asked for a second time.', quote).missing.names).toEqual([]);
    expect(word('However, nobody asked for it.', quote).missing.names).toEqual([]);
  });
  test('a short form that the text explains stands for what it explains', () => {
    const text = 'The Lower Basin Authority (LBA) met in the town hall.';
    expect(word('The LBA dredged the south channel twice.', 'The authority of the lower basin dredged the south channel twice.', text).missing.names).toEqual([]);
  });
});

describe('direction and denial', () => {
  test.each([
    ['The tariff increased in the north basin.', 'The tariff decreased in the north basin.', 'increased'], ['The invoice was paid in full.', 'The invoice was not paid in full.', 'not'], ['The invoice was not paid in full.', 'The invoice was paid in full.', 'not'],
    ['The board approved the second survey.', 'The board rejected the second survey.', 'approved'], ['More ships reached the pier.', 'Fewer ships reached the pier.', 'More'], ['The crew failed to close the gate.', 'The crew managed to close the gate.', 'failed to close'],
    ['The gate works without power.', 'The gate works on mains power alone.', 'without'], ['The pump is dependent on the grid.', 'The pump is independent of the grid.', 'dependent'], ["The log wasn't signed by the foreman.", 'The log was signed by the foreman.', 'not'],
  ])('turned round is never supported: %s / %s', (sentence, quote, turned) => {
    const { support, missing } = word(sentence, quote);
    expect(support).not.toBe('supported');
    expect(missing.polarity).toEqual([turned]);
  });
  test.each([['The tariff rose in the north basin.', 'The tariff increased in the north basin.'], ['The invoice was never paid.', 'The invoice was not paid.'], ['The board declined the second survey.', 'The board rejected the second survey.']])('the same way is no contradiction: %s / %s', (sentence, quote) => {
    expect(word(sentence, quote)).toMatchObject({ support: 'supported', missing: { polarity: [] } });
  });
});

describe('word for word', () => {
  test('layout, quote marks, and a word that a line end cut make no difference', () => {
    expect(word('The harbour-master said “no survey” was needed for the embankment.', 'The harbour‑master  said "no survey"\nwas needed for the embank-\nment.')).toMatchObject({ support: 'supported', score: 1, nearness: 1 });
  });
  test('a slip of the pen is near, and says how near', () => {
    const { support, nearness } = word('The weir was painted green in the month of June.', 'The weir was paintd green in the month of June.');
    expect(support).toBe('supported');
    expect(nearness).toBeGreaterThanOrEqual(0.9);
    expect(nearness).toBeLessThan(1);
  });
  test('near is not enough where the one letter is a number or the one word a denial', () => {
    expect(word('The weir was painted green 4 times in the month of June.', 'The weir was painted green 5 times in the month of June.').support).toBe('partly');
    expect(word('The weir was not painted green in the month of June.', 'The weir was painted green in the month of June.').support).not.toBe('supported');
  });
  test('words in quotation marks must stand there', () => {
    const quote = 'The claim comes to 148,500, so please split it into three of 49,500 and date them a week apart.';
    expect(word('He wrote “please split it into three of 49,500” of the claim.', quote).support).not.toBe('unsupported');
    const invented = word('The claim comes to 148,500, so please “split it and burn the letters” a week apart.', quote);
    expect(invented.support).not.toBe('supported');
    expect(invented.missing.words).toContain('split it and burn the letters');
  });
});

describe('whatever comes', () => {
  test.each(['', '   ', '???', '“”', '\u0000', '👩‍👩‍👧', 'the of and'])('%j is judged and not supported by something else', (sentence) => {
    expect(word(sentence, 'The weir was painted green in June.').support).not.toBe('supported');
    expect(word('The weir was painted green in June.', sentence).support).toBe('unsupported');
  });
  test('a sentence too long to be read whole is not supported by what bears its beginning', () => {
    const beginning = 'The weir was painted green in June and the crew counted otters. '.repeat(40);
    expect(word(`${beginning} The treasurer was bribed.`, beginning).support).not.toBe('supported');
  });
  test('hostile lengths end', () => {
    const long = `${'a'.repeat(100_000)} ${'1,'.repeat(50_000)} ${'A B '.repeat(20_000)} ${'not '.repeat(20_000)}${'('.repeat(20_000)}${'Jan '.repeat(20_000)}`;
    expect(word(long, long.slice(0, 20_000)).support).toBeDefined();
    expect(findEvidence(readClaim(long, even), readPassage(long.slice(0, 40_000), ''))).toBeDefined();
    const blanks = `embank-${'\n'.repeat(40_000)}A ${' '.repeat(40_000)}1${'-'.repeat(40_000)}"${'“'.repeat(20_000)}${'(Ab '.repeat(10_000)}`;
    expect(word(`The embankment ${blanks}`, blanks).support).toBeDefined();
  });
});

const vocabulary = ['harbour', 'pump', 'invoice', 'weir', 'survey', 'basin', 'tariff', 'gate', 'log', 'crew', 'paid', 'signed', 'painted', 'moved', 'counted', 'Fenwick', 'Kettle', 'LBA', 'more', 'not', 'rose', 'fell', 'without'];
const sentenceOf = fc.array(fc.oneof(fc.constantFrom(...vocabulary), fc.integer({ min: 2, max: 9999 }).map(String)), { minLength: 4, maxLength: 18 }).map((words) => `The ${words.join(' ')}.`);

test('any sentence of a passage, word for word, is supported by it', () => {
  fc.assert(fc.property(fc.array(sentenceOf, { minLength: 1, maxLength: 6 }), fc.nat(), (sentences, pick) => {
    const passage = sentences.join(' ');
    const sentence = sentences[pick % sentences.length] ?? '';
    const claim = readClaim(sentence, even);
    const found = findEvidence(claim, readPassage(passage, ''));
    expect(found).not.toBeNull();
    expect(judge(claim, { quote: passage.slice(found?.start, found?.end), around: passage, shortForms: new Map() })).toMatchObject({ support: 'supported', score: 1 });
  }), { numRuns: 200 });
});

test('a label never improves when a number is changed to one that the quote does not have', () => {
  const order = { unsupported: 0, partly: 1, supported: 2 };
  fc.assert(fc.property(sentenceOf, sentenceOf, fc.nat(), (sentence, quote, pick) => {
    const numbers = [...sentence.matchAll(/\d+/g)];
    const chosen = numbers[pick % Math.max(1, numbers.length)];
    if (chosen === undefined) return;
    const changed = `${sentence.slice(0, chosen.index)}${77_000 + (pick % 1000)}${sentence.slice(chosen.index + chosen[0].length)}`;
    expect(order[word(changed, quote).support]).toBeLessThanOrEqual(order[word(sentence, quote).support]);
    expect(word(changed, sentence).support).not.toBe('supported');
  }), { numRuns: 300 });
});
