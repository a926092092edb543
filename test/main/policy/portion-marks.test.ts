import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findMarks } from '../../../main/policy/index.ts';

const marked = (text: string): (string | null)[] => findMarks(text, []).filter(({ kind }) => kind === 'portion').map(({ marking }) => marking);

test('a portion mark speaks for its paragraph: to the next mark or the next empty line', () => {
  const text = '(U) First paragraph\ngoes on here.\n(S//NF) Second.\n\nUnmarked.\n\n  3. (TS//SI//NF) Third,\nto the end.';
  expect(findMarks(text, []).map(({ start, end, marking }) => [text.slice(start, end), marking])).toEqual([
    ['(U) First paragraph\ngoes on here.', 'UNCLASSIFIED'],
    ['(S//NF) Second.', 'SECRET//NOFORN'],
    ['(TS//SI//NF) Third,\nto the end.', 'TOP SECRET//SI//NOFORN'],
  ]);
});

test('marks of every scheme are found after bullets and numbers, and with controls in the middle of a line too', () => {
  expect(marked('- (CUI//SP-CTI) a\n\n• (U//FOUO) b\n\n12. (TLP:AMBER) c\n\na) (//GBR S) d\n\nsee (S//NF) there')).toEqual(['CUI//SP-CTI', 'UNCLASSIFIED//FOUO', 'TLP:AMBER', '//GBR SECRET', 'SECRET//NOFORN']);
  expect(marked('see (S) there, and section (C) of (U)')).toEqual([]);
});

test('what looks like a mark and is none is proposed with the place of its fault', () => {
  expect(findMarks('(S//NFX) text', [])).toMatchObject([{ marking: null, fault: { at: 4 }, markStart: 0, markEnd: 8 }]);
});

test('marks that are written loosely are found all the same', () => {
  expect(marked('(S/NF) a\n\n(SECRET/NOFORN) b\n\n(s//nf) c\n\n[S//NF] d\n\n[TS//SI//NF] e')).toEqual(['SECRET//NOFORN', 'SECRET//NOFORN', 'SECRET//NOFORN', 'SECRET//NOFORN', 'TOP SECRET//SI//NOFORN']);
  expect(findMarks('Subject: x\nClassification: Secret//Noforn\ntext', [])).toMatchObject([{ kind: 'banner', marking: 'SECRET//NOFORN' }]);
  expect(findMarks('Overall classification = TS\ntext', [])).toMatchObject([{ kind: 'banner', marking: 'TOP SECRET' }]);
  expect(marked('s/he (c/o the works), part (S/N 1234), items (s) and (c)')).toEqual([]);
});

test('a mark that cannot be read counts as the level that it names, for nobody else', () => {
  const least = (text: string): string[] => findMarks(text, []).map((mark) => mark.least);
  expect(least('(TS//SI-G//NF) x')).toEqual(['TOP SECRET//NOFORN']);
  expect(least('(S//XYZ//NF) x')).toEqual(['SECRET//NOFORN']);
  expect(least('SECRET//NOFORN//XYZ\nbody')).toEqual(['SECRET//NOFORN']);
  expect(least('(U//XYZ) x')).toEqual(['UNCLASSIFIED//NOFORN']);
  expect(least('(TLP:PURPLE) x')).toEqual(['TLP:RED']);
  expect(least('(//Q7 S) x')).toEqual(['TOP SECRET//NOFORN']);
});

test('where a text has more marks than are read, the rest of it counts as marked highest', () => {
  const text = '(U) a\n'.repeat(20_100);
  expect(findMarks(text, []).filter(({ marking }) => marking === null)).toMatchObject([{ start: '(U) a\n'.length * 19_999, end: text.length, least: 'TOP SECRET//NOFORN' }]);
});

test('a copyright sign and the letters of a list are no marks; beside other marks they are', () => {
  expect(marked('(C) 2019 Harbour Works\n\nText.')).toEqual([]);
  expect(marked('(A) one\n(B) two\n(C) three')).toEqual([]);
  expect(marked('(C) fact\n\n(U) open')).toEqual(['CONFIDENTIAL', 'UNCLASSIFIED']);
  expect(marked('(S) one\n\n(S) two')).toEqual(['SECRET', 'SECRET']);
  expect(marked('(R) one\n(S) two')).toEqual([]);
  expect(marked('(S) alone')).toEqual(['SECRET']);
  expect(marked('(C) Fact.')).toEqual(['CONFIDENTIAL']);
});

test('a banner line speaks for its page, once, and without pages for the whole text', () => {
  const pageOne = 'SECRET//NOFORN\nbody\nSECRET//NOFORN\n';
  const text = `${pageOne}UNCLASSIFIED\nmore`;
  const pages = [{ page: 1, start: 0, end: pageOne.length }, { page: 2, start: pageOne.length, end: text.length }];
  expect(findMarks(text, pages)).toMatchObject([
    { kind: 'banner', page: 1, start: 0, end: pageOne.length, marking: 'SECRET//NOFORN' },
    { kind: 'banner', page: 2, start: pageOne.length, end: text.length, marking: 'UNCLASSIFIED' },
  ]);
  expect(findMarks('TOP SECRET//SI//NOFORN\ntext', [])).toMatchObject([{ kind: 'banner', start: 0, end: 27, page: null }]);
});

test('words in a sentence and comments of a program are no banners', () => {
  expect(findMarks('The SECRET plan\nSECRET ballot\n//Handled elsewhere\n// comment\nCUI bono', [])).toEqual([]);
});

test('a portion ends with its page', () => {
  const text = '(S) one\ntwo\n(S) three';
  const pages = [{ page: 1, start: 0, end: 8 }, { page: 2, start: 8, end: text.length }];
  expect(findMarks(text, pages).map(({ start, end }) => text.slice(start, end))).toEqual(['(S) one', '(S) three']);
});

test('every text is scanned to its end, and marks lie inside it in order', () => {
  fc.assert(fc.property(fc.array(fc.constantFrom('(S//NF) ', '(U) ', '(C)', 'SECRET', 'SECRET//NOFORN', '\n', '\n\n', ' ', '(', ')', '//', 'x', '- ', '1. ')).map((parts) => parts.join('')), (text) => {
    let last = 0;
    for (const { start, end, markStart, markEnd } of findMarks(text, [])) {
      expect(start).toBeGreaterThanOrEqual(last);
      expect(start <= markStart && markStart < markEnd && markEnd <= end && end <= text.length).toBe(true);
      last = start;
    }
  }));
});

test('texts made to be slow are scanned all the same', () => {
  for (const piece of ['(S//', '(S) x\n', '\n \n ', '        ', '(U)\n\n', '(S//NF) a ', '[s/nf', 'classification: s ', 'SECRET//A\n']) expect(findMarks(piece.repeat(200_000), []).length).toBeLessThanOrEqual(40_000);
});
