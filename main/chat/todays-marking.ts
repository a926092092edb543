/**
 * What an answer counts as today. A marking is kept with each answer, and what it was made from may have been raised since: the quotes, the passages
 * and earlier turns that were sent for it, the documents that a plan found. Today's marks join what was kept and never lower it. What an answer
 * rested on and is no longer there, or stands there no more, or was not kept, counts as the case's system-high.
 */
import type { Marking, TurnId } from '../../preload/contract/domains/basics.ts';
import type { Citation, SentSource } from '../../preload/contract/domains/chat.ts';
import type { FoundItem } from '../../preload/contract/domains/exhaustive.ts';
import { joinMarkings, viewMarking } from '../policy/index.ts';
import { findDocument, listOps, readBody, readContent, readSending, readTurn, type CaseStore, type TurnRow } from '../store/index.ts';
import { createPacer, keptItems } from './exhaustive/list-items.ts';
import { rememberMarks } from './span-marks.ts';

/** Today's markings of what one look needs; documents are read once. Not for keeping: marks that are set later are not seen. */
export interface TodaysMarkings {
  /** Of an answered turn: what was kept and all that it rests on. Gives way while a long list is gone through, of which the first `mostItems` count. */
  readonly of: (turn: TurnRow, mostItems?: number) => Promise<Marking>;
  /** Of quotes alone; null for none. */
  readonly ofCitations: (citations: readonly Citation[]) => Marking | null;
  /** The portion mark of a quote. */
  readonly portionOf: (citation: Citation) => string;
  /** Of titles and paths that stand beside quotes; null for none. */
  readonly ofTitles: (citations: readonly Citation[]) => Marking | null;
}

/** Texts that are held at once while quotes are compared. */
const mostBodies = 100;

const joinAll = (markings: readonly Marking[]): Marking | null => (markings.length === 0 ? null : markings.reduce((sum, one) => joinMarkings(sum, one)));

/** Opens a look at today's marks. */
export function lookAtTodaysMarks(store: CaseStore): TodaysMarkings {
  const marksOf = rememberMarks(store);
  const bodies = new Map<number, string>();
  const known = new Map<TurnId, Marking>();
  const pace = createPacer();
  const bodyOf = (content: number): string => {
    const body = bodies.get(content) ?? readBody(store.read, content) ?? '';
    bodies.delete(content);
    bodies.set(content, body);
    for (const oldest of bodies.keys()) {
      if (bodies.size <= mostBodies) break;
      bodies.delete(oldest);
    }
    return body;
  };
  const ofCitation = ({ document: id, start, end, quote }: Citation): Marking => {
    const document = findDocument(store.read, id);
    if (document === null || document.content === null || end <= start) return store.marking;
    const { marking } = marksOf.ofSpan({ document, start, end });
    return bodyOf(document.content).slice(start, end) === quote ? marking : joinMarkings(store.marking, marking);
  };
  const ofSource = ({ document: id, start, end, textVersion, hasTitle }: SentSource): Marking => {
    const document = findDocument(store.read, id);
    if (document === null || document.content === null || end <= start) return store.marking;
    const { marking } = marksOf.ofSpan({ document, start, end });
    const whole = hasTitle ? joinMarkings(marking, marksOf.ofTitle(document)) : marking;
    return readContent(store.read, document.content).textVersion === textVersion ? whole : joinMarkings(joinMarkings(store.marking, marksOf.ofTitle(document)), whole);
  };
  const ofItem = ({ document: id, start, end }: Pick<FoundItem, 'document' | 'start' | 'end'>): Marking => {
    const document = findDocument(store.read, id);
    if (document === null) return store.marking;
    const title = marksOf.ofTitle(document);
    return document.content === null || start === null || end === null || end <= start ? title : joinMarkings(title, marksOf.ofSpan({ document, start, end }).marking);
  };
  const ofCitations = (citations: readonly Citation[]): Marking | null => joinAll(citations.map(ofCitation));

  async function of(turn: TurnRow, mostItems = Number.MAX_SAFE_INTEGER): Promise<Marking> {
    const { id, answer } = turn;
    if (answer === null) return store.marking;
    const before = known.get(id);
    if (before !== undefined) return before;
    known.set(id, store.marking); // a turn that names itself among those before it, which only a damaged case has, ends here
    let sum = joinMarkings(answer.marking.marking, ofCitations(answer.citations) ?? answer.marking.marking);
    const add = (marking: Marking): void => { sum = joinMarkings(sum, marking); };
    // A question that nobody marked counts as its case, as the case is marked now.
    if (listOps(store.read, `turn:${id}`).some((op) => op.kind === 'turn.asked' && op.marking === null)) add(store.marking);
    for (const earlier of answer.leansOn ?? []) {
      const row = readTurn(store.read, earlier);
      add(row === null ? store.marking : await of(row, mostItems));
    }
    if (answer.exhaustive !== undefined) {
      const { plan, listed } = answer.exhaustive;
      if (plan.kind === 'table') add(ofItem({ document: plan.document, start: 0, end: Number.MAX_SAFE_INTEGER }));
      for (const item of await keptItems(store, id, 0, Math.min(listed, mostItems))) {
        // A model's words rest on all that it read of a document, not on the quote alone.
        add(ofItem(plan.kind === 'model' ? { document: item.document, start: 0, end: Number.MAX_SAFE_INTEGER } : item));
        await pace();
      }
    } else if (answer.model.kind === 'endpoint') {
      const sending = readSending(store.read, id);
      if (sending?.sources === undefined || sending.turns === undefined) add(store.marking);
      for (const source of sending?.sources ?? []) add(ofSource(source));
      for (const earlier of sending?.turns ?? []) {
        const row = readTurn(store.read, earlier);
        add(row === null ? store.marking : await of(row, mostItems));
      }
    }
    known.set(id, sum);
    return sum;
  }
  return {
    of, ofCitations,
    portionOf: (citation) => viewMarking(ofCitation(citation)).portion,
    ofTitles: (citations) => joinAll(citations.map(({ document: id }) => {
      const document = findDocument(store.read, id);
      return document === null ? store.marking : marksOf.ofTitle(document);
    })),
  };
}
