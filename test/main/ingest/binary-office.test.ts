import { expect, test } from 'vitest';
import { excelAside } from '../../../main/ingest/excel-records.ts';
import { extract } from '../../../main/ingest/extract.ts';
import type { Extracted } from '../../../main/ingest/extracted.ts';
import { rtfObjects } from '../../../main/ingest/rtf-objects.ts';
import { compoundFile, officeRecord, packagedFile, pngRecord, powerpointStreams, wordStreams } from '../../support/compound-fixtures.ts';
import { utf8 } from '../../support/file-fixtures.ts';
import { workbook } from '../../support/office-fixtures.ts';

async function read(bytes: Uint8Array): Promise<Extracted> {
  const result = await extract(bytes, 'x');
  if (result.kind === 'failed') throw new Error(result.reason.code);
  return result.extracted;
}

const named = ({ children }: Extracted): unknown[] => children.map(({ name, bytes }) => [name, Buffer.from(bytes ?? []).toString('latin1').slice(0, 8)]);

test('a Word 97 document gives headers, body, notes and comments, results of fields without their instructions, cells and line breaks', async () => {
  const streams = wordStreams({ body: 'Berth 4 \x93closed\x94 \x13 DATE \\@ "x" \x141 May\x15\rA\x07B\x07\x07Line\x0bnext Žž\r', footnotes: '\x02 See the log.\r', headers: 'SECRET//NOFORN\rSECRET//NOFORN\r', comments: '\x05Who says so?\r' });
  const document = await read(compoundFile(streams));
  expect(document.text).toBe('SECRET//NOFORN\n\nBerth 4 “closed” 1 May\nA\tB\nLine\nnext Žž\n\n\nSee the log.\n\nWho says so?');
  expect([document.type, document.extractor, document.state]).toEqual(['word', 'word 97 1', 'text']);
});

test('files and pictures in a Word document become children under the names that they have there', async () => {
  const png = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(20)]);
  const inner = wordStreams({ body: 'Inner document of the gate log\r' });
  const document = await read(compoundFile({
    ...wordStreams({ body: 'See the attached log.\r' }), 'ObjectPool/_1/\x01Ole10Native': packagedFile('gate.txt', utf8('gate log')),
    ...Object.fromEntries(Object.entries(inner).map(([name, bytes]) => [`ObjectPool/_2/${name}`, bytes])), Data: Buffer.concat([Buffer.alloc(68), pngRecord(png), pngRecord(png)]),
  }));
  expect(named(document)).toEqual([['gate.txt', 'gate log'], ['_2.doc', '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'], ['image1.png', '\x89PNG\r\n\x1a\n']]);
  expect((await read(document.children[1]?.bytes ?? new Uint8Array())).text).toBe('Inner document of the gate log');
});

test('a Word document that is encrypted is held for its password, one whose pieces lie about their places is read as far as they are true', async () => {
  const encrypted = await extract(compoundFile(wordStreams({ body: 'x\r', encrypted: true })), 'x');
  expect(encrypted.kind === 'failed' && encrypted.reason.code).toBe('encrypted.no-reader');
  const streams = wordStreams({ body: 'First half, second half\r' });
  Buffer.from(streams['1Table']?.buffer ?? new ArrayBuffer(0), streams['1Table']?.byteOffset ?? 0).writeUInt32LE(0x3fffffff, 27);
  expect((await read(compoundFile(streams))).text).toBe('First half,');
});

test('a PowerPoint 97 presentation gives each slide as a page with its outline, shapes and notes, its footer last, and nothing that was replaced', async () => {
  const slides = [{ shape: 'North berth', outline: 'Cranes', notes: 'Say why' }, { shape: 'Südtor', outline: 'Gates', notes: 'Ask the port' }];
  const presentation = await read(compoundFile(powerpointStreams(slides.map((slide) => ({ ...slide })), 'SECRET', workbook('biff8'))));
  expect(presentation.text).toBe('North berth\nCranes\n\nSay why\n\nSüdtor\nGates\n\nAsk the port\n\nSECRET');
  expect(presentation.pages?.map(({ start, end }) => presentation.text.slice(start, end).split('\n')[0])).toEqual(['North berth', 'Südtor']);
  expect(presentation.children.map(({ name }) => name)).toEqual(['object.xls']);
});

test('a presentation whose edits cannot be followed gives all slides that stand in it', async () => {
  const streams = powerpointStreams([{ shape: 'Only slide', outline: '', notes: 'note' }], '', workbook('biff8'));
  const { text } = await read(compoundFile({ 'PowerPoint Document': streams['PowerPoint Document'] ?? new Uint8Array(), 'Current User': Buffer.alloc(20) }));
  expect(text).toContain('Superseded');
  expect(text).toContain('Only slide');
});

test('records that nest without end cost no more than the depth that is followed', async () => {
  let nested: Buffer = officeRecord(0x0fa8, Buffer.from('deep'));
  for (let depth = 0; depth < 5000; depth += 1) nested = officeRecord(0x03ee, [nested]);
  const result = await extract(compoundFile({ 'PowerPoint Document': nested }), 'x');
  expect(result.kind === 'extracted' && result.extracted.state).toBe('no-text');
});

test('a compound file whose sectors lead back to themselves is read to where they do', async () => {
  const bytes = Buffer.from(compoundFile(wordStreams({ body: 'Berth log '.repeat(2000) })));
  for (let at = 512; at + 4 <= bytes.length; at += 4) if (bytes.readUInt32LE(at) === 3) bytes.writeUInt32LE(2, at);
  expect(['extracted', 'failed']).toContain((await extract(Uint8Array.from(bytes), 'x')).kind);
});

test('a binary workbook tells its page headers without their codes, its text boxes and what its charts show', () => {
  const record = (type: number, ...content: readonly (number | string)[]): Buffer => {
    const body = Buffer.concat(content.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from([part & 255, part >> 8]))));
    return Buffer.concat([Buffer.from([type & 255, type >> 8, body.length, 0]), body]);
  };
  const { texts } = excelAside(Buffer.concat([
    record(0x809, 0x600, 0x10), record(0x14, 16, '\0&C&"Arial"SECRET'), record(0x15, 0), record(0x1b6, 0, 0, 0, 0, 0, 5), record(0x3c, '\0Crane'), record(0x3c, '\0\0\0\0'),
    record(0x809, 0x600, 0x20), record(0x100d, 0, '\x05\0Ships'), record(0x204, 0, 0, 0, 3, '\0May'),
  ]));
  expect(texts).toEqual(['SECRET', 'Crane', 'Ships\nMay']);
});

test('objects and pictures of a rich text document become children, a picture that only repeats one does not', async () => {
  const png = Buffer.from('\x89PNG\r\n\x1a\nxxxx', 'latin1');
  const object = (data: Uint8Array): string => {
    const name = (text: string): Buffer => Buffer.concat([Buffer.from([text.length + 1, 0, 0, 0]), Buffer.from(`${text}\0`)]);
    const size = Buffer.alloc(4);
    size.writeUInt32LE(data.length);
    return Buffer.concat([Buffer.from([1, 5, 0, 0, 2, 0, 0, 0]), name('Package'), Buffer.alloc(8), size, data]).toString('hex').replace(/.{64}/g, '$&\n');
  };
  const rtf = `{\\rtf1 See {\\object\\objemb{\\*\\objclass Package}{\\*\\objdata ${object(packagedFile('gate.txt', utf8('gate log')).subarray(4))}}{\\result shown}}{\\*\\shppict{\\pict\\pngblip ${png.toString('hex')}}}{\\nonshppict{\\pict\\wmetafile8 0100}}{\\object{\\*\\objdata ${object(compoundFile(wordStreams({ body: 'Inner\r' })))}}}}`;
  const document = await read(utf8(rtf));
  expect([document.text, named(document)]).toEqual(['See shown', [['gate.txt', 'gate log'], ['object.doc', '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'], ['image1.png', '\x89PNG\r\n\x1a\n']]]);
});

test('pictures and objects that are never closed, one in the other, end with the document: each character is read once', () => {
  const count = 20_000;
  expect(rtfObjects(`{\\rtf1 ${'{\\pict\\pngblip 89'.repeat(count)}`).pictures).toHaveLength(1);
  expect(rtfObjects(`{\\rtf1 ${'{\\pict '.repeat(count)}`)).toEqual({ files: [], pictures: [] });
  expect(rtfObjects(`{\\rtf1 ${'{\\object{\\*\\objdata 01'.repeat(count)}`)).toEqual({ files: [], pictures: [] });
  expect(rtfObjects(`{\\rtf1 ${'{\\pict\\pngblip 89}'.repeat(count)}`).pictures).toHaveLength(2000);
  expect(rtfObjects(`{\\rtf1 ${'{\\pict}'.repeat(2000)}{\\pict\\pngblip 89}`).pictures).toEqual([]);
});
