import type { DocumentId, OpId, Verdict } from '../../preload/contract/domains/basics.ts';
import type { Output } from '../../preload/contract/routes.ts';
import { audited } from '../audit/index.ts';
import { invertOp, type CaseStore, type Op } from '../store/index.ts';

type Changed = Output<'ops.undo'>['changed'];

/** The person's own ops in one case since unlock, newest last, and what was taken back. */
export interface UndoStack {
  /** Remembers an op that can be taken back. Forgets what could be redone. */
  readonly push: (op: Op) => void;
  /** Takes the last op back by an op of its own; null when there is none. */
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
    case 'document.marked': return 'Marking as it was';
    case 'case.marked':
    case 'conversation.named':
    case 'turn.asked':
    case 'turn.answered':
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
  const done: OpId[] = [];
  const undone: OpId[] = [];
  const invert = (store: CaseStore, id: OpId, action: 'undone' | 'redone'): { readonly next: OpId; readonly changed: Changed } => {
    const { result } = audited(
      store,
      (db) => invertOp(store, db, id),
      ({ op }) => ({ action: `op.${action}`, objects: [op.entity.slice(op.entity.indexOf(':') + 1), id, op.id], marking: store.marking, detail: { kind: op.kind } }),
    );
    return { next: result.op.id, changed: { document: documentOf(result.op) ?? documentOf(result.undone), said: describe(result.op) } };
  };
  return {
    push: (op) => {
      done.push(op.id);
      undone.length = 0;
    },
    undo: (store) => {
      const id = done.at(-1);
      if (id === undefined) return null;
      const { next, changed } = invert(store, id, 'undone');
      done.pop();
      undone.push(next);
      return changed;
    },
    redo: (store) => {
      const id = undone.at(-1);
      if (id === undefined) return null;
      const { next, changed } = invert(store, id, 'redone');
      undone.pop();
      done.push(next);
      return changed;
    },
  };
}
