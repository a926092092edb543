import { expect, test } from 'vitest';
import { findPersonalData, type PersonalDataType } from '../../../main/entities/index.ts';

function found(text: string, ...types: PersonalDataType[]): string[] {
  return findPersonalData(text).filter(({ type }) => types.includes(type)).map((span) => span.text);
}

test('names of many countries are found in running text', () => {
  expect(found('My name is Siobhan Gallagher and I lost my card.', 'PERSON')).toEqual(['Siobhan Gallagher']);
  expect(found('According to Oleksandr Kovalenko, the pump never ran.', 'PERSON')).toEqual(['Oleksandr Kovalenko']);
  expect(found('Please put me through to Mr. Nakamura.', 'PERSON')).toEqual(['Nakamura']);
  expect(found('I spoke with Marta Wójcik and Jean-Luc Moreau in Lyon.', 'PERSON')).toEqual(['Marta Wójcik', 'Jean-Luc Moreau']);
  expect(found('Позвоните, пожалуйста: Анна Кузнецова', 'PERSON')).toContain('Анна Кузнецова');
});

test('signatures, address labels and mail headers give up their names', () => {
  expect(found('Kind regards,\nHelga Brandt\nWeir inspector', 'PERSON')).toEqual(['Helga Brandt']);
  const label = findPersonalData('Tomás Herrera\n48 Chestnut Street\nPortland, OR 97201').map(({ type }) => type);
  expect(label[0]).toBe('PERSON');
  expect(label).toContain('STREET_ADDRESS');
  expect(found('From: Lindqvist, Ebba\nTo: Pavel Novotny <pavel@example.org>', 'PERSON').join(' ')).toMatch(/Lindqvist.*Ebba.*Pavel Novotny/u);
});

test('a word of a full name is a name everywhere in the text', () => {
  const text = 'Karin Oyelaran signed it. Nobody asked why. On that day Oyelaran was in the archive, and the Oyelaran file was gone.';
  expect(found(text, 'PERSON').filter((name) => name.endsWith('Oyelaran'))).toHaveLength(3);
});

test('places, peoples, firms, addresses and ages are found where they stand', () => {
  expect(found('We fly from Copenhagen to Kenya.', 'GPE')).toEqual(['Copenhagen', 'Kenya']);
  expect(found('She holds a Norwegian passport.', 'NRP')).toEqual(['Norwegian']);
  expect(found('The contract with Fairweather Logistics Ltd. was signed.', 'ORGANIZATION').join()).toContain('Fairweather Logistics');
  expect(found('Please send it to Lindenstraße 14, 10969 Berlin.', 'STREET_ADDRESS').join()).toContain('Lindenstraße 14');
  expect(found('I am 47 years old.', 'AGE')).toEqual(['47']);
});

test('plain talk has no personal data', () => {
  for (const text of ['How do I open my statement?', 'What are your opening hours?', 'Thank you very much, that is all I need.', 'The pump tripped because a bearing ran hot.', 'See Figure 3 and Table 12.', '']) expect(findPersonalData(text)).toEqual([]);
});

test('spans are sorted, do not overlap, and say what stands at their offsets', () => {
  const text = '𝔘 Anna Schmidt 👩‍🚒 <anna@example.org>, +49 30 1234567, Hauptstraße 5, 10115 Berlin, born 1 May 1980.\r\n'.repeat(40);
  const spans = findPersonalData(text);
  expect(spans.length).toBeGreaterThan(120);
  let end = 0;
  for (const span of spans) {
    expect(span.start).toBeGreaterThanOrEqual(end);
    expect(text.slice(span.start, span.end)).toBe(span.text);
    end = span.end;
  }
});
