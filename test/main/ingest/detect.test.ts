import { expect, test } from 'vitest';
import { detect } from '../../../main/ingest/detect.ts';
import { decodeText } from '../../../main/ingest/text-encoding.ts';
import { madeTar } from '../../support/archive-fixtures.ts';
import { mailLines, storedZip, tinyDocx, tinyPdf, utf8, wordParagraph } from '../../support/file-fixtures.ts';

const printedMail = 'From: Harbour office\nTo: Duty officer\nSubject: Berth 4\n\nThe crane stands still.\n';

test.each<[string, Uint8Array, string, string | null]>([
  ['a PDF whatever its name', tinyPdf([[{ text: 'x', y: 700 }]]), 'notes.txt', 'pdf'],
  ['a Word document without an ending', tinyDocx(wordParagraph('x')), 'file', 'word'],
  ['a mail without an ending', mailLines('Received: from a by b', 'From: a@example.org', 'Subject: x', '', 'body'), '1234', 'mail'],
  ['a MIME message without a sender', mailLines('MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary=x', '', '--x', '', 'body', '--x--'), '1', 'mail'],
  ['a printed mail as text', utf8(printedMail), 'page.txt', 'plain-text'],
  ['a saved mail of two fields by its ending', utf8(printedMail), 'page.eml', 'mail'],
  ['a page that begins with a comment', utf8('<!-- saved --><!DOCTYPE html><p>x'), 'x', 'html'],
  ['text about markup as text', utf8('The <title> element names a page.\n'), 'x.txt', 'plain-text'],
  ['text named .html as text when it has no markup', utf8('Only words here.\n'), 'x.html', 'plain-text'],
  ['XML as text', utf8('<?xml version="1.0"?><table><row/></table>'), 'x', 'plain-text'],
  ['XHTML as a page', utf8('<?xml version="1.0"?>\n<html xmlns="http://www.w3.org/1999/xhtml"><body/></html>'), 'x.xml', 'html'],
  ['a table by its lines', utf8('berth,ship,day\n1,A,2\n2,B,3\n3,C,4\n4,D,5\n'), 'x', 'csv'],
  ['a small table by its ending', utf8('berth;ship\n1;A\n'), 'x.csv', 'csv'],
  ['a letter with commas as text', utf8('Dear all,\nwe came, we saw, we left.\nThen, later,\nnothing.\nYours,\nus\n'), 'x.csv', 'plain-text'],
  ['Markdown by its ending', utf8('# Log\n\ntext\n'), 'x.md', 'markdown'],
  ['UTF-16 without a mark', Uint8Array.from(Buffer.from('Berth four is empty today.', 'utf16le')), 'x', 'plain-text'],
  ['an archive', storedZip({ 'a.txt': 'x' }), 'x.txt', 'zip'],
  ['random bytes', Uint8Array.from({ length: 500 }, (_, at) => (at * 7919) % 256), 'x.txt', null],
])('tells %s', async (_what, bytes, name, reader) => {
  expect((await detect(bytes, name)).reader).toBe(reader);
});

test.each<[string, string]>([
  ['{"berth": 4}', 'application/json'],
  ['[{"berth": 4}]', 'application/json'],
  ['{"a":1}\n{"a":2}\n', 'application/x-ndjson'],
  ['[1] See the berth log.', 'text/plain'],
  ['{see the log}', 'text/plain'],
])('tells %j as %s by what it holds', async (text, mediaType) => {
  expect(await detect(utf8(text), 'x.txt')).toMatchObject({ reader: 'plain-text', mediaType });
});

test('an encrypted Office file is told by the stream in its container', async () => {
  const bytes = Buffer.alloc(2048);
  Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]).copy(bytes);
  Buffer.from('EncryptedPackage', 'utf16le').copy(bytes, 1024);
  expect(await detect(bytes, 'plan.docx')).toMatchObject({ reader: null, encrypted: true });
});

test('a folder of several mails is not taken for one mail', async () => {
  const one = ['From sender Mon Jan  1 10:00:00 2024', 'From: a@example.org', 'Date: Mon, 1 Jan 2024 10:00:00 +0000', 'Message-ID: <1@example.org>', '', 'body', ''];
  expect(await detect(mailLines(...one), 'x')).toMatchObject({ reader: 'mail' });
  expect(await detect(mailLines(...one, ...one), 'x')).toMatchObject({ reader: 'mail-folder', mediaType: 'application/mbox' });
});

test.each<[string, Uint8Array, string]>([
  ['UTF-8', utf8('Zürich – 10 €'), 'Zürich – 10 €'],
  ['UTF-8 with a mark', utf8('\uFEFFZürich'), 'Zürich'],
  ['UTF-16 big endian with a mark', Uint8Array.from([0xfe, 0xff, 0x00, 0x5a, 0x00, 0xfc]), 'Zü'],
  ['windows-1252', Uint8Array.from(Buffer.from('Le capitaine a déjà quitté le port à la fin de la journée, très fatigué. Il était pressé.', 'latin1')), 'Le capitaine a déjà quitté le port à la fin de la journée, très fatigué. Il était pressé.'],
  ['windows-1251', cyrillic('Корабль вышел из порта вчера вечером и ещё не вернулся обратно'), 'Корабль вышел из порта вчера вечером и ещё не вернулся обратно'],
])('decodes %s', (_what, bytes, text) => {
  expect(decodeText(bytes).text).toBe(text);
});

/** windows-1251 of Russian letters and blanks. */
function cyrillic(text: string): Uint8Array {
  return Uint8Array.from(text, (letter) => {
    const code = letter.codePointAt(0) ?? 0;
    return code === 0x451 ? 0xb8 : code >= 0x410 ? code - 0x410 + 0xc0 : code;
  });
}

const onePage = tinyPdf([[{ text: 'x', y: 700 }]]);

test.each<[string, Uint8Array, string, string | null]>([
  ['a ZIP file that holds a PDF as it is', storedZip({ 'a.pdf': Buffer.from(onePage).toString('latin1'), 'b.txt': 'berth '.repeat(20_000) }), 'x', 'zip'],
  ['a tar archive that holds a PDF', madeTar([{ name: 'a.pdf', bytes: onePage }, { name: 'b.txt', bytes: utf8('x') }]), 'x', 'tar'],
  ['a mail about the header of a PDF', mailLines('Received: from a by b', 'From: a@example.org', 'Subject: x', '', 'It begins with %PDF-1.4 here.'), 'x', 'mail'],
  ['prose about the header of a PDF', utf8('Each file began with:\n%PDF-1.4\nand was damaged.\n'), 'x.txt', 'plain-text'],
  ['a short note with one damaged byte', utf8('Berth 4 is empty\0 and the crane stands still.\n'), 'x.txt', 'plain-text'],
  ['a PDF after blanks and a mark', Buffer.concat([utf8('\uFEFF \n'), onePage]), 'x', 'pdf'],
  ['a PDF after the header of an answer', Buffer.concat([utf8('HTTP/1.1 200 OK\r\n\r\n'), onePage]), 'x', 'pdf'],
  ['a PDF after noise', Buffer.concat([Buffer.from(Array.from({ length: 400 }, (_, at) => (at * 7919) % 256)), onePage]), 'x', 'pdf'],
])('tells %s', async (_what, bytes, name, reader) => {
  expect((await detect(bytes, name)).reader).toBe(reader);
});

const white = Buffer.alloc(30_000, 0xff);
const bitmapHead = Buffer.from('424d' + '36750000' + '00000000' + '36000000' + '28000000' + '64000000' + '64000000' + '0100' + '1800' + '00'.repeat(24), 'hex');
const soundHead = Buffer.concat([Buffer.from('RIFF'), Buffer.from([0x54, 0x75, 0, 0]), Buffer.from('WAVEfmt '), Buffer.from([16, 0, 0, 0, 1, 0, 1, 0, 0x40, 0x1f, 0, 0, 0x40, 0x1f, 0, 0, 1, 0, 8, 0]), Buffer.from('data'), Buffer.from([0x30, 0x75, 0, 0])]);

test.each<[string, Uint8Array, string]>([
  ['a white bitmap', Buffer.concat([bitmapHead, white]), 'image/bmp'],
  ['a white PPM', Buffer.concat([Buffer.from('P6\n# made\n100 100\n255\n'), white]), 'image/x-portable-anymap'],
  ['a white TGA', Buffer.concat([Buffer.from([0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 100, 0, 100, 0, 24, 0]), white]), 'image/x-tga'],
  ['a silent sound', Buffer.concat([soundHead, Buffer.alloc(30_000, 0x80)]), 'audio/wav'],
  ['text that begins like a bitmap', Buffer.from('BMW f\xfcr \xdcbersee '.repeat(50), 'latin1'), 'text/plain'],
  ['text that begins like a PPM', Buffer.from('P6 10 20 sind die Pl\xe4tze. '.repeat(50), 'latin1'), 'text/plain'],
])('tells %s by more than its want of control characters', async (_what, bytes, mediaType) => {
  expect((await detect(bytes, 'x')).mediaType).toBe(mediaType);
});

test.each(['', '<?xml version="1.0"?>'])('a head of many comments after %j is looked through once', async (start) => {
  // Each comment doubled the ways to read the head; of sixty the machine would not see the end.
  expect((await detect(utf8(`${start}${'<!-- -->'.repeat(60)}no element`), 'x')).reader).toBe('plain-text');
});

const german = 'Größe über alles, naïve Straße. ';

test.each<[string, Uint8Array, string | null, string]>([
  ['UTF-8 that is cut within a character', utf8(`${german}é`).subarray(0, -1), null, `${german}\uFFFD`],
  ['UTF-8 with one bad byte', Buffer.concat([utf8(german), Buffer.from([0xff]), utf8(german)]), null, `${german}\uFFFD${german}`],
  ['UTF-8 that says so, of few letters', Buffer.concat([utf8('é '), Buffer.from([0xfc, 0x20])]), 'utf-8', 'é \uFFFD '],
  ['windows-1252 that calls itself UTF-8', Buffer.from('Gr\xf6\xdfe der Stra\xdfe', 'latin1'), 'utf-8', 'Größe der Straße'],
  ['UTF-16 of Chinese without a mark', Buffer.from('这是一个中文文本文件。技术报告的机文在这里。', 'utf16le'), null, '这是一个中文文本文件。技术报告的机文在这里。'],
  ['UTF-16 of Japanese, the high byte first', Buffer.from('港の船は昨日の夜に出た。まだ帰らない。', 'utf16le').swap16(), null, '港の船は昨日の夜に出た。まだ帰らない。'],
  ['UTF-32 with a mark', wide('Zürich 🚢', true), null, 'Zürich 🚢'],
  ['UTF-32 with a mark, the high byte first', wide('Zürich 🚢', false), null, 'Zürich 🚢'],
])('decodes %s, and takes it for text', async (_what, bytes, declared, text) => {
  expect(decodeText(bytes, declared).text).toBe(text);
  expect((await detect(bytes, 'x')).reader).toBe('plain-text');
});

function wide(text: string, isLittle: boolean): Uint8Array {
  const numbers = [0xfeff, ...Array.from(text, (character) => character.codePointAt(0) ?? 0)];
  const bytes = Buffer.alloc(numbers.length * 4);
  for (const [at, number] of numbers.entries()) {
    if (isLittle) bytes.writeUInt32LE(number, at * 4);
    else bytes.writeUInt32BE(number, at * 4);
  }
  return bytes;
}
