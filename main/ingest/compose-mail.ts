import { createHash } from 'node:crypto';

/** A message as Outlook keeps it: properties, no bytes of its own. */
export interface OutlookMessage {
  /** The headers that it travelled with, as they were; empty for one that never left. */
  readonly headers: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly subject: string;
  readonly sentAt: Date | null;
  readonly messageId: string;
  readonly inReplyTo: string;
  readonly text: string;
  readonly html: string;
  readonly attachments: readonly OutlookAttachment[];
}

export interface OutlookAttachment {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

/** Header fields that say how the body was packed: the composed body is packed anew. */
const bodyFields = /^(?:content-[a-z-]+|mime-version)$/i;

/**
 * An Internet message (RFC 5322, MIME) of an Outlook message, the same bytes for the same message: what such a message is kept, hashed
 * and read as. The headers that it travelled with stay as they were; fields that they lack are written from its properties.
 */
export function composeMail(message: OutlookMessage): Uint8Array {
  const boundary = `part-${createHash('sha256').update(JSON.stringify([message.subject, message.text, message.html, message.headers])).digest('hex').slice(0, 32)}`;
  const kept = travelledFields(message.headers);
  const has = (name: string): boolean => kept.some((field) => field.toLowerCase().startsWith(`${name}:`));
  const fields = [...kept];
  const add = (name: string, value: string): void => {
    if (value !== '' && !has(name.toLowerCase())) fields.push(`${name}: ${value}`);
  };
  add('From', message.from);
  add('To', message.to.join(', '));
  add('Cc', message.cc.join(', '));
  add('Subject', encoded(message.subject));
  add('Date', message.sentAt === null ? '' : message.sentAt.toUTCString().replace('GMT', '+0000'));
  add('Message-ID', oneLine(message.messageId));
  add('In-Reply-To', oneLine(message.inReplyTo));
  const isHtml = message.text.trim() === '' && message.html.trim() !== '';
  const body = ['', `--${boundary}`, `Content-Type: text/${isHtml ? 'html' : 'plain'}; charset=utf-8`, 'Content-Transfer-Encoding: base64', '', base64(Buffer.from(isHtml ? message.html : message.text))];
  const parts = message.attachments.flatMap(({ name, mediaType, bytes }) => [
    `--${boundary}`, `Content-Type: ${/^[\w.+-]+\/[\w.+-]+$/.test(mediaType) && mediaType !== 'message/rfc822' ? mediaType : 'application/octet-stream'}`, `Content-Disposition: attachment; filename*=utf-8''${encodeURIComponent(name.toWellFormed())}`, 'Content-Transfer-Encoding: base64', '', base64(bytes),
  ]);
  return Uint8Array.from(Buffer.from([...fields, 'MIME-Version: 1.0', `Content-Type: multipart/mixed; boundary="${boundary}"`, ...body, ...parts, `--${boundary}--`, ''].join('\r\n')));
}

/** A mailbox as a header writes it. */
export function mailboxText(name: string, address: string): string {
  const isAddress = /^[^\s<>@]+@[^\s<>@]+$/.test(address);
  const shown = oneLine(name === '' && !isAddress ? address : name);
  if (shown === '' || shown === address) return isAddress ? `<${address}>` : encoded(shown);
  return isAddress ? `${encoded(shown)} <${address}>` : encoded(shown);
}

/** Fields with their folded lines, without those that speak of the body. */
function travelledFields(headers: string): string[] {
  const unfolded: string[] = [];
  for (const line of headers.split(/\r\n|\n|\r/)) {
    if (/^[ \t]/.test(line) && unfolded.length > 0) unfolded[unfolded.length - 1] += `\r\n${line}`;
    else if (/^[!-9;-~]{1,76}[ \t]*:/.test(line)) unfolded.push(line);
  }
  return unfolded.filter((field) => !bodyFields.test(field.slice(0, field.indexOf(':')).trim()));
}

/** A phrase or a text of a header: an encoded word (RFC 2047) where plain characters would not do. */
function encoded(text: string): string {
  const line = oneLine(text);
  if (/^[\w ./+&'!?#-]*$/.test(line)) return line;
  const words: string[] = [];
  for (let rest = Array.from(line); rest.length > 0; rest = rest.slice(12)) words.push(`=?utf-8?B?${Buffer.from(rest.slice(0, 12).join('')).toString('base64')}?=`);
  return words.join('\r\n ');
}

const oneLine = (text: string): string => text.replace(/[\s\0]+/g, ' ').trim();

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64').replace(/.{76}(?=.)/g, '$&\r\n');
}
