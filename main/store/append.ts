/** Appending a decision: builds the op over the present heads, keeps it and moves the projections, in the caller's transaction. */
import type { Marking, OpId } from '../../preload/contract/domains/basics.ts';
import { bug } from '../base/errors.ts';
import { newId } from '../base/ids.ts';
import type { CaseStore } from './case-store.ts';
import type { WriteDb } from './connection.ts';
import { insertOp, opValues, readOp, type Op, type OpKind, type OpValue } from './ops.ts';
import { project, readHeads } from './projections.ts';

export interface Decision<K extends OpKind> {
  readonly entity: string;
  readonly kind: K;
  readonly value: OpValue<K>;
  readonly marking?: Marking | null;
  readonly undoes?: OpId;
}

/** Keeps a decision. It replaces whatever stands for the same entity and kind. */
export function appendOp<K extends OpKind>(store: CaseStore, db: WriteDb, decision: Decision<K>): Op {
  const { entity, kind, value, marking = null, undoes = null } = decision;
  const op: Op = {
    id: newId<OpId>(store.ids),
    actor: store.actor.person.id,
    device: store.actor.device.id,
    hlc: store.nextHlc(),
    entity, kind, value,
    preds: readHeads(db, entity, kind).map((head) => head.op),
    marking, undoes,
  };
  insertOp(db, op);
  project(db, op);
  return op;
}

/** What a register holds before anyone decided. */
function emptyValue(kind: OpKind): OpValue<OpKind> {
  switch (kind) {
    case 'document.coded': return { verdict: null };
    case 'document.noted': return { text: '' };
    case 'document.marked': return { marking: null, reason: 'undone' };
    case 'turn.marked': return { marking: null, reason: 'undone' };
    case 'annotation.set':
    case 'passage.marked':
      return null;
    case 'case.marked':
    case 'conversation.named':
    case 'turn.asked':
    case 'turn.sent':
    case 'turn.answered':
    case 'turn.edited':
    case 'turn.accepted':
    case 'turn.listed':
    case 'bulk.started':
    case 'bulk.steered':
    case 'bulk.framed':
    case 'bulk.sent':
    case 'bulk.answered':
      return bug(`${kind} cannot be undone`);
  }
}

/** Appends the op that takes another back: the value it replaced stands again. Returns it with the op that was undone. */
export function invertOp(store: CaseStore, db: WriteDb, id: OpId): { readonly undone: Op; readonly op: Op } {
  const undone = readOp(db, id);
  if (undone === null) return bug('an op to undo is not in the log');
  const before = undone.preds.map((pred) => readOp(db, pred)).find((op) => op !== null);
  const value = before === undefined ? emptyValue(undone.kind) : opValues[undone.kind].parse(before.value);
  return { undone, op: appendOp(store, db, { entity: undone.entity, kind: undone.kind, value, undoes: id }) };
}
