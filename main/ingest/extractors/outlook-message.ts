import { decompressRTF } from '@kenjiuno/decompressrtf';
import imported from '@kenjiuno/msgreader';
import type { FieldsData } from '@kenjiuno/msgreader';
import library from '@kenjiuno/msgreader/package.json' with { type: 'json' };
import { composeMail, mailboxText } from '../compose-mail.ts';
import type { OutlookAttachment, OutlookMessage } from '../compose-mail.ts';
import { ExtractFailure, reasons } from '../extracted.ts';
import type { Extracted } from '../extracted.ts';
import { rtfText } from '../rtf-text.ts';
import { decodeText } from '../text-encoding.ts';
import { extractMail } from './mail.ts';

type MsgReader = InstanceType<typeof imported>;
// Node gives the whole CommonJS module for its default, a bundler the default itself.
const Reader = typeof imported === 'function' ? imported : (imported as { readonly default: typeof imported }).default;

const deepestMessage = 16;

/**
 * An Outlook message ([MS-OXMSG]), read with msgreader: body, headers as they travelled, people, attachments. It is put into the form of
 * an Internet message and read as one, so that both come out alike; messages that hang on it become children in that form.
 */
export async function extractOutlookMessage(bytes: Uint8Array, _name: string, mediaType: string): Promise<Extracted> {
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
  let mail: Uint8Array;
  try {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- slice of an ArrayBuffer is one; the typings allow a shared one
    const reader = new Reader(buffer as ArrayBuffer);
    mail = composeMail(messageOf(reader, reader.getFileData(), 0));
  } catch (cause) {
    throw new ExtractFailure(reasons.damaged('Outlook message'), cause);
  }
  return { ...(await extractMail(mail)), mediaType, extractor: `outlook message 1 (msgreader ${library.version})` };
}

function messageOf(reader: MsgReader, fields: FieldsData, depth: number): OutlookMessage {
  const people = (kind: 'to' | 'cc'): string[] => (fields.recipients ?? []).filter(({ recipType }) => (recipType ?? 'to') === kind).map((person) => mailboxText(person.name ?? '', person.smtpAddress ?? person.email ?? ''));
  return {
    headers: fields.headers ?? '',
    from: mailboxText(fields.senderName ?? '', fields.senderSmtpAddress ?? fields.creatorSMTPAddress ?? fields.senderEmail ?? ''),
    to: people('to'),
    cc: people('cc'),
    subject: fields.subject ?? '',
    sentAt: dateOf(fields.clientSubmitTime ?? fields.messageDeliveryTime ?? fields.creationTime),
    messageId: fields.messageId ?? '',
    inReplyTo: '',
    ...bodyOf(fields),
    attachments: (fields.attachments ?? []).flatMap((attachment) => attachmentOf(reader, attachment, depth)),
  };
}

function bodyOf(fields: FieldsData): { readonly text: string; readonly html: string } {
  const text = fields.body ?? '';
  const html = fields.bodyHtml ?? (fields.html === undefined ? '' : decodeText(fields.html).text);
  if (text.trim() !== '' || html.trim() !== '' || fields.compressedRtf === undefined) return { text, html };
  return { text: rtfText(Buffer.from(decompressRTF(Array.from(fields.compressedRtf))).toString('latin1')).text, html };
}

function attachmentOf(reader: MsgReader, attachment: FieldsData, depth: number): OutlookAttachment[] {
  const name = attachment.fileName ?? attachment.fileNameShort ?? attachment.name ?? '';
  if (attachment.innerMsgContentFields !== undefined) {
    if (depth >= deepestMessage) throw new ExtractFailure(reasons.damaged('Outlook message'));
    const inner = messageOf(reader, attachment.innerMsgContentFields, depth + 1);
    return [{ name: `${inner.subject || name || 'message'}.eml`, mediaType: 'application/octet-stream', bytes: composeMail(inner) }];
  }
  if (attachment.dataId === undefined) return [];
  const { content } = reader.getAttachment(attachment);
  return [{ name, mediaType: attachment.attachMimeTag ?? '', bytes: content }];
}

function dateOf(written: string | undefined): Date | null {
  const time = Date.parse(written ?? '');
  return Number.isFinite(time) && time >= 0 ? new Date(time) : null;
}
