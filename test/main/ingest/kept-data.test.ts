/** Databases, fonts, layouts, documents of other offices and rare packings. */
import { deflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { extract } from '../../../main/ingest/extract.ts';
import type { Extracted } from '../../../main/ingest/extracted.ts';
import { accessDatabase } from '../../support/access-fixture.ts';
import { compoundFile } from '../../support/compound-fixtures.ts';
import { storedZip, tinyPdf } from '../../support/file-fixtures.ts';

async function read(bytes: Uint8Array, name = 'x'): Promise<Extracted> {
  const result = await extract(bytes, name);
  if (result.kind === 'failed') throw new Error(result.reason.code);
  return result.extracted;
}
const latin = (text: string): Buffer => Buffer.from(text, 'latin1');
const number = (value: number): Buffer => { const four = Buffer.alloc(4); four.writeUInt32LE(value); return four; };
const only = ({ children }: Extracted): unknown => children.map(({ name, bytes }) => [name, Buffer.from(bytes ?? []).toString()]);

const columns = [{ name: 'Berth', type: 10 }, { name: 'Depth', type: 7 }, { name: 'Seen', type: 8 }, { name: 'Note', type: 12 }, { name: 'Open', type: 1 }, { name: 'Plan', type: 11 }];

test('a table of an Access database is a page of rows with the place of every cell; memos and texts of both kinds, dates, no value', async () => {
  const { text, sheets, state } = await read(accessDatabase('Log', columns, [['Four', 7.5, 45_000.25, 'Crane 3 stands still.', true, null], ['четыре', -2, 45_000, '<div>Ask <b>twice</b></div>', false, null], [null, null, null, null, false, null]]));
  expect(text).toBe('Log\nBerth\tDepth\tSeen\tNote\tOpen\tPlan\nFour\t7.5\t2023-03-15 06:00:00\tCrane 3 stands still.\ttrue\nчетыре\t-2\t2023-03-15\tAsk twice\tfalse\n\t\t\t\tfalse');
  const cells = sheets?.[0]?.cells ?? new Uint32Array();
  expect([state, sheets?.[0]?.name, cells.length / 4, text.slice(cells[6 * 4], cells[6 * 4 + 1]), cells[6 * 4 + 2], cells[6 * 4 + 3]]).toEqual(['text', 'Log', 17, 'Four', 1, 0]);
});

test('an object in an Access database becomes a child', async () => {
  const text = (value: string): string => `${number(value.length + 1).toString('latin1')}${value}\0`;
  const data = tinyPdf([[]]);
  const object = `\x15\x1c\x08\0\0\0\0\0\x01\x05\0\0\x02\0\0\0${text('AcroExch')}${number(0).toString('latin1')}${number(0).toString('latin1')}${number(data.length).toString('latin1')}${latin('').toString()}${Buffer.from(data).toString('latin1')}`;
  const { children } = await read(accessDatabase('Log', columns, [['Four', 1, 1, null, false, object]]));
  expect(children.map(({ name, bytes }) => [name, bytes?.length])).toEqual([['attachment-1.pdf', data.length]]);
});

test('an Access database whose pages are scrambled says that it is encrypted, one without a catalogue that it is damaged', async () => {
  const whole = Buffer.from(accessDatabase('Log', columns, []));
  expect(await extract(Buffer.from(whole).fill(0x77, 2 * 4096, 3 * 4096), 'x.mdb')).toMatchObject({ kind: 'failed', reason: { code: 'encrypted.no-reader' } });
  expect(await extract(whole.subarray(0, 4096), 'x.mdb')).toMatchObject({ kind: 'failed', reason: { code: 'file.damaged' } });
});

test('LZ4 and Snappy frames and what compress wrote give what they pack, and what comes before a damage', async () => {
  // Three letters, a copy of nine from three before, then one letter; the second block is stored.
  const lz4 = Buffer.concat([latin('\x04\x22\x4d\x18\x60\x40\x82'), number(8), latin('\x35abc\x03\0\x10d'), number(0x80000002), latin('ef'), number(0)]);
  expect(only(await read(lz4, 'log.txt.lz4'))).toEqual([['log.txt', 'abcabcabcabcdef']]);
  const cut = await read(lz4.subarray(0, lz4.length - 5), 'log.txt.lz4');
  expect([cut.reason?.code, only(cut)]).toEqual(['container.cut', [['log.txt', 'abcabcabcabcd']]]);
  const block = latin('\x0c\x08abc\x22\x03\0'); // twelve bytes: a literal of three, a copy of nine
  const snappy = Buffer.concat([latin('\xff\x06\0\0sNaPpY'), latin('\0'), Buffer.from([block.length + 4, 0, 0]), number(0), block]);
  expect(only(await read(snappy, 'log.sz'))).toEqual([['log', 'abcabcabcabc']]);
  const text = Array.from({ length: 3000 }, (_, at) => `berth ${(at * at) % 977}`).join('\n');
  expect(only(await read(compressed(latin(text)), 'log.Z'))).toEqual([['log', text]]);
  expect((await read(compressed(latin(text)).subarray(0, 2000), 'log.Z')).children[0]?.bytes?.length).toBeGreaterThan(2000);
});

/** LZW as compress(1) writes it with codes of up to twelve bits; the table is never emptied. */
function compressed(bytes: Uint8Array): Buffer {
  const codes = new Map<string, number>();
  const out: number[] = [0x1f, 0x9d, 0x8c];
  let [bits, next, held, group] = [9, 257, '', [] as number[]];
  const flush = (): void => {
    const packed = Buffer.alloc(Math.ceil(group.length * bits / 8));
    for (const [index, code] of group.entries()) for (let bit = 0; bit < bits; bit += 1) if (((code >> bit) & 1) === 1) packed[(index * bits + bit) >> 3] = (packed[(index * bits + bit) >> 3] ?? 0) | (1 << ((index * bits + bit) & 7));
    out.push(...packed);
    group = [];
  };
  const put = (code: number): void => {
    group.push(code);
    if (group.length === 8) flush();
  };
  const codeOf = (word: string): number => (word.length === 1 ? word.charCodeAt(0) : (codes.get(word) ?? 0));
  let emitted = 0;
  for (const byte of bytes) {
    const longer = held + String.fromCharCode(byte);
    if (longer.length === 1 || codes.has(longer)) {
      held = longer;
      continue;
    }
    put(codeOf(held));
    emitted += 1;
    // The reader's table lags one entry behind.
    if (emitted > 1 && 256 + emitted >= 2 ** bits && bits < 12) {
      while (group.length % 8 !== 0) group.push(0);
      if (group.length > 0) flush();
      bits += 1;
    }
    if (next < 2 ** 12) codes.set(longer, next);
    next += 1;
    held = String.fromCharCode(byte);
  }
  put(codeOf(held));
  flush();
  return Buffer.from(out);
}

test('a Hangul document gives its paragraphs without the places of what stands in them; an encrypted one says so', async () => {
  const paragraph = (text: string): Buffer => { const body = Buffer.from(text, 'utf16le'); return Buffer.concat([number(0x43 | (body.length << 20)), body]); };
  const head = (flags: number): Buffer => Buffer.concat([latin('HWP Document File'.padEnd(32, '\0')), number(0x05000300), number(flags), Buffer.alloc(216)]);
  const made = (flags: number): Uint8Array => compoundFile({ FileHeader: head(flags), '\x05HwpSummaryInformation': Buffer.alloc(40), 'BodyText/Section0': deflateRawSync(Buffer.concat([paragraph(`\u000b${'\u0441'.repeat(6)}\u000b창고는\t${'\0'.repeat(6)}\t비어 있다\r`), paragraph('crane\r')])) });
  expect((await read(made(1))).text).toBe('창고는\t비어 있다\ncrane');
  expect(await extract(made(3), 'x.hwp')).toMatchObject({ kind: 'failed', reason: { code: 'encrypted.no-reader' } });
});

test('an InDesign layout gives its stories in the order of the design map', async () => {
  const story = (text: string): string => `<idPkg:Story xmlns:idPkg="x"><Story><ParagraphStyleRange><CharacterStyleRange><Content>${text}</Content><Br/><Change ChangeType="DeletedText"><Content>gone</Content></Change><Content>second</Content></CharacterStyleRange></ParagraphStyleRange></Story></idPkg:Story>`;
  expect((await read(storedZip({ mimetype: 'application/vnd.adobe.indesign-idml-package', 'designmap.xml': '<Document xmlns:idPkg="x"><idPkg:Story src="Stories/b.xml"/><idPkg:Story src="Stories/a.xml"/></Document>', 'Stories/a.xml': story('Berth four'), 'Stories/b.xml': story('Harbour news') }))).text).toBe('Harbour news\nsecond\n\nBerth four\nsecond');
});

test('a font gives its names, the English ones where there are several', async () => {
  const names = [[3, 0x407, 4, 'Hafen Fett'], [3, 0x409, 4, 'Harbour Bold'], [3, 0x409, 1, 'Harbour'], [3, 0x409, 0, 'Port office']] as const;
  const records: Buffer[] = [];
  let storage = Buffer.alloc(0);
  for (const [platform, language, name, text] of names) {
    const bytes = Buffer.from(text, 'utf16le').swap16();
    const record = Buffer.alloc(12);
    [platform, 1, language, name, bytes.length, storage.length].forEach((value, index) => record.writeUInt16BE(value, index * 2));
    records.push(record);
    storage = Buffer.concat([storage, bytes]);
  }
  const head = Buffer.from([0, 0, 0, names.length, 0, 6 + names.length * 12]);
  const table = Buffer.concat([head, ...records, storage]);
  const entry = Buffer.alloc(16);
  entry.write('name', 'latin1');
  entry.writeUInt32BE(28, 8);
  entry.writeUInt32BE(table.length, 12);
  const { text, title } = await read(Buffer.concat([Buffer.from([0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0]), entry, table]), 'x.ttf');
  expect([text, title]).toEqual(['Harbour Bold\nHarbour\nPort office', 'Harbour Bold']);
});

test('the file that Office keeps beside an open document says who has it open', async () => {
  const owner = Buffer.alloc(162);
  owner.write('\x05Heidi', 'latin1');
  owner.writeUInt16LE(5, 54);
  owner.write('Heidi', 56, 'utf16le');
  expect(await read(owner, '~$log.docx')).toMatchObject({ text: 'Heidi', author: 'Heidi' });
});

test('bookmarks of a PDF are read, also where its pages have no text', async () => {
  const catalog = '/Outlines 100 0 R';
  const objects = ['<< /First 101 0 R /Last 102 0 R /Count 2 >>', '<< /Title (Harbour plan) /Parent 100 0 R /Next 102 0 R /First 103 0 R /Last 103 0 R >>', '<< /Title (Tables) /Parent 100 0 R >>', '<< /Title (Berth four) /Parent 101 0 R >>'];
  expect((await read(tinyPdf([[]], { catalog, objects }))).text).toBe('Harbour plan\nBerth four\nTables');
});

test.each([
  ['SQLite format 3\0'.padEnd(200, '\0'), 'SQLite database'], ['GRIB\0\0\0\x02'.padEnd(200, '\x01'), 'GRIB weather data'], ['\x89HDF\r\n\x1a\n'.padEnd(200, '\0'), 'HDF5 data'], ['AT&TFORM\0\0\0\x08DJVU'.padEnd(200, '\0'), 'DjVu document'], ['\x4c\0\0\0\x01\x14\x02\0'.padEnd(200, '\0'), 'Windows shortcut'],
])('what is not read says what it is: %#', async (bytes, label) => {
  expect((await read(latin(bytes))).reason?.sentence).toBe(`Files of this kind (${label}) are not read yet.`);
});
