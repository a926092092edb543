/** What the next decision reaches beside its document: chosen for one document, and forgotten with it. */
import { create } from 'zustand';
import type { DocumentId } from '../../../preload/contract/domains/basics.ts';
import type { TogetherKind } from '../../../preload/contract/domains/groups.ts';

type Kind = Exclude<TogetherKind, 'thread'>;

interface Together {
  readonly document: DocumentId | null;
  readonly kinds: readonly Kind[];
}

const nothing: Together = { document: null, kinds: [] };

/** The choice itself. */
export const useTogether = create<Together>(() => nothing);

/** Puts a group in or takes it out. A thread is never chosen here: coding one asks first. */
export function turnTogether(document: DocumentId, kind: Kind): void {
  const { document: before, kinds } = useTogether.getState();
  const held = before === document ? kinds : [];
  useTogether.setState({ document, kinds: held.includes(kind) ? held.filter((one) => one !== kind) : [...held, kind] });
}

/** What was chosen for the document, once: the choice is gone afterwards. */
export function takeTogether(document: DocumentId): readonly Kind[] {
  const { document: chosen, kinds } = useTogether.getState();
  useTogether.setState(nothing);
  return chosen === document ? kinds : [];
}
