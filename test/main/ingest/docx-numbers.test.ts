import { expect, test } from 'vitest';
import { numberedDocument } from '../../../main/ingest/docx-numbers.ts';
import { extract } from '../../../main/ingest/extract.ts';
import { tinyDocx } from '../../support/file-fixtures.ts';

const namespace = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const level = (place: number, format: string, text: string, more = ''): string => `<w:lvl w:ilvl="${place}"><w:start w:val="1"/><w:numFmt w:val="${format}"/>${more}<w:lvlText w:val="${text}"/></w:lvl>`;
const numbering = (levels: string, uses: string): string => `<w:numbering ${namespace}><w:abstractNum w:abstractNumId="7">${levels}</w:abstractNum>${uses}</w:numbering>`;
const use = (number: number, more = ''): string => `<w:num w:numId="${number}"><w:abstractNumId w:val="7"/>${more}</w:num>`;
const paragraph = (text: string, properties: string): string => `<w:p><w:pPr>${properties}</w:pPr><w:r><w:t>${text}</w:t></w:r></w:p>`;
const listed = (text: string, number: number, depth: number): string => paragraph(text, `<w:numPr><w:ilvl w:val="${depth}"/><w:numId w:val="${number}"/></w:numPr>`);

async function textOf(body: string, parts: Readonly<Record<string, string>>): Promise<string> {
  const result = await extract(tinyDocx(body, parts), 'x.docx');
  if (result.kind === 'failed') throw new Error(result.reason.code);
  return result.extracted.text;
}

test('clauses stand behind their letters and numbers, as Word shows them; a use that starts elsewhere counts from there', async () => {
  const levels = level(0, 'upperRoman', '%1.') + level(1, 'lowerLetter', '(%2)') + level(2, 'decimal', '%1.%3', '<w:isLgl/>') + level(3, 'bullet', '\uF0B7');
  const body = listed('Berths', 1, 0) + listed('four', 1, 1) + listed('five', 1, 1) + listed('legal', 1, 2) + listed('mark', 1, 3) + paragraph('between', '') + listed('Cranes', 1, 0) + listed('one', 1, 1) + listed('anew', 2, 0);
  expect(await textOf(body, { 'word/numbering.xml': numbering(levels, use(1) + use(2, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="9"/></w:lvlOverride>')) }))
    .toBe('I. Berths\n\n(a) four\n\n(b) five\n\n1.1 legal\n\n\u2022 mark\n\nbetween\n\nII. Cranes\n\n(a) one\n\nIX. anew');
});

test('a style gives its paragraphs their list and their level, also through the style that it is based on', async () => {
  const levels = level(0, 'decimal', 'Article %1') + level(1, 'decimal', '%1.%2', '<w:pStyle w:val="Clause"/>');
  const styles = `<w:styles ${namespace}><w:style w:type="paragraph" w:styleId="Article"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style><w:style w:type="paragraph" w:styleId="Clause"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style><w:style w:type="paragraph" w:styleId="Loud"><w:basedOn w:val="Clause"/></w:style></w:styles>`;
  const styled = (text: string, style: string): string => paragraph(text, `<w:pStyle w:val="${style}"/>`);
  expect(await textOf(styled('Harbour', 'Article') + styled('Berths', 'Clause') + styled('Cranes', 'Loud') + paragraph('free', '<w:pStyle w:val="Clause"/><w:numPr><w:numId w:val="0"/></w:numPr>'), { 'word/numbering.xml': numbering(levels, use(1)), 'word/styles.xml': styles }))
    .toBe('Article 1 Harbour\n\n1.1 Berths\n\n1.2 Cranes\n\nfree');
});

test('lists of digits and marks are left to the converter, and what a change has replaced is not counted', () => {
  const levels = level(0, 'decimal', '%1.') + level(1, 'lowerLetter', '%2)') + level(2, 'bullet', 'o');
  const document = listed('one', 1, 0) + listed('mark', 1, 2);
  expect(numberedDocument(document, numbering(levels, use(1)), '')).toBeNull();
  expect(numberedDocument(document, '', '')).toBeNull();
  const changed = paragraph('plain', '<w:pPrChange><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr></w:pPrChange>') + listed('first', 1, 1);
  expect(numberedDocument(changed, numbering(levels, use(1)), '')).toContain('<w:r><w:t xml:space="preserve">a) </w:t></w:r><w:r><w:t>first');
});
