/**
 * Ops: every human decision and every kept model output, one immutable record each, naming what it replaces. They are
 * appended in the transaction that moves the projections; the projections are a function of the ops alone (projections.ts).
 * Shape and rules: DESIGN.md "Store", notes on synchronisation: multi-value registers, identity by random id, clocks for display only.
 */
import * as z from 'zod';
import { marking as markingSchema, type Marking, type OpId, verdict } from '../../preload/contract/domains/basics.ts';
import { answer, answerEdit, chatScope, sending } from '../../preload/contract/domains/chat.ts';
import { foundItem } from '../../preload/contract/domains/exhaustive.ts';
import type { Hlc } from '../base/clock.ts';
import { idBytes, idOf } from '../base/ids.ts';
import { canonicalJson } from '../base/json.ts';
import { bulkOpValues } from './bulk-ops.ts';
import type { ReadDb, WriteDb } from './connection.ts';

const documentRef = z.string();

/** What each kind of op holds. Text positions are UTF-16 offsets into the canonical text. A null value takes the entity's state back to nothing. */
export const opValues = {
  'document.coded': z.object({ verdict: verdict.nullable() }),
  'document.noted': z.object({ text: z.string() }),
  'document.marked': z.object({ marking: markingSchema.nullable(), reason: z.string() }),
  'case.marked': z.object({ marking: markingSchema, reason: z.string() }),
  /** A null marking says that what stands there as a mark is none. */
  'passage.marked': z.object({ document: documentRef, start: z.number().int(), end: z.number().int(), page: z.number().int().nullable(), textVersion: z.number().int(), marking: markingSchema.nullable(), reason: z.string() }).nullable(),
  /** A person's marking of an answer; null lets its roll-up stand. `rollUp` is what the person saw it roll up to; absent in ops of before it was kept. */
  'turn.marked': z.object({ marking: markingSchema.nullable(), reason: z.string(), rollUp: markingSchema.optional() }),
  'annotation.set': z.object({
    document: documentRef,
    label: z.string(),
    quote: z.string(),
    prefix: z.string(),
    suffix: z.string(),
    start: z.number().int(),
    end: z.number().int(),
    textVersion: z.number().int(),
    note: z.string(),
    createdAt: z.number().int(),
    /** Null: as the span that it marks. */
    marking: markingSchema.nullable().default(null),
    /** Why the marking is what it is; null where it never changed. */
    markingReason: z.string().nullable().default(null),
  }).nullable(),
  'conversation.named': z.object({ title: z.string() }),
  'turn.asked': z.object({ conversation: z.string(), question: z.string(), endpoint: z.string().nullable(), scope: chatScope.default({ kind: 'case' }), after: z.string().nullable().optional() }),
  'turn.sent': sending,
  'turn.answered': z.object({ conversation: z.string(), answer }),
  /** What a person made of the text of the op `of`; null goes back to the original. */
  'turn.edited': z.object({ of: z.string(), edit: answerEdit.nullable() }),
  /** The op whose text a person accepts; null takes it back. */
  'turn.accepted': z.object({ of: z.string().nullable() }),
  /** A run of what an exhaustive answer found, from the item `from` (0-based) on; its entity is `list:<turn>:<run>`. */
  'turn.listed': z.object({ turn: z.string(), from: z.number().int(), items: z.array(foundItem) }),
  ...bulkOpValues,
} as const;

export type OpKind = keyof typeof opValues;
export type OpValue<K extends OpKind> = z.infer<(typeof opValues)[K]>;

/** An op of a kind. `entity` is `document:<id>`, `annotation:<id>`, `passage:<id>`, `conversation:<id>`, `turn:<id>`, `list:<turn>:<run>`, `bulk:<id>`, `bulk-result:<key>`, `bulk-sending:<id>`, `bulk-frame:<sha256>` or `case`. */
export interface Op<K extends OpKind = OpKind> {
  readonly id: OpId;
  readonly actor: string;
  readonly device: string;
  readonly hlc: Hlc;
  readonly entity: string;
  readonly kind: K;
  readonly value: OpValue<K>;
  readonly preds: readonly OpId[];
  readonly marking: Marking | null;
  /** The op that this one undoes; null for an op of its own. */
  readonly undoes: OpId | null;
}

const row = z.object({
  seq: z.number().int(),
  id: z.instanceof(Uint8Array),
  actor: z.instanceof(Uint8Array),
  device: z.instanceof(Uint8Array),
  hlc_ms: z.number().int(),
  hlc_n: z.number().int(),
  entity: z.string(),
  kind: z.string(),
  value: z.string(),
  preds: z.string(),
  marking: z.string().nullable(),
  undoes: z.instanceof(Uint8Array).nullable(),
});

function isKind(kind: string): kind is OpKind {
  return Object.hasOwn(opValues, kind);
}

/** Parses a stored op. Kinds of a newer program come back as null: they are kept, and not understood here. */
function parse(found: unknown): Op | null {
  const raw = row.parse(found);
  if (!isKind(raw.kind)) return null;
  return {
    id: idOf(raw.id),
    actor: idOf(raw.actor),
    device: idOf(raw.device),
    hlc: { ms: raw.hlc_ms, n: raw.hlc_n },
    entity: raw.entity,
    kind: raw.kind,
    value: opValues[raw.kind].parse(JSON.parse(raw.value)),
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- ids that this table wrote
    preds: z.array(z.string()).parse(JSON.parse(raw.preds)) as OpId[],
    marking: raw.marking === null ? null : markingSchema.parse(JSON.parse(raw.marking)),
    undoes: raw.undoes === null ? null : idOf(raw.undoes),
  };
}

/** Appends an op; its projection is the caller's next step (projections.ts `project`). */
export function insertOp(db: WriteDb, op: Op): void {
  db.run(
    'INSERT INTO ops(id, actor, device, hlc_ms, hlc_n, entity, kind, value, preds, marking, undoes) VALUES (?,?,?,?,?,?,?,?,?,?,?)',
    idBytes(op.id), idBytes(op.actor), idBytes(op.device), op.hlc.ms, op.hlc.n, op.entity, op.kind, canonicalJson(op.value), JSON.stringify(op.preds),
    op.marking === null ? null : JSON.stringify(op.marking), op.undoes === null ? null : idBytes(op.undoes),
  );
}

const place = z.object({ seq: z.number().int() });
const pageOfOps = 500;

/** Every op that this program understands, in the order it was recorded here. It is read page by page: between two of them the caller may write. */
export function* iterateOps(db: ReadDb): Generator<Op> {
  for (let after = -1; ;) {
    const page = db.all('SELECT * FROM ops WHERE seq > ? ORDER BY seq LIMIT ?', after, pageOfOps);
    for (const found of page) {
      const op = parse(found);
      after = place.parse(found).seq;
      if (op !== null) yield op;
    }
    if (page.length < pageOfOps) return;
  }
}

/** The ops of one entity, oldest first. */
export function listOps(db: ReadDb, entity: string): Op[] {
  return db.all('SELECT * FROM ops WHERE entity = ? ORDER BY seq', entity).map(parse).filter((op) => op !== null);
}

/** The op with the id, or null. */
export function readOp(db: ReadDb, id: OpId): Op | null {
  const found = db.get('SELECT * FROM ops WHERE id = ?', idBytes(id));
  return found === undefined ? null : parse(found);
}

const lastRow = z.object({ hlc_ms: z.number().int(), hlc_n: z.number().int() });

/** The latest logical time in the log. */
export function lastHlc(db: ReadDb): Hlc {
  const found = db.get('SELECT hlc_ms, hlc_n FROM ops ORDER BY hlc_ms DESC, hlc_n DESC LIMIT 1');
  if (found === undefined) return { ms: 0, n: 0 };
  const { hlc_ms: ms, hlc_n: n } = lastRow.parse(found);
  return { ms, n };
}
