/** What the window remembers of triage while another view is shown: which queue, in which order, narrowed to which types and languages, and where it stands. */
import { create } from 'zustand';
import type { DocumentId, DocumentType } from '../../../preload/contract/domains/basics.ts';
import type { CodingFilter, SetSource } from '../../../preload/contract/domains/sets.ts';
import type { OpenSet } from '../../lib/open-set.ts';
import type { QueueOrder } from './words.ts';

/** Where a document stands in an open set; the index is null when the set does not hold it. */
export interface Position {
  readonly set: OpenSet;
  readonly document: DocumentId;
  readonly index: number | null;
}

export interface TriageState {
  readonly coding: CodingFilter;
  readonly order: QueueOrder;
  readonly types: readonly DocumentType[];
  /** ISO 639-1. */
  readonly languages: readonly string[];
  /** Of the shown document. It is kept beside the navigation's place, in the same kind of state, so that both are drawn at once. */
  readonly position: Position | null;
}

/** The state itself; change it with `useTriage.setState`. */
export const useTriage = create<TriageState>(() => ({ coding: 'any', order: 'ingested', types: [], languages: [], position: null }));

/** The set that a state asks for. */
export function sourceOf(state: TriageState): SetSource {
  return { kind: 'queue', coding: state.coding, order: state.order, types: [...state.types], languages: [...state.languages] };
}

/** Puts a type in or takes it out. */
export function toggleType(type: DocumentType): void {
  useTriage.setState((state) => ({ types: state.types.includes(type) ? state.types.filter((one) => one !== type) : [...state.types, type] }));
}

/** Puts a language in or takes it out. */
export function toggleLanguage(language: string): void {
  useTriage.setState((state) => ({ languages: state.languages.includes(language) ? state.languages.filter((one) => one !== language) : [...state.languages, language] }));
}
