import { PSTFile, PSTMessage } from 'pst-extractor';
import type { PSTAttachment, PSTFolder } from 'pst-extractor';
import { PSTAppointment } from 'pst-extractor/dist/PSTAppointment.class.js';
import { PSTContact } from 'pst-extractor/dist/PSTContact.class.js';
import library from 'pst-extractor/package.json' with { type: 'json' };
import type { ByteSource } from '../byte-source.ts';
import { composeMail, mailboxText } from '../compose-mail.ts';
import type { OutlookAttachment, OutlookMessage } from '../compose-mail.ts';
import { ExtractFailure, reasons } from '../extracted.ts';
import type { Extracted } from '../extracted.ts';
import { largestMemberBytes, readMembers } from '../members.ts';
import type { MemberSink } from '../members.ts';
import { rtfText } from '../rtf-text.ts';

const searchFolder = 3;
const deepestFolder = 64;
const deepestMessage = 16;
const byReference = new Set([2, 3, 4]);

/**
 * An Outlook store ([MS-PST]; PST and OST), read with pst-extractor: folders become paths, each message a child in the form of an
 * Internet message, contacts and appointments with their particulars as text. An item that cannot be read is listed as damaged and the
 * rest goes on. The library wants the whole store in memory, so a store above what a file may be is kept and not read.
 */
export async function extractOutlookStore(source: ByteSource, _name: string, mediaType: string, sink: MemberSink): Promise<Extracted> {
  if (source.sizeBytes > largestMemberBytes) throw new ExtractFailure(reasons.storeTooLarge);
  const bytes = await source.read(0, source.sizeBytes);
  return readMembers(async () => {
    const store = new PSTFile(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
    await takeFolder(store.getRootFolder(), '', 0, sink);
  }, sink, { mediaType, extractor: `outlook store 1 (pst-extractor ${library.version})` }, reasons.damaged('Outlook store'));
}

async function takeFolder(folder: PSTFolder, path: string, depth: number, sink: MemberSink): Promise<void> {
  if (depth > deepestFolder) return sink.lose(`${path}/folders`, reasons.memberDamaged);
  let subfolders: PSTFolder[] = [];
  try {
    if (folder.hasSubfolders) subfolders = folder.getSubFolders();
  } catch {
    await sink.lose(`${path}/folders`, reasons.memberDamaged);
  }
  for (const subfolder of subfolders) await takeFolder(subfolder, `${path}${part(subfolder.displayName) || 'folder'}/`, depth + 1, sink);
  const count = folder.contentCount;
  for (let number = 1; number <= count; number += 1) {
    let made: { readonly path: string; readonly bytes: Uint8Array } | null;
    try {
      const item: unknown = folder.getNextChild();
      if (item === null || item === undefined) {
        // The library passes over what it cannot load; a search folder (NID type 3, [MS-PST] 2.2.2.1) only counts what lies in others.
        if (folder.getNodeType() !== searchFolder) await sink.lose(`${path}messages`, reasons.messagesLost(count - number + 1));
        return;
      }
      made = item instanceof PSTMessage ? fileOf(item, path, number) : null;
    } catch {
      if (!passOver(folder, number)) return sink.lose(`${path}messages`, reasons.messagesLost(count - number + 1));
      made = null;
    }
    if (made === null) await sink.lose(`${path}message-${number}`, reasons.memberDamaged);
    else await sink.add(made);
  }
}

/** Goes on behind the message of this number; false when the folder cannot be read at all. */
function passOver(folder: PSTFolder, number: number): boolean {
  try {
    folder.moveChildCursorTo(number);
    return true;
  } catch {
    return false;
  }
}

function fileOf(item: PSTMessage, path: string, number: number): { readonly path: string; readonly bytes: Uint8Array } {
  const message = messageOf(item, 0);
  return { path: `${path}${part(message.subject) || `message-${number}`}.eml`, bytes: composeMail(message) };
}

const part = (name: string): string => name.replace(/[/\\]/g, ' ').trim().slice(0, 120);

function messageOf(item: PSTMessage, depth: number): OutlookMessage {
  const people = peopleOf(item);
  const html = item.bodyHTML;
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
    attachments: attachmentsOf(item, depth),
  };
}

function peopleOf(item: PSTMessage): { readonly to: readonly string[]; readonly cc: readonly string[] } {
  const to: string[] = [];
  const cc: string[] = [];
  try {
    for (let number = 0; number < item.numberOfRecipients; number += 1) {
      const person = item.getRecipient(number);
      if (person === null) continue;
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

function attachmentsOf(item: PSTMessage, depth: number): OutlookAttachment[] {
  const made: OutlookAttachment[] = [];
  for (let number = 0; number < item.numberOfAttachments; number += 1) {
    const attachment = item.getAttachment(number);
    const inner = attachment.embeddedPSTMessage;
    if (inner !== null) {
      if (depth >= deepestMessage) throw new ExtractFailure(reasons.memberDamaged);
      const message = messageOf(inner, depth + 1);
      made.push({ name: `${message.subject || 'message'}.eml`, mediaType: 'application/octet-stream', bytes: composeMail(message) });
    } else if (!byReference.has(attachment.attachMethod)) made.push({ name: attachment.longFilename || attachment.filename, mediaType: attachment.mimeTag, bytes: contentOf(attachment) });
  }
  return made;
}

function contentOf(attachment: PSTAttachment): Uint8Array {
  const stream = attachment.fileInputStream;
  if (stream === null) return new Uint8Array();
  const sizeBytes = stream.length.toNumber();
  if (sizeBytes < 0 || sizeBytes > largestMemberBytes) throw new ExtractFailure(reasons.memberDamaged);
  const bytes = Buffer.alloc(sizeBytes);
  stream.readCompletely(bytes);
  return bytes;
}
