/** What a person is doing in annotate: it outlives the view, so that a note half written is not lost by a look elsewhere. */
import { create } from 'zustand';
import type { AnnotationId } from '../../../preload/contract/domains/basics.ts';
import { useNavigation } from '../../lib/navigation.ts';

export interface AnnotateState {
  /** The label that a selection gets when none is named; null takes the first of the list. */
  readonly pen: string | null;
  readonly tab: 'document' | 'case';
  /** Narrows the list across the case; null shows all. */
  readonly caseLabel: string | null;
  readonly selected: AnnotationId | null;
  /** Notes that were changed and not saved, by annotation. */
  readonly drafts: Readonly<Record<string, string>>;
}

const initial: AnnotateState = { pen: null, tab: 'document', caseLabel: null, selected: null, drafts: {} };

/** The state itself. */
export const useAnnotateState = create<AnnotateState>(() => initial);

useNavigation.subscribe((now, before) => {
  if (now.case !== before.case) useAnnotateState.setState(initial, true);
});

/** Keeps or, with null, forgets an unsaved note. */
export function keepDraft(annotation: AnnotationId, text: string | null): void {
  const drafts = { ...useAnnotateState.getState().drafts };
  if (text === null) delete drafts[annotation];
  else drafts[annotation] = text;
  useAnnotateState.setState({ drafts });
}
