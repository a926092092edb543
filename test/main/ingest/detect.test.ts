import { expect, test } from 'vitest';
import { detect } from '../../../main/ingest/detect.ts';
import { decodeText } from '../../../main/ingest/text-encoding.ts';
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
