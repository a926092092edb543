import { openPst, PSTAppointment, PSTContact, PSTMessage } from '@hiraokahypertools/pst-extractor';
import type { IPSTFile, IPSTFolder, PSTAttachment } from '@hiraokahypertools/pst-extractor';
import { cachedSource, type ByteSource } from '../byte-source.ts';
import { nameOfCodePage } from '../code-pages.ts';
import { composeMail, mailboxText } from '../compose-mail.ts';
import type { OutlookAttachment, OutlookMessage } from '../compose-mail.ts';
import { ExtractFailure, reasons } from '../extracted.ts';
import type { Extracted } from '../extracted.ts';
import { largestMemberBytes, readMembers } from '../members.ts';
import type { MemberSink } from '../members.ts';
import { rtfText } from '../rtf-text.ts';
import { decodeText } from '../text-encoding.ts';

const deepestFolder = 64;
const deepestMessage = 16;
/** [MS-OXPROPS] 2.754 and 2.763. */
const htmlTag = 0x1013;
const codePageTag = 0x3fde;
const byReference = new Set([2, 3, 4]);

/**
 * An Outlook store ([MS-PST]; PST and OST) of any size, read by ranges with pst-extractor: folders become paths, each message a child in
 * the form of an Internet message, contacts and appointments with their particulars as text. An item that cannot be read is listed as
 * damaged and the rest goes on.
 */
export async function extractOutlookStore(source: ByteSource, _name: string, mediaType: string, sink: MemberSink): Promise<Extracted> {
  return readMembers(async () => {
    const store = await open(cachedSource(source));
    await takeFolder(await store.getRootFolder(), '', 0, sink);
  }, sink, { mediaType, extractor: 'outlook store 2 (@hiraokahypertools/pst-extractor)' }, reasons.damaged('Outlook store'));
}

function open(source: ByteSource): Promise<IPSTFile> {
  return openPst({
    readFile: async (buffer, offset, length, position) => {
      const bytes = await source.read(position, length);
      new Uint8Array(buffer).set(bytes, offset);
      return bytes.length;
    },
    close: async () => undefined,
  }, { ansiEncoding: 'windows-1252', provideFallbackTypeConverterOf: () => async () => undefined });
}

async function takeFolder(folder: IPSTFolder, path: string, depth: number, sink: MemberSink): Promise<void> {
  if (depth > deepestFolder) return sink.lose(`${path}/folders`, reasons.memberDamaged);
  let subfolders: IPSTFolder[] = [];
  try {
    subfolders = await folder.getSubFolders();
  } catch {
    await sink.lose(`${path}/folders`, reasons.memberDamaged);
  }
  for (const subfolder of subfolders) await takeFolder(subfolder, `${path}${part(subfolder.displayName) || 'folder'}/`, depth + 1, sink);
  let count: number;
  try {
    count = await folder.getEmailCount();
  } catch {
    return sink.lose(`${path}messages`, reasons.memberDamaged);
  }
  for (let number = 1; number <= count; number += 1) {
    let made: { readonly path: string; readonly bytes: Uint8Array } | null;
    try {
      const item: unknown = await folder.getEmail(number - 1);
      made = item instanceof PSTMessage ? await fileOf(item, path, number) : null;
    } catch {
      made = null;
    }
    if (made === null) await sink.lose(`${path}message-${number}`, reasons.memberDamaged);
    else await sink.add(made);
  }
}

async function fileOf(item: PSTMessage, path: string, number: number): Promise<{ readonly path: string; readonly bytes: Uint8Array }> {
  const message = await messageOf(item, 0);
  return { path: `${path}${part(message.subject) || `message-${number}`}.eml`, bytes: composeMail(message) };
}

const part = (name: string): string => name.replace(/[/\\]/g, ' ').trim().slice(0, 120);

async function messageOf(item: PSTMessage, depth: number): Promise<OutlookMessage> {
  const people = await peopleOf(item);
  const html = htmlOf(item);
  const body = item.body.trim() !== '' || html.trim() !== '' ? item.body : rtfText(item.bodyRTF).text;
  const particulars = particularsOf(item);
  return {
    headers: item.transportMessageHeaders,
    from: mailboxText(item.senderName || item.sentRepresentingName, item.senderEmailAddress || item.sentRepresentingEmailAddress),
    to: people.to.length > 0 ? people.to : item.displayTo.split(';').filter((name) => name.trim() !== '').map((name) => mailboxText(name, '')),
    cc: people.cc.length > 0 ? people.cc : item.displayCC.split(';').filter((name) => name.trim() !== '').map((name) => mailboxText(name, '')),
    subject: item.subject || (item instanceof PSTContact ? item.transmittableDisplayName : ''),
    sentAt: item.clientSubmitTime ?? item.messageDeliveryTime ?? (item instanceof PSTAppointment ? item.startTime : null) ?? item.creationTime,
    messageId: item.internetMessageId,
    inReplyTo: item.inReplyToId,
    text: particulars === '' ? body : `${particulars}\n\n${body === '' ? '' : body}`,
    html,
    attachments: await attachmentsOf(item, depth),
  };
}

/** [MS-OXCMSG] 2.2.1.56.9: PidTagHtml holds bytes, in the code page that PidTagInternetCodepage names; some writers put characters there. */
function htmlOf(item: PSTMessage): string {
  const value: unknown = item.getProperty(htmlTag)?.value;
  const codePage: unknown = item.getProperty(codePageTag)?.value;
  return value instanceof ArrayBuffer ? decodeText(new Uint8Array(value), typeof codePage === 'number' ? nameOfCodePage(codePage) : null).text : item.bodyHTML;
}

async function peopleOf(item: PSTMessage): Promise<{ readonly to: readonly string[]; readonly cc: readonly string[] }> {
  const to: string[] = [];
  const cc: string[] = [];
  try {
    for (const person of await item.getRecipients()) {
      const list = person.recipientType === 2 ? cc : person.recipientType === 1 ? to : null;
      list?.push(mailboxText(person.displayName, person.smtpAddress || person.emailAddress));
    }
  } catch {
    // A damaged table of recipients: the names in the message's own line stand in for it.
    return { to: [], cc: [] };
  }
  return { to, cc };
}

/** What a contact or an appointment has beside a body, a line each. */
function particularsOf(item: PSTMessage): string {
  const lines: (readonly [string, string | Date | null])[] = [];
  if (item instanceof PSTContact) {
    lines.push(['Name', item.transmittableDisplayName], ['Company', item.companyName], ['Department', item.departmentName], ['Title', item.title], ['E-mail', item.email1EmailAddress], ['E-mail', item.email2EmailAddress], ['Business phone', item.businessTelephoneNumber],
      ['Mobile', item.mobileTelephoneNumber], ['Home phone', item.homeTelephoneNumber], ['Business address', item.workAddress], ['Home address', item.homeAddress]);
  } else if (item instanceof PSTAppointment) lines.push(['Start', item.startTime], ['End', item.endTime], ['Location', item.location], ['Attendees', item.allAttendees]);
  return lines.flatMap(([name, value]) => (value === null || value === '' ? [] : [`${name}: ${typeof value === 'string' ? value : value.toISOString()}`])).join('\n');
}

async function attachmentsOf(item: PSTMessage, depth: number): Promise<OutlookAttachment[]> {
  const made: OutlookAttachment[] = [];
  for (const attachment of await item.getAttachments()) {
    const inner = await attachment.getEmbeddedPSTMessage();
    if (inner !== null) {
      if (depth >= deepestMessage) throw new ExtractFailure(reasons.memberDamaged);
      const message = await messageOf(inner, depth + 1);
      made.push({ name: `${message.subject || 'message'}.eml`, mediaType: 'application/octet-stream', bytes: composeMail(message) });
    } else if (!byReference.has(attachment.attachMethod)) made.push({ name: attachment.longFilename || attachment.filename, mediaType: attachment.mimeTag, bytes: contentOf(attachment) });
  }
  return made;
}

function contentOf(attachment: PSTAttachment): Uint8Array {
  const content = attachment.fileData;
  if (content !== undefined && content.byteLength > largestMemberBytes) throw new ExtractFailure(reasons.memberDamaged);
  return content === undefined ? new Uint8Array() : new Uint8Array(content);
}
