import { brotliCompressSync, deflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { extract } from '../../../main/ingest/extract.ts';
import type { Extracted } from '../../../main/ingest/extracted.ts';
import { madeZip } from '../../support/archive-fixtures.ts';
import { mailLines, storedZip, utf8 } from '../../support/file-fixtures.ts';
import { archiveRecord, dataTable, envelopedData, iworkArchive, noteSection, signedData, taggedSound, textMetafile, transportFile, wordPerfect } from '../../support/format-fixtures.ts';

async function read(bytes: Uint8Array, name = 'x'): Promise<Extracted> {
  const result = await extract(bytes, name);
  if (result.kind === 'failed') throw new Error(result.reason.code);
  return result.extracted;
}

const named = ({ children }: Extracted): unknown[] => children.map(({ name, folder, bytes }) => [folder === undefined || folder === '' ? name : `${folder}/${name}`, Buffer.from(bytes ?? []).toString('latin1').slice(0, 12)]);

test('a recording gives what it carries about itself as text, and its title and artist as properties', async () => {
  const { text, title, author, extractor } = await read(taggedSound({ TIT2: 'Harbour at dawn', TPE1: 'Port radio', TALB: 'Tapes', COMM: 'Recorded at gate 4' }));
  expect(text.split('\n').slice(0, 4)).toEqual(['Title: Harbour at dawn', 'Artist: Port radio', 'Album: Tapes', 'Comment: Recorded at gate 4']);
  expect([title, author, extractor]).toEqual(['Harbour at dawn', 'Port radio', 'recording 1 (music-metadata)']);
});

test('a recording without words says so instead of having no reason', async () => {
  const { state, reason } = await read(taggedSound({}));
  expect([state, reason?.code]).toEqual(['no-text', 'recording.no-words']);
});

test('what was signed can be read without a key, in parts too; a signature alone and what is encrypted to a key say what they are', async () => {
  expect(named(await read(signedData(utf8('berth log 4')), 'log.txt.p7m'))).toEqual([['log.txt', 'berth log 4']]);
  expect((await read(signedData(null), 'log.p7s')).reason?.code).toBe('signature.only');
  expect((await read(envelopedData(), 'log.p7m')).reason?.code).toBe('encrypted.to-key');
  const pem = `-----BEGIN PKCS7-----\n${Buffer.from(signedData(utf8('berth log 4'))).toString('base64')}\n-----END PKCS7-----\n`;
  expect(named(await read(utf8(pem), 'log.p7m'))).toEqual([['log', 'berth log 4']]);
});

test('a dBASE table gives the rows that are not deleted, with the place of every cell', async () => {
  const { text, sheets } = await read(dataTable(['BERTH', 'SHIP'], [['4', 'Aurora'], ['*5', 'Gone'], ['6', 'Zora']]));
  expect(text).toBe('BERTH\tSHIP\n4\tAurora\n6\tZora');
  const cells = sheets?.[0]?.cells ?? new Uint32Array();
  expect(Array.from({ length: cells.length / 4 }, (_, at) => [cells[at * 4 + 2], cells[at * 4 + 3], text.slice(cells[at * 4], cells[at * 4 + 1])])).toEqual([[0, 0, 'BERTH'], [0, 1, 'SHIP'], [1, 0, '4'], [1, 1, 'Aurora'], [3, 0, '6'], [3, 1, 'Zora']]);
});

test('a OneNote section gives each distinct text once', async () => {
  expect((await read(noteSection(['Gate notes', 'Crane 3 stands still', 'Gate notes']))).text).toBe('Gate notes\nCrane 3 stands still');
});

test('an enhanced metafile gives the texts that it draws, a line where they stand lower', async () => {
  expect((await read(textMetafile(['Plan.pdf', '3 pages']))).text).toBe('Plan.pdf\n3 pages');
  expect((await read(textMetafile([]))).reason?.code).toBe('picture.no-text');
});

test('a metafile of the first kind gives its texts too', async () => {
  const record = (type: number, ...words: readonly number[]): Buffer => {
    const bytes = Buffer.alloc(6 + words.length * 2);
    bytes.writeUInt32LE(bytes.length / 2, 0);
    bytes.writeUInt16LE(type, 4);
    words.forEach((word, index) => bytes.writeUInt16LE(word, 6 + index * 2));
    return bytes;
  };
  const letters = (text: string): number[] => Array.from({ length: text.length / 2 }, (_, at) => text.charCodeAt(at * 2) + text.charCodeAt(at * 2 + 1) * 256);
  const head = Buffer.alloc(18);
  head.set([1, 0, 9, 0, 0, 3]);
  const file = Buffer.concat([head, record(0x0521, 4, ...letters('Gate'), 10, 0), record(0x0a32, 30, 0, 4, 0, ...letters('open')), record(0)]);
  expect((await read(Uint8Array.from(file))).text).toBe('Gate\nopen');
});

test('a WordPerfect document gives its characters and passes over functions by their lengths', async () => {
  const body = Buffer.from([...Buffer.from('Berth'), 0x80, ...Buffer.from('4'), 0xd4, 0x1a, 8, 0, 65, 66, 8, 0xd4, 0xcc, 0xf0, 29, 4, 0xf0, ...Buffer.from('open'), 0xf0, 28, 4, 0xf0]);
  expect((await read(wordPerfect(body))).text).toBe('Berth 4\n‘open’');
});

test('a web archive gives pages at their addresses without the headers of their transfer', async () => {
  const response = Buffer.concat([Buffer.from('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n'), Buffer.from('5\r\nBerth\r\n4\r\nlog \r\n0\r\n\r\n')]);
  const bytes = Buffer.concat([archiveRecord('warcinfo', '', utf8('software: x')), archiveRecord('request', 'http://port.example/', utf8('GET /')), archiveRecord('response', 'http://port.example/log?a=1', response), archiveRecord('resource', 'http://port.example/', utf8('Start'))]);
  expect(named(await read(Uint8Array.from(bytes)))).toEqual([['port.example/log', 'Berthlog '], ['port.example/index.html', 'Start']]);
});

test('winmail.dat gives its body, its subject and its attachment', async () => {
  const message = await read(transportFile('See the log.', 'log.txt', utf8('berth log')), 'winmail.dat');
  expect([message.text, message.title, named(message)]).toEqual(['See the log.', 'Gate log', [['log.txt', 'berth log']]]);
});

test('documents of iWork give the text of both of their forms', async () => {
  const old = storedZip({ 'buildVersionHistory.plist': 'x', 'index.xml': '<sl:document xmlns:sl="l" xmlns:sf="f" xmlns:sfa="a"><sf:stylesheet><sf:p>Style</sf:p></sf:stylesheet><sl:section-prototypes><sl:prototype><sf:p><sf:ghost-text>Lorem ipsum</sf:ghost-text></sf:p></sl:prototype></sl:section-prototypes><sf:p>Berth <sf:span>log</sf:span></sf:p><sf:ct sfa:s="Cell 4"/></sl:document>' });
  expect((await read(old)).text).toBe('Berth log\nCell 4');
  const recent = madeZip([{ name: 'Index/Document.iwa', bytes: iworkArchive('Gate log') }, { name: 'Index/Stylesheet.iwa', bytes: iworkArchive('Style') }]);
  expect((await read(recent)).text).toBe('Gate log');
});

test('a fixed document gives its pages in their order, words that are drawn in parts as one', async () => {
  const page = (...runs: readonly string[]): string => `<FixedPage xmlns="x">${runs.join('')}</FixedPage>`;
  const { text, pages } = await read(storedZip({
    'FixedDocSeq.fdseq': '<x/>', 'Documents/1/Pages/10.fpage': page('<Glyphs OriginX="0" OriginY="9" FontRenderingEmSize="10" UnicodeString="Last"/>'),
    'Documents/1/Pages/2.fpage': page('<Glyphs OriginX="0" OriginY="9" FontRenderingEmSize="10" Indices=",50;,50" UnicodeString="Be"/>', '<Glyphs OriginX="10.2" OriginY="9" FontRenderingEmSize="10" UnicodeString="rth"/>', '<Glyphs OriginX="40" OriginY="9" FontRenderingEmSize="10" UnicodeString="4"/>', '<Glyphs OriginX="0" OriginY="30" FontRenderingEmSize="10" UnicodeString="open"/>'),
  }));
  expect([text, pages?.length]).toEqual(['Berth 4\nopen\n\nLast', 2]);
});

test('a Visio drawing gives the texts of its shapes, page by page', async () => {
  const { text, pages } = await read(storedZip({ 'visio/document.xml': '<x/>', 'visio/pages/page2.xml': '<PageContents><Shape><Text>Crane</Text></Shape></PageContents>', 'visio/pages/page1.xml': '<PageContents><Shape><Text><cp/>Gate</Text></Shape><Shape><Text>Berth</Text></Shape></PageContents>' }));
  expect([text, pages?.length]).toEqual(['Gate\nBerth\n\nCrane', 2]);
});

test('zlib and Brotli files give what was packed in them', async () => {
  expect(named(await read(deflateSync(utf8('berth log of the north gate')), 'log.zlib'))).toEqual([['log', 'berth log of']]);
  expect(named(await read(brotliCompressSync(utf8('berth log')), 'log.txt.br'))).toEqual([['log.txt', 'berth log']]);
});

test('a mail whose two forms say different things gives both', async () => {
  const both = (html: string): Uint8Array => mailLines('From: a@port.example', 'Subject: x', 'Content-Type: multipart/alternative; boundary=b', '', '--b', 'Content-Type: text/plain', '', 'Pay the crane firm today', '--b', 'Content-Type: text/html', '', html, '--b--', '');
  expect((await read(both('<p>Pay the <b>crane firm</b> today</p>'))).text).toBe('Pay the crane firm today');
  expect((await read(both('<p>Wire everything to account 99 instead</p>'))).text).toBe('Pay the crane firm today\n\nWire everything to account 99 instead');
});

test('Cyrillic text of DOS is told from that of Windows', async () => {
  const dos = Buffer.from(Array.from('Однажды в студёную зимнюю пору я из лесу вышел').map((letter) => {
    const code = letter.codePointAt(0) ?? 0;
    if (code < 0x80) return code;
    if (code === 0x451) return 0xf1;
    return code <= 0x43f ? code - 0x410 + 0x80 : code - 0x440 + 0xe0;
  }));
  expect((await read(dos)).text).toBe('Однажды в студёную зимнюю пору я из лесу вышел');
});
