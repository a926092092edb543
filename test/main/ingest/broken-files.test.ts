/** Files that broke off, that stand behind other bytes or carry bytes that are no text: what can be read of them is kept, and they say what is missing. */
import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { openCompoundFile } from '../../../main/ingest/compound-file.ts';
import { looseCells } from '../../../main/ingest/excel-cells.ts';
import { extract } from '../../../main/ingest/extract.ts';
import type { Extracted } from '../../../main/ingest/extracted.ts';
import { closedXml } from '../../../main/ingest/mended-package.ts';
import { madeTar, madeZip } from '../../support/archive-fixtures.ts';
import { workbook } from '../../support/office-fixtures.ts';
import { mailLines, storedZip, tinyDocx, tinyPdf, utf8, wordParagraph } from '../../support/file-fixtures.ts';
import { archiveRecord } from '../../support/format-fixtures.ts';

async function read(bytes: Uint8Array, name = 'x'): Promise<Extracted> {
  const result = await extract(bytes, name);
  if (result.kind === 'failed') throw new Error(`${result.reason.code}: ${result.reason.sentence}`);
  return result.extracted;
}

const cut = (bytes: Uint8Array, share: number): Uint8Array => bytes.subarray(0, Math.floor(bytes.length * share));
const behind = (junk: string, bytes: Uint8Array): Uint8Array => Buffer.concat([Buffer.from(junk, 'latin1'), bytes]);

/** A ZIP file as streams write it (APPNOTE 4.3.9): no length before a member, a descriptor behind it, with its mark or without; no directory. */
function streamedZip(members: Readonly<Record<string, string>>, hasMark: boolean): Buffer {
  return Buffer.concat(Object.entries(members).map(([name, text]) => {
    const packed = deflateRawSync(Buffer.from(text));
    const head = Buffer.alloc(30);
    head.write('PK\x03\x04\x14\0\x08\0\x08', 'latin1');
    head.writeUInt16LE(name.length, 26);
    const descriptor = Buffer.alloc(12);
    descriptor.writeUInt32LE(packed.length, 4);
    descriptor.writeUInt32LE(text.length, 8);
    return Buffer.concat([head, Buffer.from(name), packed, Buffer.from(hasMark ? 'PK\x07\x08' : '', 'latin1'), descriptor]);
  }));
}

test('a Word document that broke off within its text gives what comes before and says that its end is missing', async () => {
  const whole = tinyDocx(Array.from({ length: 40 }, (_, at) => wordParagraph(`Berth ${at} is empty.`)).join(''));
  const { text, reason, type } = await read(cut(whole, 0.7), 'x.docx');
  expect([type, reason?.code, text.startsWith('Berth 0 is empty.'), text.includes('Berth 39')]).toEqual(['word', 'container.cut', true, false]);
  await expect(read(whole.subarray(0, Buffer.from(whole).indexOf('word/document.xml<') + 60), 'x.docx')).rejects.toThrow('file.cut: The Word document is cut short or damaged, and what is left of it holds nothing that can be read.');
});

test.each([true, false])('members that tell their length behind them come out of an archive without a directory, the last as far as it goes (mark: %s)', async (hasMark) => {
  const packed = streamedZip({ 'a.txt': 'first '.repeat(30), 'b.txt': 'second', 'c.txt': Array.from({ length: 900 }, (_, at) => `line ${at * 7}`).join('\n') }, hasMark);
  const { children, reason } = await read(packed.subarray(0, packed.length - 900), 'x.zip');
  expect(reason?.code).toBe('container.cut');
  expect(children.map(({ name, bytes }) => [name, Buffer.from(bytes ?? []).toString().slice(0, 6)])).toEqual([['a.txt', 'first '], ['b.txt', 'second'], ['c.txt', 'line 0']]);
});

test('XML that ends anywhere is ended after its last whole tag', () => {
  expect(closedXml('<?xml version="1.0"?><w:a x="1"><b/><w:c>open &am')).toBe('<?xml version="1.0"?><w:a x="1"><b/><w:c>open </w:c></w:a>');
  expect(closedXml('<a><b>one</b><c d="e')).toBe('<a><b>one</b></a>');
  expect(closedXml('<a>all</a>')).toBe('<a>all</a>');
  expect(closedXml(`<a>${'<b c="'.repeat(20_000)}`)).toBe('<a></a>'); // every mark of a tag is tried once
});

test('an archive or a document behind other bytes is found, also when its directory counts from the beginning of the file', async () => {
  const archive = storedZip({ 'log.txt': 'Berth 4 is empty.' });
  expect((await read(behind('\0\x01 stub \0', archive))).children.map(({ name }) => name)).toEqual(['log.txt']);
  expect((await read(behind('\0\x01 stub \0', tinyDocx(wordParagraph('Crane 3 stands still.'))))).text).toBe('Crane 3 stands still.');
  const shifted = Buffer.from(behind('MZ\x90\0 stub ', archive));
  const end = shifted.length - 22;
  const entry = shifted.indexOf('PK\x01\x02', 0, 'latin1');
  shifted.writeUInt32LE(shifted.readUInt32LE(end + 16) + 11, end + 16);
  shifted.writeUInt32LE(11, entry + 42);
  expect((await read(shifted, 'setup.exe')).children.map(({ name }) => name)).toEqual(['log.txt']);
});

test('a PDF without its end gives the pages that are left; objects that were packed together are found too', async () => {
  const whole = tinyPdf([[{ text: 'Berth 4 is empty.', y: 700 }], [{ text: 'Crane 3 stands still.', y: 700 }]]);
  const source = Buffer.from(whole).toString('latin1');
  const withoutTable = whole.subarray(0, source.lastIndexOf('xref\n0'));
  expect(await read(withoutTable)).toMatchObject({ text: 'Berth 4 is empty.\n\nCrane 3 stands still.', reason: { code: 'container.cut' } });
  // The root and the list of pages lie at the beginning here: without them new ones are made.
  const headless = Buffer.from(source.slice(0, source.indexOf('xref\n0')).replace('1 0 obj', '% gone ').replace('2 0 obj', '% gone '), 'latin1');
  expect((await read(headless)).text).toBe('Berth 4 is empty.\n\nCrane 3 stands still.');
  const page = '<< /Type /Page /MediaBox [0 0 612 792] /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> /Contents 9 0 R >>';
  const packed = deflateSync(Buffer.from(`7 0 ${page}`));
  const shown = 'BT /F1 12 Tf 72 700 Td (Packed page) Tj ET';
  const modern = Buffer.concat([Buffer.from(`%PDF-1.5\n9 0 obj\n<< /Length ${shown.length} >>\nstream\n${shown}\nendstream\nendobj\n8 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length ${packed.length} >>\nstream\n`), packed, Buffer.from('\nendstream\nendobj\n')]);
  expect((await read(modern)).text).toBe('Packed page');
});

test('a mail with binary parts and a web archive of pictures are known by how they begin', async () => {
  const picture = Buffer.from(Array.from({ length: 4000 }, (_, at) => (at * 37) % 256));
  const mail = Buffer.concat([mailLines('From: a@example.org', 'To: b@example.org', 'Subject: Gate', 'MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary=x', '', '--x', 'Content-Type: text/plain', '', 'See the picture.', '--x', 'Content-Type: application/octet-stream; name=p.bin', 'Content-Transfer-Encoding: binary', '', ''), picture, mailLines('', '--x--', '')]);
  expect(await read(mail)).toMatchObject({ type: 'mail', text: 'See the picture.', children: [{ name: 'p.bin' }] });
  const page = gzipSync(Buffer.from('<html><body>Harbour</body></html>'.repeat(40)));
  const web = archiveRecord('response', 'http://harbour.example/', Buffer.concat([Buffer.from('HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n'), page]));
  expect((await read(Buffer.concat([web, archiveRecord('resource', 'http://harbour.example/p.jpg', picture)]))).children.map(({ name }) => name)).toEqual(['index.html', 'p.jpg']);
});

test('a tar archive that ends within a member keeps what is there of it', async () => {
  const whole = madeTar([{ name: 'a.txt', bytes: utf8('whole') }, { name: 'b.txt', bytes: utf8('x'.repeat(900)) }]);
  const { children, reason } = await read(whole.subarray(0, 1024 + 512 + 300));
  expect([reason?.code, children.map(({ name, bytes }) => [name, bytes?.length])]).toEqual(['container.cut', [['a.txt', 5], ['b.txt', 300]]]);
});

test('a part of a document that is damaged within comes as far as it goes, and an embedded file that is damaged is listed as lost', async () => {
  const body = Array.from({ length: 400 }, (_, at) => wordParagraph(`Berth ${at} has ${(at * at * 7919) % 10_007} crates.`)).join('');
  const parts = [['[Content_Types].xml', '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>'], ['word/document.xml', `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${body}</w:body></w:document>`], ['word/media/image1.png', 'picture']] as const;
  const whole = madeZip(parts.map(([name, text]) => ({ name, bytes: utf8(text), ...(name.endsWith('.png') ? { crc: 7 } : {}) })));
  const torn = Buffer.from(whole).fill(0xff, 2200, 2260);
  const { text, reason, children } = await read(torn, 'x.docx');
  expect([reason?.code, text.startsWith('Berth 0 has 0 crates.'), text.includes('Berth 399')]).toEqual(['container.cut', true, false]);
  expect((await read(whole, 'x.docx')).children).toEqual([{ name: 'image1.png', sizeBytes: null, reason: { code: 'member.damaged', sentence: 'This member is damaged: its bytes are not what the container says of them.' } }]);
  expect(children).toEqual([]);
});

test('a binary workbook that cannot be put together gives the words of its cells, and says that it is damaged', async () => {
  const whole = Buffer.from(workbook('biff8'));
  const stream = openCompoundFile(whole, 'workbook').stream('Workbook') ?? Buffer.alloc(0);
  const from = whole.indexOf(stream.subarray(0, 200));
  for (let at = 0; at + 4 <= stream.length; at += 4 + stream.readUInt16LE(at + 2)) {
    if (stream.readUInt16LE(at) === 0x80) whole.fill(0xff, from + at + 4, from + at + 4 + stream.readUInt16LE(at + 2));
  }
  expect(await read(whole, 'x.xls')).toMatchObject({ extractor: 'spreadsheet 1 (records)', reason: { code: 'container.cut' }, text: 'Berths\nPort log\nBerth\tShip\n4\tCrane stands\n1234.5\n\nü 日' });
});

test('strings that go on in the next record of a workbook keep their characters', () => {
  const record = (type: number, ...content: readonly Uint8Array[]): Buffer => { const body = Buffer.concat(content); const head = Buffer.alloc(4); head.writeUInt16LE(type, 0); head.writeUInt16LE(body.length, 2); return Buffer.concat([head, body]); };
  const counts = Buffer.from([2, 0, 0, 0, 2, 0, 0, 0]);
  const first = Buffer.from([6, 0, 0, ...Buffer.from('Cra')]);
  const second = Buffer.from([1, ...Buffer.from('не ', 'utf16le'), 5, 0, 8, 1, 0, ...Buffer.from('Berth'), 1, 2, 3, 4]);
  const cell = (row: number, string: number): Buffer => record(0xfd, Buffer.from([row, 0, 0, 0, 0, 0, string, 0, 0, 0]));
  const packed = Buffer.from([1, 0, 0, 0, 0, 0, 0x2a, 0x30, 0, 0]);
  expect(looseCells(Buffer.concat([record(0x809, Buffer.from([0, 6, 0x10, 0])), record(0xfc, counts, first), record(0x3c, second), cell(0, 0), cell(0, 1), record(0x27e, packed)]))).toBe('Craне\tBerth\n3082');
});

test('a mail behind empty lines or a quoted envelope keeps its headers', async () => {
  const message = mailLines('Received: from x by y', 'From: a@example.org', 'To: b@example.org', 'Subject: Gate', 'MIME-Version: 1.0', '', 'Crane 3 stands still.', '');
  for (const lead of ['\r\n\r\n\n', '\xef\xbb\xbf', '>From a@example.org Mon Jun 01 04:28:28 2009\r\n', '\nFrom a@example.org Mon Jun 01 04:28:28 2009\n']) {
    expect(await read(behind(lead, message), 'x.eml')).toMatchObject({ type: 'mail', text: 'Crane 3 stands still.', mail: { subject: 'Gate' } });
  }
});

test('a file of zeros says so', async () => {
  expect((await read(new Uint8Array(4096), 'x.doc')).reason).toEqual({ code: 'file.blank', sentence: 'The file holds nothing but zeros.' });
});
