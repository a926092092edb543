/** From a model's text to a kept answer: parsed, its stand-ins taken back, judged against the stored text, and kept as an op. */
import type { BatchId, OpId } from '../../../preload/contract/domains/basics.ts';
import type { BulkAnswer, BulkJudged } from '../../../preload/contract/domains/bulk.ts';
import { audited } from '../../audit/index.ts';
import type { Marking } from '../../../preload/contract/domains/basics.ts';
import { addBulkSpent, appendOp, endBulkItem, pageAt, readPages, type BulkItemRow, type BulkSpec, type CaseStore, type WriteDb } from '../../store/index.ts';
import { rarityIn } from '../check/index.ts';
import type { ItemRequest } from './item-request.ts';
import type { OpenedKind } from './kind.ts';

/** Tokens of an answer, as the server counted them. */
export interface Usage {
  readonly promptTokens: number | null;
  readonly completionTokens: number | null;
}

/** Every string of a value with its stand-ins taken back. */
function restoreDeep(value: unknown, restore: (text: string) => string): unknown {
  if (typeof value === 'string') return restore(value);
  if (Array.isArray(value)) return value.map((one) => restoreDeep(one, restore));
  if (value !== null && typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, restoreDeep(one, restore)]));
  return value;
}

/** The JSON value in a text that may stand in a fence; undefined when there is none. */
function readValue(text: string): unknown {
  const bare = text.trim().replace(/^```(?:json)?\s*/i, '').replace(/\s*```$/, '');
  try {
    return JSON.parse(bare);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** What a kind makes of a model's text; null when it is not of the kind's form. */
export async function judgeText(store: CaseStore, opened: OpenedKind, made: Pick<ItemRequest, 'chunk' | 'restore' | 'document'>, text: string): Promise<BulkJudged | null> {
  const value = readValue(text);
  if (value === undefined) return null;
  const judged = await opened.judge(restoreDeep(value, made.restore), made.chunk, { rarity: rarityIn(store.read) });
  if (judged === null) return null;
  const pages = made.document.content === null ? [] : readPages(store.read, made.document.content);
  return { ...judged, entries: judged.entries.map((entry) => (entry.quote === null || entry.quote.check === 'not-found' ? entry : { ...entry, quote: { ...entry.quote, page: pageAt(pages, entry.quote.start) } })) };
}

/** Keeps an answer: the op, the item's end and what it cost, in one transaction. Durable when it returns. */
export function keepAnswer(store: CaseStore, spec: BulkSpec, item: BulkItemRow, made: ItemRequest, judged: BulkJudged, from: { readonly usage: Usage; readonly marking: Marking; readonly batch: BatchId | null; /** Null where what was sent was not kept. */ readonly sending: OpId | null }): void {
  const { kind, version, endpoint } = spec;
  const { document, textVersion, chunk: { start, end } } = made;
  const answer: BulkAnswer = { document: document.id, start, end, textVersion, kind, version, judged, model: { endpoint: endpoint.name, name: endpoint.model }, batch: from.batch, usage: from.usage, marking: from.marking, ...(from.sending === null ? {} : { sending: from.sending }) };
  audited(
    store,
    (db) => {
      addSpent(db, item, made, from.usage, from.batch === null);
      endBulkItem(db, item.item, 'done', null, store.clock.nowMs());
      return appendOp(store, db, { entity: `bulk-result:${Buffer.from(item.key).toString('hex')}`, kind: 'bulk.answered', value: { answer }, marking: from.marking });
    },
    (op) => ({ action: 'bulk.answered', objects: [item.run, document.id, op.id], marking: from.marking, detail: { kind, version, proposal: judged.proposal, entries: judged.entries.length, unverified: judged.entries.filter(({ quote }) => quote?.check === 'not-found').length } }),
  );
}

/** Adds what a request cost; where the server did not count, what was reckoned before. */
export function addSpent(db: WriteDb, item: Pick<BulkItemRow, 'run'>, made: Pick<ItemRequest, 'promptTokens'>, { promptTokens, completionTokens }: Usage, isRequest: boolean): void {
  addBulkSpent(db, item.run, { requests: isRequest ? 1 : 0, promptTokens: promptTokens ?? made.promptTokens, completionTokens: completionTokens ?? 0 });
}
