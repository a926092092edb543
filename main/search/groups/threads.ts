/**
 * E-mail threads, grown one message at a time. Headers join first: a message stands with any that it names, and with any that names it
 * (the linking of RFC 5256 and of J. Zawinski's algorithm, without its tree). Without them a message joins those of the same subject that
 * share a person and lie within a month, or whose words it quotes; one that is no reply never joins another that is none.
 */
import type { MessageFacts } from './message-facts.ts';

/** A message that is kept. */
export interface KnownMessage {
  readonly content: number;
  readonly thread: number;
  readonly facts: Pick<MessageFacts, 'ids' | 'subject' | 'isReply' | 'people' | 'sentAt'>;
}

interface Thread {
  readonly messages: KnownMessage[];
}

/** Where a message came to stand, and which threads became part of that one. */
export interface Joined {
  readonly thread: number;
  readonly merged: readonly number[];
}

export interface Threads {
  readonly know: (message: KnownMessage) => void;
  /** `quotes` says whether one of two messages stands in the other; it is asked only where people do not tell. */
  readonly join: (content: number, facts: MessageFacts, quotes: (other: number) => boolean) => Joined;
  readonly messagesOf: (thread: number) => readonly KnownMessage[];
}

const monthMs = 31 * 24 * 60 * 60_000;
const leastSubject = 3;
/** Threads of one subject that are looked at, the last ones first. */
const mostLooked = 64;
const mostQuoted = 4;

/** Threads without a message. A thread is named by the content of its first message, and keeps that name. */
export function createThreads(): Threads {
  const threads = new Map<number, Thread>();
  const threadById = new Map<string, number>();
  const threadsBySubject = new Map<string, Set<number>>();

  const know = (message: KnownMessage): void => {
    const { thread, facts } = message;
    const known = threads.get(thread) ?? { messages: [] };
    threads.set(thread, known);
    known.messages.push(message);
    for (const id of facts.ids) if (id !== '') threadById.set(id, thread);
    if (facts.subject.length < leastSubject) return;
    const alike = threadsBySubject.get(facts.subject) ?? new Set();
    threadsBySubject.set(facts.subject, alike);
    alike.add(thread);
  };
  const merge = (from: number, into: number): void => {
    const moved = threads.get(from)?.messages ?? [];
    threads.delete(from);
    for (const message of moved) {
      threadsBySubject.get(message.facts.subject)?.delete(from);
      know({ ...message, thread: into });
    }
  };
  const byHeaders = (facts: MessageFacts): number[] => [...new Set(facts.ids.flatMap((id) => threadById.get(id) ?? []))].sort((a, b) => a - b);

  const fits = (facts: MessageFacts, thread: number): number | null => {
    const messages = threads.get(thread)?.messages ?? [];
    // Headers that lead elsewhere have the last word.
    if (facts.ids.length > 1 && messages.some((other) => other.facts.ids.length > 1)) return null;
    if (!facts.isReply && messages.some((other) => !other.facts.isReply)) return null;
    if (!messages.some((other) => other.facts.people.some((person) => facts.people.includes(person)))) return null;
    const gaps = messages.map((other) => (facts.sentAt === null || other.facts.sentAt === null ? monthMs : Math.abs(facts.sentAt - other.facts.sentAt)));
    const gap = Math.min(...gaps);
    return gap <= monthMs ? gap : null;
  };
  const bySubject = (facts: MessageFacts, quotes: (other: number) => boolean): number | null => {
    const alike = [...(threadsBySubject.get(facts.subject) ?? [])].slice(-mostLooked);
    const fitting = alike.flatMap((thread) => {
      const gap = fits(facts, thread);
      return gap === null ? [] : [{ thread, gap }];
    }).sort((a, b) => a.gap - b.gap || a.thread - b.thread);
    return fitting[0]?.thread ?? alike.slice(-mostQuoted).find((thread) => threads.get(thread)?.messages.slice(-mostQuoted).some(({ content }) => quotes(content)) === true) ?? null;
  };
  return {
    know,
    messagesOf: (thread) => threads.get(thread)?.messages ?? [],
    join: (content, facts, quotes) => {
      const [first, ...others] = byHeaders(facts);
      const thread = first ?? bySubject(facts, quotes) ?? content;
      for (const other of others) merge(other, thread);
      know({ content, thread, facts });
      return { thread, merged: others };
    },
  };
}
