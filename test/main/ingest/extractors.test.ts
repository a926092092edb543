import { expect, test } from 'vitest';
import { extract } from '../../../main/ingest/extract.ts';
import type { Extracted } from '../../../main/ingest/extracted.ts';
import { mailLines, tinyDocx, utf8, wordParagraph } from '../../support/file-fixtures.ts';

async function read(bytes: Uint8Array, name: string): Promise<Extracted> {
  const result = await extract(bytes, name);
  if (result.kind === 'failed') throw new Error(result.reason.code);
  return result.extracted;
}

test('an empty file and one of blanks end without text and say why', async () => {
  expect(await read(new Uint8Array(), 'x.txt')).toMatchObject({ state: 'no-text', text: '', reason: { code: 'file.empty' } });
  expect(await read(utf8(' \n\t\n'), 'x.txt')).toMatchObject({ state: 'no-text', text: '', reason: { code: 'file.blank' } });
});

test('a kind that is not read is named', async () => {
  const { state, reason } = await read(Uint8Array.from(Buffer.from('8BPS\0\x01\0\0\0\0\0\0\0\x03\0\0\0\x01\0\0\0\x01\0\x08\0\x03', 'latin1')), 'x.txt');
  expect(state).toBe('no-text');
  expect(reason).toEqual({ code: 'format.unknown', sentence: 'Files of this kind (PSD image) are not read yet.' });
});

test('Markdown has its first heading for a title', async () => {
  expect((await read(utf8('intro\n\n## Gate log ##\n'), 'x.md')).title).toBe('Gate log');
  expect((await read(utf8('Gate log\n====\n'), 'x.md')).title).toBe('Gate log');
});

test('a page shows what its reader sees and nothing else', async () => {
  const page = `<!doctype html><html><head><title> Gate
    log </title><style>p{}</style><meta name="author" content="Port office"></head><body>
    <script>alert(1)</script><p>One  <b>two</b>three</p><p style="display: none">secret</p><div hidden>secret</div>
    <ul><li>first<ul><li><p>inner</p></li></ul></li><li>second</li></ul>
    <ol start="3"><li>third</li></ol>
    <table><tr><th>Berth</th><th>Ship</th></tr><tr><td><p>1</p></td><td></td><td>A&amp;B</td></tr></table>
    <pre>a
  b</pre>line<br>break&nbsp;here<!-- secret --><template>secret</template><noscript>secret</noscript></body></html>`;
  const { text, title, author, type } = await read(utf8(page), 'x');
  expect({ title, author, type }).toEqual({ title: 'Gate log', author: 'Port office', type: 'web-page' });
  expect(text).toBe('Gate log\n\nOne twothree\n\n- first\n  - inner\n- second\n\n3. third\n\nBerth\tShip\n1\t\tA&B\n\na\n  b\n\nline\nbreak here');
});

test('a page that is nested ten thousand deep is read', async () => {
  expect((await read(utf8(`<html><body>${'<div>'.repeat(10_000)}deep`), 'x')).text).toBe('deep');
});

test('a page in the encoding that it names is read in it, and its bytes win where they tell', async () => {
  const named = Buffer.concat([Buffer.from('<html><meta charset="iso-8859-2"><p>'), Buffer.from([0xb1, 0xe6]), Buffer.from('</p>')]);
  expect((await read(Uint8Array.from(named), 'x')).text).toBe('ąć');
  expect((await read(utf8('<html><meta charset="iso-8859-2"><p>ąć</p>'), 'x')).text).toBe('ąć');
});

test('a mail has its headers, its plain body and its attachments with harmless names', async () => {
  const { mail, text, title, children } = await read(
    mailLines(
      'From: =?utf-8?Q?Hafenb=C3=BCro?= <office@port.example>',
      'To: Berths: one@port.example, Two <two@port.example>;',
      'Subject: =?utf-8?B?S3JhbiA0?=',
      'Date: Tue, 12 Mar 2024 08:15:00 +0100 (CET)',
      'Message-ID: <1@port.example>',
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed; boundary=outer',
      '',
      '--outer',
      'Content-Type: multipart/alternative; boundary=inner',
      '',
      '--inner',
      'Content-Type: text/plain; charset=iso-8859-1',
      'Content-Transfer-Encoding: quoted-printable',
      '',
      'Kran 4 steht seit gestern still, R=FCckfrage.',
      '--inner',
      'Content-Type: text/html',
      '',
      '<p>Kran 4 steht still.</p>',
      '--inner--',
      '--outer',
      'Content-Type: application/octet-stream; name="../../etc/pass:wd"',
      'Content-Disposition: attachment',
      '',
      'x',
      '--outer',
      'Content-Type: image/png',
      'Content-Disposition: inline',
      'Content-Transfer-Encoding: base64',
      '',
      'iVBORw0KGgo=',
      '--outer',
      'Content-Type: message/rfc822',
      '',
      'From: a@port.example',
      'Subject: inner',
      '',
      'inner body',
      '--outer--',
    ),
    'x',
  );
  expect(mail).toEqual({
    from: [{ name: 'Hafenbüro', address: 'office@port.example' }],
    to: [{ name: '', address: 'one@port.example' }, { name: 'Two', address: 'two@port.example' }],
    cc: [],
    subject: 'Kran 4',
    sentAt: Date.UTC(2024, 2, 12, 7, 15),
    sentAsWritten: 'Tue, 12 Mar 2024 08:15:00 +0100 (CET)',
    messageId: '<1@port.example>',
    inReplyTo: null,
  });
  expect(title).toBe('Kran 4');
  expect(text).toBe('Kran 4 steht seit gestern still, Rückfrage.');
  expect(children.map(({ name }) => name)).toEqual(['pass wd', 'attachment-2.png', 'attachment-3.eml']);
  expect(Buffer.from(children[2]?.bytes ?? []).toString()).toContain('inner body');
});

test('a mail that is HTML only gives the text of its page, one without a body keeps its headers', async () => {
  const html = await read(mailLines('From: a@port.example', 'MIME-Version: 1.0', 'Content-Type: text/html', '', '<p>Seen<script>x</script></p>'), 'x');
  expect(html.text).toBe('Seen');
  const bare = await read(mailLines('From: a@port.example', 'Message-ID: <2@port.example>', 'Date: nonsense', '', ''), 'x');
  expect(bare).toMatchObject({ state: 'no-text', reason: { code: 'mail.empty-body' }, mail: { sentAt: null, sentAsWritten: 'nonsense', subject: '' } });
});

test('a Word document has its paragraphs, tables, page headers once, and properties', async () => {
  const header = `<?xml version="1.0"?><w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">${wordParagraph('INTERNAL')}</w:hdr>`;
  const cell = (text: string): string => `<w:tc>${wordParagraph(text)}</w:tc>`;
  const { text, title, author, createdAt, modifiedAt, type } = await read(
    tinyDocx(`${wordParagraph('First')}${wordParagraph('Second')}<w:tbl><w:tr>${cell('Berth')}${cell('Ship')}</w:tr></w:tbl>`, {
      'word/header1.xml': header,
      'word/header2.xml': header,
      'docProps/core.xml': '<?xml version="1.0"?><cp:coreProperties xmlns:cp="x" xmlns:dc="y" xmlns:dcterms="z"><dc:title>Gate &amp; log</dc:title><dc:creator>Port office</dc:creator><dcterms:created>2024-03-12T07:15:00Z</dcterms:created></cp:coreProperties>',
    }),
    'x',
  );
  expect(text).toBe('INTERNAL\n\nFirst\n\nSecond\n\nBerth\tShip');
  expect({ title, author, createdAt, modifiedAt, type }).toEqual({ title: 'Gate & log', author: 'Port office', createdAt: Date.UTC(2024, 2, 12, 7, 15), modifiedAt: null, type: 'word' });
});

test('a damaged Word document is held', async () => {
  expect(await extract(tinyDocx('<w:p><w:r></w:q>'), 'x.docx')).toEqual({ kind: 'failed', reason: { code: 'file.damaged', sentence: 'The Word document is damaged and could not be read.' } });
});

test('a file that unfolds beyond the limits is held', async () => {
  const limits = { textChars: 3, children: 1, childrenBytes: 1 };
  expect(await extract(utf8('four'), 'x.txt', undefined, limits)).toMatchObject({ kind: 'failed', reason: { code: 'file.text-too-long' } });
  const part = ['--b', 'Content-Type: application/octet-stream', '', 'xy'];
  const head = ['From: a@port.example', 'MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary=b', ''];
  expect(await extract(mailLines(...head, ...part, ...part, '--b--'), 'x', undefined, limits)).toMatchObject({ kind: 'failed', reason: { code: 'file.too-many-children' } });
  expect(await extract(mailLines(...head, ...part, '--b--'), 'x', undefined, limits)).toMatchObject({ kind: 'failed', reason: { code: 'file.children-too-large' } });
});
