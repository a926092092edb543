import PostalMime from 'postal-mime';
import type { Address, Email } from 'postal-mime';
import library from 'postal-mime/package.json' with { type: 'json' };
import type { MailHeaders, Mailbox } from '../../../preload/contract/domains/documents.ts';
import { canonicalText } from '../canonical-text.ts';
import { childNames } from '../child-names.ts';
import { ExtractFailure, reasons, toExtracted } from '../extracted.ts';
import type { ChildFile, Extracted } from '../extracted.ts';
import { htmlText } from '../html-text.ts';
import { decodeText } from '../text-encoding.ts';

const extractor = `mail 1 (postal-mime ${library.version})`;

/**
 * An Internet message (RFC 5322, MIME), read with postal-mime. The text is the plain body, else the text of the HTML body; where both say
 * different things, both. Headers stand apart. Attachments, inline files and forwarded messages become children. A message without a body but with headers is a
 * document without text that keeps its headers and children.
 */
export async function extractMail(bytes: Uint8Array): Promise<Extracted> {
  let email: Email;
  try {
    email = await PostalMime.parse(withoutEnvelope(bytes), { forceRfc822Attachments: true, attachmentEncoding: 'arraybuffer' });
  } catch (cause) {
    throw new ExtractFailure(reasons.damaged('mail'), cause);
  }
  const best = bestBody(canonicalText(email.text ?? ''), canonicalText(htmlText(email.html ?? '').text));
  const text = best === '' && email.attachments.length === 0 ? rawBody(bytes) : best;
  const mail = headersOf(email);
  return toExtracted({ type: 'mail', mediaType: 'message/rfc822', extractor, text, title: mail.subject || null, author: senderOf(mail), mail, children: childrenOf(email), reason: text === '' ? emptyBody : null });
}

/** What follows the headers as it stands: a message whose parts cannot be told apart, as one whose boundaries are broken, is not lost. */
function rawBody(bytes: Uint8Array): string {
  const { text } = decodeText(bytes);
  const end = /\r?\n\r?\n/.exec(text);
  return end === null ? '' : canonicalText(text.slice(end.index + end[0].length));
}

/** Words of the one form that the other must have to count as saying the same. */
const sameShare = 0.7;

/** The plain body; and the other one too where it says something else, as what a reader's program shows may be either. */
function bestBody(plain: string, html: string): string {
  if (plain === '' || html === '') return plain || html;
  const words = new Set(plain.toLowerCase().match(/[\p{L}\p{N}]{2,}/gu));
  const others = html.toLowerCase().match(/[\p{L}\p{N}]{2,}/gu) ?? [];
  const same = others.filter((word) => words.has(word)).length;
  return same >= others.length * sameShare ? plain : `${plain}\n\n${html}`;
}

/** A thread that names more messages is cut to the last ones. */
const mostReferences = 200;

const emptyBody = { code: 'mail.empty-body', sentence: 'The mail has no text of its own, only headers or attachments.' };

/** Mail folders put a "From " line before each message (RFC 4155), some copies of one a quoted one; neither it nor empty lines before it are headers. */
function withoutEnvelope(bytes: Uint8Array): Uint8Array {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, longestLead)).toString('latin1');
  return bytes.subarray(/^(?:\xef\xbb\xbf)?[\r\n]*(?:>?From [^\r\n]*\r?\n)?/.exec(head)?.[0].length ?? 0);
}

/** Of what stands before the headers this much is looked at. */
const longestLead = 4096;

function headersOf(email: Email): MailHeaders {
  const written = email.headers.find((header) => header.key === 'date')?.value.trim() ?? '';
  const sentAt = Date.parse(written.replace(/\s*\([^()]*\)\s*$/, ''));
  const references = (email.references ?? '').match(/<[^<>\s]+>/g);
  return {
    from: mailboxes(email.from === undefined ? [] : [email.from]),
    to: mailboxes(email.to ?? []),
    cc: mailboxes(email.cc ?? []),
    subject: oneLine(email.subject ?? ''),
    sentAt: Number.isFinite(sentAt) && sentAt >= 0 ? sentAt : null,
    sentAsWritten: oneLine(written) || null,
    messageId: oneLine(email.messageId ?? '') || null,
    inReplyTo: oneLine(email.inReplyTo ?? '') || null,
    ...(references === null ? {} : { references: references.slice(-mostReferences) }),
  };
}

/** Members stand for their group: who got the mail matters, not the list's name. */
function mailboxes(addresses: readonly Address[]): Mailbox[] {
  return addresses.flatMap((entry) => entry.group ?? [entry]).map(({ name, address }) => ({ name: oneLine(name), address: oneLine(address) }));
}

function senderOf(mail: MailHeaders): string | null {
  const sender = mail.from[0];
  return sender === undefined ? null : sender.name || sender.address || null;
}

function childrenOf(email: Email): ChildFile[] {
  const names = childNames(email.attachments.map((part) => ({ name: part.filename, mediaType: part.mimeType })));
  return email.attachments.map((part, index) => ({ name: names[index] ?? `attachment-${index + 1}`, bytes: contentOf(part.content) }));
}

function contentOf(content: ArrayBuffer | Uint8Array | string): Uint8Array {
  if (typeof content === 'string') return new TextEncoder().encode(content);
  return content instanceof Uint8Array ? content : new Uint8Array(content);
}

function oneLine(text: string): string {
  return canonicalText(text.replace(/\s+/g, ' ')).trim();
}
