/** One pass over texts that were not compared yet: near-duplicates and threads. Reads only; what it finds is for the writer to keep. */
import { iterateMessages, iteratePivots, listAttachedContents, listUngrouped, readForGroups, type ReadDb } from '../../store/reader.ts';
import { headerFacts, printedFacts, type MessageFacts } from './message-facts.ts';
import { nearGroups, type NearPlace } from './near-groups.ts';
import { recent } from './recent.ts';
import { createThreads, type KnownMessage } from './threads.ts';
import { isCarriedBy, squeezed, type Carried } from './within.ts';

export interface GroupedText extends NearPlace {
  readonly content: number;
  readonly version: number;
}

/** What a part of a pass found. Empty with `isLast` when nothing waits any more. */
export interface GroupBatch {
  readonly texts: readonly GroupedText[];
  /** Texts that were read anew and stay where they stand. */
  readonly confirmed: readonly { readonly content: number; readonly version: number }[];
  readonly messages: readonly KnownMessage[];
  readonly merged: readonly { readonly from: number; readonly into: number }[];
  readonly within: readonly { readonly content: number; readonly within: number }[];
  /** Where the next part goes on. */
  readonly after: number;
  readonly isLast: boolean;
}

/** What the thread of groups answers. A type, so that it fits ThreadRequests. */
export type GroupRequests = {
  /** The next part of a pass, after the given content; null begins a pass with what the case keeps. */
  readonly next: { readonly input: number | null; readonly output: GroupBatch };
};

/** Texts of one part, and the time it may take. */
const partTexts = 256;
const partMs = 150;
/** Messages of a thread that are compared with a new one, those sent nearest to it. */
const mostCarried = 40;
/** Squeezed texts that are kept at hand. */
const keptTexts = 200;
/** Of a message's words, this many letters tell whether another quotes it. */
const quotedChars = 160;

/** A pass over a case, with what is known of it so far. Each part must be kept before the next is asked for. */
export interface GroupPass {
  readonly next: (db: ReadDb, after: number) => GroupBatch;
}

/** A pass that begins with what the case keeps. */
export function groupPass(first: ReadDb): GroupPass {
  let db = first;
  const near = nearGroups((content) => readForGroups(db, content)?.body ?? '');
  for (const { content, bands } of iteratePivots(db)) near.know(content, bands);
  const threads = createThreads();
  const known = new Set<number>();
  const within = new Set<number>();
  for (const { content, thread, ids, subject, people, sent_at: sentAt, is_reply: isReply, within: carrier } of iterateMessages(db)) {
    threads.know({ content, thread, facts: { ids, subject, people, sentAt, isReply: isReply === 1 } });
    known.add(content);
    if (carrier !== null) within.add(content);
  }
  const carriedOf = recent(keptTexts, (content): Carried => {
    const found = readForGroups(db, content);
    return { text: found === null ? '' : squeezed(found.body, factsOf(found)?.start ?? 0), attachments: listAttachedContents(db, content) };
  });
  const quotes = (one: number) => (other: number): boolean => {
    const [left, right] = [carriedOf(one).text, carriedOf(other).text];
    const quotesIt = (whole: string, part: string): boolean => part.length >= quotedChars && whole.includes(part.slice(0, quotedChars));
    return quotesIt(left, right) || quotesIt(right, left);
  };

  /** Which messages add nothing now that this one has come. */
  const carry = (message: KnownMessage): { content: number; within: number }[] => {
    const at = (other: KnownMessage): number => Math.abs((other.facts.sentAt ?? 0) - (message.facts.sentAt ?? 0));
    const others = threads.messagesOf(message.thread).filter((other) => other.content !== message.content).sort((a, b) => at(a) - at(b)).slice(0, mostCarried);
    const found: { content: number; within: number }[] = [];
    const note = (content: number, carrier: number): void => {
      within.add(content);
      found.push({ content, within: carrier });
    };
    for (const other of others) {
      if (!within.has(other.content) && isCarriedBy(carriedOf(other.content), carriedOf(message.content))) note(other.content, message.content);
      else if (!within.has(message.content) && isCarriedBy(carriedOf(message.content), carriedOf(other.content))) note(message.content, other.content);
    }
    return found;
  };

  return {
    next: (reader, after) => {
      db = reader;
      const endMs = performance.now() + partMs;
      const texts: GroupedText[] = [];
      const confirmed: { content: number; version: number }[] = [];
      const messages: KnownMessage[] = [];
      const merged: { from: number; into: number }[] = [];
      const carried: { content: number; within: number }[] = [];
      const waiting = listUngrouped(db, after, partTexts);
      let last = after;
      for (const { content, version, pivot, isPlain } of waiting) {
        if (last !== after && performance.now() > endMs) break;
        last = content;
        const found = readForGroups(db, content);
        if (pivot !== null && isPlain === 0) confirmed.push({ content, version });
        else texts.push({ content, version, ...(found === null ? { pivot: content, similarity: 1, bands: null } : near.place(content, found.body)) });
        const facts = found === null || known.has(content) ? null : factsOf(found);
        if (facts === null) continue;
        const joined = threads.join(content, facts, quotes(content));
        const message: KnownMessage = { content, thread: joined.thread, facts };
        known.add(content);
        messages.push(message);
        merged.push(...joined.merged.map((from) => ({ from, into: joined.thread })));
        carried.push(...carry(message));
      }
      return { texts, confirmed, messages, merged, within: carried, after: last, isLast: waiting.length < partTexts && last === (waiting.at(-1)?.content ?? after) };
    },
  };
}

/** Kinds whose texts may be printed messages. */
const printedTypes = new Set(['text', 'pdf', 'word', 'web-page', 'markdown', 'image']);

function factsOf({ type, mail, body }: { readonly type: string; readonly mail: Parameters<typeof headerFacts>[0] | null; readonly body: string }): MessageFacts | null {
  if (mail !== null) return headerFacts(mail);
  return printedTypes.has(type) ? printedFacts(body) : null;
}
