import { expect, test } from 'vitest';
import { extract } from '../../../main/ingest/extract.ts';
import type { Extracted } from '../../../main/ingest/extracted.ts';
import { delimiterOf } from '../../../main/ingest/text-kinds.ts';
import { compoundFile } from '../../support/compound-fixtures.ts';
import { mailLines, tinyPdf, utf8 } from '../../support/file-fixtures.ts';

async function read(bytes: Uint8Array, name = 'x'): Promise<Extracted> {
  const result = await extract(bytes, name);
  if (result.kind === 'failed') throw new Error(result.reason.code);
  return result.extracted;
}

test('a table whose rows are of different lengths, or whose quoted cells hold line breaks, is a table all the same', async () => {
  expect(delimiterOf('berth;note\n4;"closed\nuntil May"\n5\n6;open;late\n', 'csv')).toBe(';');
  expect(delimiterOf('4,"The crane\nstands, still",May\n'.repeat(5), '')).toBe(',');
  expect((await read(utf8('berth,ship,note\n4,"Aurora\nof Kiel",x\n5\n6,Zora\n'), 'log.csv')).sheets?.[0]?.cells.length).toBe(36);
});

test('prose with commas and quotes is no table', () => {
  expect(delimiterOf('The end, he said, "well,\nthere".\nYes, no, so.\nAnd, then, what\nsaid, he, or\n', 'txt')).toBeNull();
});

test('a feed gives its entries as they are read, what it keeps as a page shown as one', async () => {
  const feed = '<?xml version="1.0"?><rss version="2.0"><channel><title>Port news</title><item><title>Crane</title><description>&lt;p&gt;The crane&lt;/p&gt;&lt;p&gt;stands&lt;/p&gt;</description></item></channel></rss>';
  const { text, title, mediaType } = await read(utf8(feed));
  expect([text.replace(/\n+/g, '\n'), title, mediaType]).toEqual(['Port news\nCrane\nThe crane\nstands', 'Port news', 'application/rss+xml']);
});

test('a document of DITA or of FictionBook gives its prose, words within a line together, and no picture as text', async () => {
  const dita = '<?xml version="1.0"?><!DOCTYPE concept PUBLIC "-//OASIS//DTD DITA Concept//EN" "c.dtd"><concept id="a"><title>Gate</title><conbody><p>The <b>north</b> gate.</p></conbody></concept>';
  expect((await read(utf8(dita))).text.replace(/\n+/g, '\n')).toBe('Gate\nThe north gate.');
  const book = '<?xml version="1.0"?><FictionBook><body><p>Harbour</p></body><binary id="i">iVBORw0KGgo=</binary></FictionBook>';
  expect((await read(utf8(book))).text).toBe('Harbour');
});

test('XML of data stays as it is written', async () => {
  const data = '<?xml version="1.0"?><berths><berth id="4">closed</berth></berths>';
  expect((await read(utf8(data))).text).toBe(data);
});

test('a mail whose parts cannot be told apart keeps what it says', async () => {
  const mail = mailLines('From: a@port.example', 'Subject: x', 'Content-Type: multipart/mixed; boundary=b', '', '--other', 'The crane stands.', '');
  expect((await read(mail, 'x.eml')).text).toContain('The crane stands.');
});

test('two characters of UTF-16, and its mark alone, are text and no sound', async () => {
  expect((await read(Uint8Array.from([0x41, 0, 0x42, 0]))).text).toBe('AB');
  expect((await read(Uint8Array.from([0xff, 0xfe]))).reason?.code).toBe('file.blank');
});

test('a publication gives the text of its stories', async () => {
  const text = Buffer.from('Gate news\rBerth 4', 'utf16le');
  const stream = Buffer.alloc(0x400 + text.length);
  stream.writeUInt16LE(24, 0x20);
  stream.write('TEXT', 0x22, 'latin1');
  stream.writeUInt32LE(0x400, 0x30);
  stream.writeUInt32LE(text.length, 0x34);
  text.copy(stream, 0x400);
  const { text: stories, mediaType } = await read(compoundFile({ 'Quill/QuillSub/CONTENTS': stream, Contents: Buffer.alloc(100) }));
  expect([stories, mediaType]).toEqual(['Gate news\nBerth 4', 'application/x-mspublisher']);
});

test('where a link of a PDF leads is told, once for each page', async () => {
  const link = '<< /Type /Annot /Subtype /Link /Rect [0 0 10 10] /A << /S /URI /URI (https://port.example/gate) >> >>';
  const pdf = Buffer.from(tinyPdf([[{ text: 'See the gate', y: 700 }]], { objects: [link] })).toString('latin1').replace('/MediaBox', '/Annots [100 0 R 100 0 R] /MediaBox');
  expect((await read(Uint8Array.from(Buffer.from(pdf, 'latin1')))).text).toBe('See the gate\n\nhttps://port.example/gate');
});

test('an AutoCAD drawing gives what it says of itself, in both of its forms', async () => {
  const text = (value: string, isWide: boolean): Buffer => {
    const bytes = Buffer.from(`${value}\0`, isWide ? 'utf16le' : 'latin1');
    return Buffer.concat([Buffer.from([value.length + 1, 0]), bytes]);
  };
  const drawing = (version: string, isWide: boolean): Uint8Array => {
    const head = Buffer.alloc(0x100);
    head.write(version, 0, 'latin1');
    head.writeUInt32LE(0x100, 0x20);
    const summary = ['Gate', '', 'Port office', '', '', '', '', ''].map((value) => text(value, isWide));
    return Uint8Array.from(Buffer.concat([head, ...summary, Buffer.alloc(24), Buffer.from([1, 0]), text('Berth', isWide), text('4', isWide)]));
  };
  for (const [version, isWide] of [['AC1018', false], ['AC1027', true]] as const) expect((await read(drawing(version, isWide))).text).toBe('Title: Gate\nAuthor: Port office\nBerth: 4');
  const older = Buffer.concat([Buffer.from('AC1015'), Buffer.alloc(100), Buffer.from('DWGPROPS COOKIE'), Buffer.from([2, 0, 4, 0, 0x1e]), Buffer.from('Gate'), Buffer.alloc(8)]);
  expect((await read(Uint8Array.from(older))).text).toBe('Title: Gate');
});

test('a web page begins with its title, unless it begins so itself', async () => {
  expect((await read(utf8('<html><head><title>Gate log</title></head><body><p>Closed.</p></body></html>'))).text).toBe('Gate log\n\nClosed.');
  expect((await read(utf8('<html><head><title>Gate log</title></head><body><h1>Gate log</h1><p>Closed.</p></body></html>'))).text).toBe('Gate log\n\nClosed.');
});
