import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { composeMail, mailboxText } from '../../../main/ingest/compose-mail.ts';
import { cachedSource, type ByteSource } from '../../../main/ingest/byte-source.ts';
import { extract } from '../../../main/ingest/extract.ts';
import type { Extracted } from '../../../main/ingest/extracted.ts';
import { rtfText } from '../../../main/ingest/rtf-text.ts';
import { mailLines, utf8 } from '../../support/file-fixtures.ts';
import { outlookFile } from '../../support/office-fixtures.ts';

async function read(bytes: Uint8Array, name = 'x'): Promise<Extracted> {
  const result = await extract(bytes, name);
  if (result.kind === 'failed') throw new Error(result.reason.code);
  return result.extracted;
}

const textsOf = ({ children }: Extracted): Promise<string[]> => Promise.all(children.map(async ({ name, bytes }) => `${name}: ${(await read(bytes ?? new Uint8Array(), name)).text}`));
const message = (subject: string, ...body: string[]): string[] => ['From clerk@port.example Mon Jan  1 10:00:00 2024', 'From: clerk@port.example', 'Message-ID: <1@port.example>', `Subject: ${subject}`, '', ...body, ''];

test('a mail folder gives its messages by subject, with quoted From lines as they were', async () => {
  const folder = await read(mailLines(...message('Berth 4', 'one', '>From here on', '', 'From the quay we saw it in 2024'), ...message('=?utf-8?Q?Kran_=C3=BC?=', 'two'), ...message('Berth 4', 'three')), 'Inbox');
  expect(folder).toMatchObject({ mediaType: 'application/mbox', text: 'Berth 4.eml\nKran ü.eml\nBerth 4 (2).eml' });
  expect(await textsOf(folder)).toEqual(['Berth 4.eml: one\nFrom here on\n\nFrom the quay we saw it in 2024', 'Kran ü.eml: two', 'Berth 4 (2).eml: three']);
});

test('a message names the messages of its thread before it', async () => {
  const { mail } = await read(mailLines('From: a@port.example', 'Message-ID: <3@x>', 'In-Reply-To: <2@x>', 'References: <1@x>', ' <2@x>', '', 'x'));
  expect(mail).toMatchObject({ messageId: '<3@x>', inReplyTo: '<2@x>', references: ['<1@x>', '<2@x>'] });
});

test('a message of Apple Mail is read without what surrounds it', async () => {
  const mail = mailLines('From: a@port.example', 'Message-ID: <1@port.example>', 'Subject: Berth', '', 'empty today');
  const { text, mail: headers } = await read(Uint8Array.from(Buffer.concat([Buffer.from(`${mail.length}\n`), mail, Buffer.from('<?xml version="1.0"?><plist><dict/></plist>')])), '12.emlx');
  expect([text, headers?.subject]).toEqual(['empty today', 'Berth']);
});

test('an Outlook message keeps its headers, people, body and attachments', async () => {
  const made = await read(outlookFile({ '0037': 'Crane – stopped', '0C1A': 'Port office', '0C1F': 'office@port.example', '1000': 'It stands still.', '1035': '<9@port.example>', '007D': 'Received: from quay\r\nDate: Tue, 12 Mar 2024 08:15:00 +0100\r\nContent-Type: text/plain\r\n' }, [{ '3001': 'log', '3707': 'log.txt' }]));
  expect(made).toMatchObject({
    type: 'mail', mediaType: 'application/vnd.ms-outlook', text: 'It stands still.', title: 'Crane – stopped',
    mail: { from: [{ name: 'Port office', address: 'office@port.example' }], messageId: '<9@port.example>', sentAt: Date.UTC(2024, 2, 12, 7, 15) },
  });
  expect(await textsOf(made)).toEqual(['log.txt: berth log']);
});

test('an Outlook message whose tables lead nowhere is held', async () => {
  const whole = outlookFile({ '0037': 'x', '1000': 'y' }, []);
  const cut = Uint8Array.from(whole).fill(0xff, 44, 80); // the places of its tables
  expect(await extract(cut, 'x.msg')).toMatchObject({ kind: 'failed', reason: { code: 'file.damaged' } });
});

test('a composed message reads back as what went in, whatever it holds, and is the same each time', async () => {
  const parts = { headers: 'Subject: kept\r\n folded\r\nContent-Type: text/html\r\nnot a field\r\n', from: mailboxText('Büro, "Kai"', 'a@port.example'), to: [mailboxText('', 'b@port.example'), mailboxText('Only a name', '/O=PORT/CN=X')], cc: [], subject: 'lost', sentAt: new Date(0), messageId: '<1@x>', inReplyTo: '', text: '', html: '<p>--part <b>ü</b></p>', attachments: [{ name: 'a"\r\nb.txt', mediaType: 'x\r\nEvil: 1', bytes: utf8('in') }] };
  const bytes = composeMail(parts);
  expect(Buffer.from(composeMail(parts)).equals(bytes)).toBe(true);
  const { text, mail, children } = await read(bytes, 'x.eml');
  expect(text).toBe('--part ü');
  expect(mail).toMatchObject({ subject: 'kept folded', from: [{ name: 'Büro, "Kai"', address: 'a@port.example' }], to: [{ name: '', address: 'b@port.example' }, { name: 'Only a name' }], sentAt: 0 });
  expect(children.map(({ name }) => name)).toEqual(['a b.txt']);
});

test('a calendar gives its events without what only programs read, and its packed files', async () => {
  const calendar = await read(mailLines('BEGIN:VCALENDAR', 'VERSION:2.0', 'BEGIN:VTIMEZONE', 'TZID:Quay', 'DTSTART:19700101T000000', 'END:VTIMEZONE', 'BEGIN:VEVENT', 'UID:1', 'SUMMARY:Berth\\, four', ' teen', 'DTSTART;TZID=Quay:20240312T081500', 'ORGANIZER;CN="Port office":mailto:office@port.example', 'ATTACH;FMTTYPE=text/plain;ENCODING=BASE64;X-FILENAME=plan.txt:cGxhbg==', 'END:VEVENT', 'END:VCALENDAR'));
  expect(calendar).toMatchObject({ text: 'Summary: Berth, fourteen\nStart: 20240312T081500\nOrganizer: Port office <office@port.example>', title: 'Berth, fourteen', author: 'Port office' });
  expect(await textsOf(calendar)).toEqual(['plan.txt: plan']);
});

test('address cards of any version are read', async () => {
  const cards = await read(mailLines('BEGIN:VCARD', 'VERSION:2.1', 'FN;CHARSET=utf-8;ENCODING=QUOTED-PRINTABLE:J=C3=B6rg=', ' Kai', 'item1.TEL;WORK:1234', 'N:Kai;J;;;', 'END:VCARD'));
  expect(cards.text).toBe('Name: Jörg Kai\nPhone: 1234\nName parts: Kai, J');
});

test.each<[string, string, string]>([
  ['paragraphs, tabs and cells', '{\\rtf1\\ansi a\\par b\\tab c\\par \\trowd x\\cell y\\cell\\row}', 'a\nb\tc\nx\ty\t\n'],
  ['characters of a code page', "{\\rtf1\\ansi\\ansicpg1251 \\'ca\\'ee\\'f0}", 'Кор'],
  ['the code page of a font', "{\\rtf1\\ansi{\\fonttbl{\\f0\\fcharset0 Arial;}{\\f1\\fcharset238 Arial;}}\\f1 \\'b9\\f0 \\'b9}", 'ą¹'],
  ['two bytes that are one character', "{\\rtf1\\ansi\\ansicpg932 \\'93\\'fa}", '日'],
  ['Unicode with its substitutes', "{\\rtf1\\uc1\\u263?\\u-10179?\\u-8704?{\\uc2\\u8364\\'80x}y}", 'ć\u{1F600}€y'],
  ['no hidden, deleted or ignorable parts', '{\\rtf1 a{\\v hidden}{\\*\\unknown x}{\\deleted gone}{\\pict 00ff}\\bin3 }}}b}', 'ab'],
  ['nothing from behind its last group', "{\\rtf1 a{\\b b}}\r\n\\'ff8 left over{\\b c}", 'ab'],
  ['a group that never ends', '{\\rtf1 a{\\b b', 'ab'],
])('rich text gives %s', (_what, source, text) => {
  expect(rtfText(source).text).toBe(text);
});

test('rich text tells its title, author and dates', () => {
  expect(rtfText('{\\rtf1{\\info{\\title Gate log}{\\author Port office}{\\creatim\\yr2024\\mo3\\dy12\\hr7\\min15}}x}')).toEqual({ text: 'x', title: 'Gate log', author: 'Port office', createdAt: Date.UTC(2024, 2, 12, 7, 15), modifiedAt: null });
});

test('rich text that is nested without end ends', () => {
  expect(rtfText(`{\\rtf1 a${'{'.repeat(100_000)}`).text).toBe('a');
});

const store = join(process.env['REDOUBT_DATA'] ?? resolve(import.meta.dirname, '../../../../shared/data'), 'zoo', 'testPST_variousBodyTypes.pst');
test.skipIf(!existsSync(store))('an Outlook store gives its folders and messages (skipped without the data folder: nothing of ours writes one)', async () => {
  const read_ = await read(Uint8Array.from(readFileSync(store)));
  expect(read_.children.length).toBeGreaterThan(0);
  expect(read_.children.every(({ bytes, folder }) => bytes !== undefined && folder !== undefined && folder !== '')).toBe(true);
  for (const child of await textsOf(read_)) expect(child).toMatch(/^[^:]+\.eml: ./);
  expect(await extract(Uint8Array.from(readFileSync(store).subarray(0, 3000)), 'x.pst')).toMatchObject({ kind: 'failed', reason: { code: 'file.damaged' } });
});

test.skipIf(!existsSync(store))('an Outlook store of more than 256 MiB is read by ranges, and its messages are those of the small one (skipped without the data folder)', async () => {
  const bytes = Uint8Array.from(readFileSync(store));
  let readBytes = 0;
  const large: ByteSource = {
    sizeBytes: 300 * 2 ** 20,
    read: async (at, length) => {
      readBytes += length;
      const piece = new Uint8Array(length);
      piece.set(bytes.subarray(at, at + length));
      return piece;
    },
  };
  const result = await extract(large, 'x.pst');
  if (result.kind === 'failed') throw new Error(result.reason.code);
  expect(result.extracted.children).toEqual((await read(bytes)).children);
  expect(readBytes).toBeLessThan(4 * 2 ** 20);
});

test('a large Outlook store that is damaged says so, not that it is large', async () => {
  const head = Buffer.alloc(4096);
  head.write('!BDN', 0, 'latin1');
  const source: ByteSource = { sizeBytes: 300 * 2 ** 20, read: async (at, length) => head.subarray(at, at + length) };
  expect(await extract(source, 'x.pst')).toMatchObject({ kind: 'failed', reason: { code: 'file.damaged' } });
});

test('a cached source gives the bytes of its source, whatever is asked of it, and asks for each block once', async () => {
  const bytes = Uint8Array.from({ length: 200_000 }, (_, at) => (at * 31) & 255);
  const asked: number[] = [];
  const source = cachedSource({ sizeBytes: bytes.length, read: async (at, length) => { asked.push(at); return bytes.subarray(at, at + length); } });
  for (const [at, length] of [[0, 10], [65_530, 20], [65_536, 1], [199_990, 100], [5, 131_000], [0, 0]] as const) expect(Buffer.from(await source.read(at, length))).toEqual(Buffer.from(bytes.subarray(at, at + length)));
  expect(asked).toEqual([0, 65_536, 196_608]);
});
