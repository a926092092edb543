/** What a message says of itself that threads are made of: ids, subject, people, time. From its headers, or from a block of them in the text. */
import type { MailHeaders } from '../../../preload/contract/domains/documents.ts';

export interface MessageFacts {
  /** Its own id first ('' when it has none), then those of the messages before it, nearest first. */
  readonly ids: readonly string[];
  /** The subject without what replies and lists put before it, in lower case. */
  readonly subject: string;
  readonly isReply: boolean;
  /** Addresses and names, as far as they tell people apart, sorted. */
  readonly people: readonly string[];
  readonly sentAt: number | null;
  /** Where its own words begin in the text. */
  readonly start: number;
}

const replyMark = /^(?:re|fw|fwd|aw|wg|antw|sv|vs|vb|tr|rv|res|enc|odp|ynt)(?:\s*\[\d+\])?\s*[:;]\s*/i;
const listMark = /^\[[^\]]{1,40}\]\s*/;

/** A subject without its marks of replying, forwarding and lists. */
export function baseSubject(subject: string): { readonly subject: string; readonly isReply: boolean } {
  let rest = subject.replace(/\s+/g, ' ').trim();
  let isReply = false;
  for (;;) {
    const without = rest.replace(replyMark, '');
    if (without !== rest) isReply = true;
    const bare = without.replace(listMark, '');
    if (bare === rest || bare === '') return { subject: (bare === '' ? without : rest).toLowerCase(), isReply };
    rest = bare;
  }
}

/** A person by address, and by the words of the name in any order: "Reed, Ann" and "Ann Reed" are one. */
export function personKeys(name: string, address: string): string[] {
  const words = name.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return [...(address.includes('@') ? [address.toLowerCase().replace(/[^\p{L}\p{N}@._+-]/gu, '')] : []), ...(words.length > 0 && !name.includes('@') ? [words.sort().join(' ')] : [])];
}

const idOf = (id: string): string => id.trim().replace(/^<|>$/g, '');

/** The facts of a message by its headers. */
export function headerFacts(mail: MailHeaders): MessageFacts {
  const { subject, isReply } = baseSubject(mail.subject);
  const before = [...(mail.inReplyTo === null ? [] : [mail.inReplyTo]), ...[...(mail.references ?? [])].reverse()].map(idOf).filter((id) => id !== '');
  const people = [...mail.from, ...mail.to, ...mail.cc].flatMap(({ name, address }) => personKeys(name, address));
  return { ids: [mail.messageId === null ? '' : idOf(mail.messageId), ...new Set(before)], subject, isReply, people: [...new Set(people)].sort(), sentAt: mail.sentAt, start: 0 };
}

/** A field of a printed header. Scans lose the colon; then only a wide gap tells it from prose. */
const printedField = /^[ \t]*(from|sent|date|to|cc|bcc|subject)(?:[ \t]*:|(?=[ \t]{3,}))[ \t]*(.*)$/i;
/** Where a printed header is looked for, and how far it reaches. */
const headLines = 40;
const mostHeadChars = 6000;

/** The facts of a message that was printed or saved as text with its header above it; null for any other text. */
export function printedFacts(body: string): MessageFacts | null {
  const lines = body.slice(0, mostHeadChars).split('\n');
  const fields = new Map<string, string>();
  let start = 0;
  let at = 0;
  let gap = 0;
  for (const [index, line] of lines.entries()) {
    const [, name, value = ''] = printedField.exec(line) ?? [];
    if (name === undefined ? fields.size > 0 && (gap += 1) > 3 : fields.has(name.toLowerCase())) break;
    if (fields.size === 0 && index > headLines) break;
    at += line.length + 1;
    if (name === undefined) continue;
    gap = 0;
    fields.set(name.toLowerCase(), value.trim());
    start = at;
  }
  const [from, to, subject] = ['from', 'to', 'subject'].map((name) => fields.get(name));
  const date = fields.get('sent') ?? fields.get('date');
  if (from === undefined || from === '' || subject === undefined || (to === undefined && date === undefined)) return null;
  const people = [from, to ?? '', fields.get('cc') ?? ''].flatMap(printedPeople);
  const sentAt = date === undefined ? NaN : Date.parse(`${date.replace(/\s+at\s+/i, ' ')} UTC`);
  return { ids: [''], ...baseSubject(subject), people: [...new Set(people)].sort(), sentAt: Number.isFinite(sentAt) ? sentAt : null, start: Math.min(start, body.length) };
}

function printedPeople(list: string): string[] {
  return list.split(/;|(?<=>)\s*,/).flatMap((person) => {
    const [, name = '', address = ''] = /^([^<[]*)(?:[<[](?:mailto:)?\s*([^>\]]*))?/.exec(person.trim()) ?? [];
    return personKeys(name.includes('@') ? '' : name, name.includes('@') ? name.trim() : address.replace(/\s+/g, ''));
  });
}
