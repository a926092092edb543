import type { DocumentId, OpId, Verdict } from '../../preload/contract/domains/basics.ts';
import type { Output } from '../../preload/contract/routes.ts';
import { audited } from '../audit/index.ts';
import { bug } from '../base/errors.ts';
import { invertOp, type CaseStore, type Op } from '../store/index.ts';

type Changed = Output<'ops.undo'>['changed'];

/** The person's own ops in one case since unlock, newest last, and what was taken back. */
export interface UndoStack {
  /** Remembers the ops of one act, which are taken back together. Forgets what could be redone. */
  readonly push: (...ops: readonly Op[]) => void;
  /** Takes the last act back by ops of its own; null when there is none. */
  readonly undo: (store: CaseStore) => Changed;
  readonly redo: (store: CaseStore) => Changed;
}

const verdictNames: Readonly<Record<Verdict, string>> = { relevant: 'Relevant', 'not-relevant': 'Not relevant', deferred: 'Defer' };

/** What stands now, in words. */
function describe(op: Op): string {
  switch (op.kind) {
    case 'document.coded': {
      const verdict = op.value !== null && 'verdict' in op.value ? op.value.verdict : null;
      return verdict === null ? 'Code taken back' : `Coded ${verdictNames[verdict]} again`;
    }
    case 'document.noted': return 'Note as it was';
    case 'annotation.set': return op.value === null ? 'Annotation removed' : 'Annotation as it was';
    case 'document.marked':
    case 'passage.marked':
    case 'turn.marked':
      return 'Marking as it was';
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
      return 'Changed back';
  }
}

/** The document that an op is about. */
function documentOf(op: Op): DocumentId | null {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- entity ids are written by us
  if (op.entity.startsWith('document:')) return op.entity.slice('document:'.length) as DocumentId;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as above
  return op.value !== null && 'document' in op.value ? (op.value.document as DocumentId) : null;
}

/** An empty stack, for one case and one unlock. */
export function createUndoStack(): UndoStack {
  const done: OpId[][] = [];
  const undone: OpId[][] = [];
  const invert = (store: CaseStore, ids: readonly OpId[], action: 'undone' | 'redone'): { readonly next: OpId[]; readonly changed: Changed } => {
    const { result } = audited(
      store,
      (db) => ids.map((id) => invertOp(store, db, id)),
      (inverted) => ({ action: `op.${action}`, objects: inverted.flatMap(({ op, undone: before }) => [op.entity.slice(op.entity.indexOf(':') + 1), before.id, op.id]), marking: store.marking, detail: { kind: inverted[0]?.op.kind ?? null, ops: inverted.length } }),
    );
    const [first = bug('an act of no ops was undone')] = result;
    return { next: result.map(({ op }) => op.id), changed: { document: documentOf(first.op) ?? documentOf(first.undone), said: result.length > 1 && first.op.kind === 'document.coded' ? `${describe(first.op)}, ${result.length} documents` : describe(first.op) } };
  };
  const turn = (store: CaseStore, from: OpId[][], to: OpId[][], action: 'undone' | 'redone'): Changed => {
    const ids = from.at(-1);
    if (ids === undefined) return null;
    const { next, changed } = invert(store, ids, action);
    from.pop();
    to.push(next);
    return changed;
  };
  return {
    push: (...ops) => {
      done.push(ops.map((op) => op.id));
      undone.length = 0;
    },
    undo: (store) => turn(store, done, undone, 'undone'),
    redo: (store) => turn(store, undone, done, 'redone'),
  };
}
