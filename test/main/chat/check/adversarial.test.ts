/** Pairs that look alike and are not, and pairs that look different and are not: each with a quote of everyday case text. */
import { describe, expect, test } from 'vitest';
import { judge, readClaim, shortFormsIn } from '../../../../main/chat/check/index.ts';

const even = (): number => 1;
const word = (sentence: string, quote: string, around = '') => judge(readClaim(sentence, even), { quote, around, shortForms: shortFormsIn(`${quote}\n${around}`) });

const payment = 'Orla Fenwick paid Tomas Reed £4,200 on 3 March 2024 for more than 30 hours of work at the north pier.';
const sale = 'Brackmere Pumps was bought by Lowfen Grid in 2019 for 2.4 million euros.';
const lock = 'The lock was opened at 15:30 after the crew had removed a branch, and 12 of the 40 boats waited less than an hour.';

describe('is not supported', () => {
  test.each([
    ['wrong year', 'Orla Fenwick paid Tomas Reed £4,200 on 3 March 2023.', payment], ['wrong day', 'Orla Fenwick paid Tomas Reed £4,200 on 4 March 2024.', payment], ['wrong month', 'Orla Fenwick paid Tomas Reed £4,200 in May 2024.', payment],
    ['wrong person', 'Ines Fenwick paid Tomas Reed £4,200 on 3 March 2024.', payment], ['another person', 'Orla Fenwick paid Bede Marlow £4,200 on 3 March 2024.', payment], ['swapped roles', 'Tomas Reed paid Orla Fenwick £4,200 on 3 March 2024.', payment],
    ['swapped roles, passive', 'Orla Fenwick was paid £4,200 by Tomas Reed on 3 March 2024.', payment], ['wrong sum', 'Orla Fenwick paid Tomas Reed £4,300 on 3 March 2024.', payment], ['other currency', 'Orla Fenwick paid Tomas Reed €4,200 on 3 March 2024.', payment],
    ['less for more', 'Orla Fenwick paid Tomas Reed for less than 30 hours of work at the north pier.', payment], ['denied', 'Orla Fenwick did not pay Tomas Reed £4,200 on 3 March 2024.', payment], ['never', 'Orla Fenwick never paid Tomas Reed for work at the north pier.', payment],
    ['other place', 'Orla Fenwick paid Tomas Reed £4,200 for work at the South Quay.', payment], ['other unit', 'Orla Fenwick paid Tomas Reed £4,200 for more than 30 days of work.', payment],
    ['buyer for bought', 'Brackmere Pumps bought Lowfen Grid in 2019.', sale], ['sold for bought', 'Brackmere Pumps was sold by Lowfen Grid in 2019.', sale], ['thousand for million', 'Lowfen Grid bought Brackmere Pumps in 2019 for 2.4 thousand euros.', sale], ['dollars', 'Lowfen Grid bought Brackmere Pumps in 2019 for 2.4 million dollars.', sale],
    ['closed for opened', 'The lock was closed at 15:30 after the crew had removed a branch.', lock], ['before for after', 'The lock was opened at 15:30 before the crew had removed a branch.', lock], ['other time', 'The lock was opened at 16:30 after the crew had removed a branch.', lock],
    ['more for less', 'Of the 40 boats 12 waited more than an hour at the lock.', lock], ['other count', 'Of the 40 boats 21 waited less than an hour at the lock.', lock], ['none for some', 'None of the 40 boats waited at the lock.', lock],
    ['than, crossed', 'Station 3 pumped more water than Station 6.', 'Station 6 pumped more water than Station 3.'], ['unlawful', 'The inspector called the contract lawful and complete.', 'The inspector called the contract unlawful and complete.'], ['refused', 'The board approved the second survey of the weir.', 'The board refused the second survey of the weir.'],
    ['a denial that the quote has no word for', 'The foreman did not sign the certificate of the pump.', 'The foreman signed the certificate of the pump at noon.'], ['failed', 'The crew managed to close the gate of the basin.', 'The crew failed to close the gate of the basin.'],
  ])('%s: %s', (_, sentence, quote) => expect(word(sentence, quote).support).not.toBe('supported'));
});

describe('is supported', () => {
  test.each([
    ['said less', 'Orla Fenwick paid Tomas Reed in March 2024.', payment], ['another form of the date', 'On 2024-03-03 Orla Fenwick paid Tomas Reed £4,200.', payment], ['passive', 'Tomas Reed was paid £4,200 by Orla Fenwick.', payment], ['surname', 'Fenwick paid Reed £4,200 for work at the north pier.', payment],
    ['over for more than', 'Orla Fenwick paid Tomas Reed for over 30 hours of work at the north pier.', payment], ['active', 'Lowfen Grid bought Brackmere Pumps in 2019 for €2.4 million.', sale], ['purchased', 'Lowfen Grid purchased Brackmere Pumps in 2019.', sale], ['spelled out', 'Lowfen Grid bought Brackmere Pumps for 2,400,000 euros.', sale],
    ['by the other clock', 'The lock was opened at 3:30 pm after the crew had removed a branch.', lock], ['counted in words', 'Twelve of the forty boats waited less than an hour.', lock], ['under for less than', '12 of the 40 boats waited under an hour.', lock],
    ['the same denial in other words', 'The foreman never signed the certificate of the pump.', 'The foreman did not sign the certificate of the pump.'],
    ['refused for not allowed', 'The board did not allow the second survey of the weir.', 'The board refused the second survey of the weir.'], ['like words', 'The company started building the new weir.', 'The firm began to build the new weir.'],
  ])('%s: %s', (_, sentence, quote) => {
    const { support, missing } = word(sentence, quote);
    expect({ support, numbers: missing.numbers, dates: missing.dates, names: missing.names, polarity: missing.polarity }).toEqual({ support: 'supported', numbers: [], dates: [], names: [], polarity: [] });
  });
});

test('what is compared the other way round, and turned round once more, is no contradiction', () => {
  expect(word('Station 3 pumped less water than Station 6.', 'Station 6 pumped more water than Station 3.').missing.polarity).toEqual([]);
});
