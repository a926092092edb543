/** What the window remembers of triage while another view is shown: which queue, in which order, narrowed to which types. */
import { create } from 'zustand';
import type { DocumentType } from '../../../preload/contract/domains/basics.ts';
import type { CodingFilter, SetSource } from '../../../preload/contract/domains/sets.ts';
import type { QueueOrder } from './words.ts';

export interface TriageState {
  readonly coding: CodingFilter;
  readonly order: QueueOrder;
  readonly types: readonly DocumentType[];
}

/** The state itself; change it with `useTriage.setState`. */
export const useTriage = create<TriageState>(() => ({ coding: 'any', order: 'ingested', types: [] }));

/** The set that a state asks for. */
export function sourceOf(state: TriageState): SetSource {
  return { kind: 'queue', coding: state.coding, order: state.order, types: [...state.types] };
}

/** Puts a type in or takes it out. */
export function toggleType(type: DocumentType): void {
  useTriage.setState((state) => ({ types: state.types.includes(type) ? state.types.filter((one) => one !== type) : [...state.types, type] }));
}
