/** What an exhaustive answer found, kept in runs beside it and read back in pages. */
import { setImmediate } from 'node:timers/promises';
import type { Marking, TurnId } from '../../../preload/contract/domains/basics.ts';
import type { Citation, ShownItem } from '../../../preload/contract/domains/chat.ts';
import type { FoundItem, QuestionPlan } from '../../../preload/contract/domains/exhaustive.ts';
import { audited } from '../../audit/index.ts';
import { AppError } from '../../base/errors.ts';
import { joinMarkings, viewMarking } from '../../policy/index.ts';
import { appendOp, findDocument, pageAt, readBody, readHeads, readPages, readTurn, type CaseStore } from '../../store/index.ts';
import { rememberMarks, type MarksOfDocuments } from '../span-marks.ts';

/** Items of one op. */
const runItems = 200;
/** Work between two looks at what else waits. */
const stretchMs = 15;

const entityOf = (turn: TurnId, run: number): string => `list:${turn}:${run}`;

/** Gives way to whatever waits when a stretch of work has been long enough. */
export function createPacer(): () => Promise<void> {
  let until = performance.now() + stretchMs;
  return async () => {
    if (performance.now() < until) return;
    await setImmediate();
    until = performance.now() + stretchMs;
  };
}

/** Keeps what was found, run by run. `marking` is the roll-up of all of it. */
export async function keepItems(store: CaseStore, turn: TurnId, items: readonly FoundItem[], marking: Marking): Promise<void> {
  for (let from = 0, run = 0; from < items.length; from += runItems, run += 1) {
    audited(
      store,
      (db) => appendOp(store, db, { entity: entityOf(turn, run), kind: 'turn.listed', value: { turn, from, items: items.slice(from, from + runItems) }, marking }),
      (op) => ({ action: 'turn.listed', objects: [turn, op.id], marking: viewMarking(marking).banner, detail: { from, items: Math.min(runItems, items.length - from) } }),
    );
    await setImmediate();
  }
}

/** At most `limit` items from `offset` on as they were kept. Gives way between two runs of them. */
export async function keptItems(store: CaseStore, turn: TurnId, offset: number, limit: number): Promise<FoundItem[]> {
  const items: FoundItem[] = [];
  const pace = createPacer();
  for (let run = Math.floor(offset / runItems); items.length < limit; run += 1) {
    const kept = readHeads(store.read, entityOf(turn, run), 'turn.listed')[0]?.value;
    if (kept === undefined) break;
    items.push(...kept.items.slice(Math.max(0, offset - kept.from), offset + limit - kept.from));
    await pace();
  }
  return items.slice(0, Math.max(0, limit));
}

/** Items from `offset` on as they were found, with the documents they are of; `total` is how many are kept. Throws case.unknown-turn. */
export async function readItems(store: CaseStore, turn: TurnId, offset: number, limit: number): Promise<{ total: number; items: ShownItem[] }> {
  const row = readTurn(store.read, turn);
  if (row === null) throw new AppError('case.unknown-turn', 'There is no such question in this case.', { data: { turn } });
  const total = row.answer?.exhaustive?.listed ?? 0;
  const items = await keptItems(store, turn, offset, Math.min(limit, total - offset));
  const show = itemShower(store, rememberMarks(store), row.answer?.exhaustive?.plan.kind ?? 'query');
  const pace = createPacer();
  const shown: ShownItem[] = [];
  for (const [index, item] of items.entries()) {
    const made = show(item, offset + index + 1);
    if (made !== null) shown.push(made.item);
    await pace();
  }
  return { total, items: shown };
}

/**
 * Makes items ready to show: their document as it is now, their quote compared with the stored text. What a model says of a document in its
 * own words may come from anything that it was sent: such an item counts as all of that, and where that was not kept, as its whole document.
 * Null for a document that is gone.
 */
export function itemShower(store: CaseStore, marksOf: MarksOfDocuments, plan: QuestionPlan['kind']): (item: FoundItem, number: number) => { readonly item: ShownItem; readonly marking: Marking } | null {
  let last: { readonly content: number; readonly body: string } | null = null;
  return (found, number) => {
    const document = findDocument(store.read, found.document);
    if (document === null) return null;
    if (document.content !== null && last?.content !== document.content) last = { content: document.content, body: readBody(store.read, document.content) ?? '' };
    const { start, end, quote } = found;
    const stands = document.content !== null && start !== null && end !== null && quote !== null && end > start && last?.body.slice(start, end) === quote;
    const title = marksOf.ofTitle(document);
    const read = plan !== 'model' ? title : joinMarkings(title, found.marking ?? marksOf.ofSpan({ document, start: 0, end: Math.max(1, last?.body.length ?? 0) }).marking);
    const marking = stands ? joinMarkings(read, marksOf.ofSpan({ document, start, end }).marking) : read;
    const citation: Citation | null = !stands || document.content === null ? null : {
      number, document: document.id, documentNumber: document.document, title: document.title, path: document.path, page: pageAt(readPages(store.read, document.content), start), start, end, quote,
      check: 'verbatim', score: null, portion: viewMarking(marking).portion,
    };
    return { item: { number, document: document.id, documentNumber: document.document, title: document.title, path: document.path, mentions: found.mentions, cells: [...found.cells ?? []], citation, sending: found.sending ?? null }, marking };
  };
}
