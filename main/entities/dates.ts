import { spanOf, type Span } from './span.ts';

const month = 'jan(?:uary|\\.)?|feb(?:ruary|\\.)?|mar(?:ch|\\.)?|apr(?:il|\\.)?|may|june?|july?|aug(?:ust|\\.)?|sept?(?:ember|\\.)?|oct(?:ober|\\.)?|nov(?:ember|\\.)?|dec(?:ember|\\.)?';
const time = '(?:[ T,]{1,2}(?:at )?[0-2]?\\d:[0-5]\\d(?::[0-5]\\d(?:\\.\\d{1,6})?)?(?: ?[ap]\\.?m\\b\\.?)?(?:Z\\b| ?[+-]\\d{2}:?\\d{2}\\b| (?:UTC|GMT)\\b)?)?';
const day = '(?:0?[1-9]|[12]\\d|3[01])';
const year = '(?:1[5-9]|20)\\d{2}';

const weekday = '(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\\.?,? )?';

const forms = [
  `${year}([-/.])(?:0[1-9]|1[0-2])\\1(?:0[1-9]|[12]\\d|3[01])${time}`, // ISO 8601
  `${day}(?:([-/])${day}\\2(?:${year}|\\d{2})|\\.${day}\\.${year})${time}`, // either order of day and month
  `${weekday}${day}(?:st|nd|rd|th)?(?: of)?[ -](?:${month})[ ,-]{1,2}${year}${time}`,
  `${weekday}(?:${month}) ${day}(?:st|nd|rd|th)?(?:,? ${year})?${time}(?: ${year})?`,
  `${weekday}${day}(?:st|nd|rd|th)?(?: of)? (?:${month})`,
  `(?:${month}),? ${year}`,
];
const dates = new RegExp(`(?<![\\p{L}\\p{N}_/.-])(?:${forms.join('|')})(?![\\p{L}\\p{N}_]|[/-]\\d)`, 'giu');

/** Dates that name a day or a month of a year, with the time behind them. A year alone is left to the context. */
export function findDates(text: string): Span[] {
  return [...text.matchAll(dates)].map((match) => spanOf(text, 'DATE_TIME', match.index, match.index + match[0].length));
}
