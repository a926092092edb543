/** Annotations as marks over the text, and in the order T walks through them. */
import type { Annotation, Label } from '../../../preload/contract/domains/annotations.ts';
import type { ReaderMark } from '../../lib/reader/index.tsx';
import { visibleLine } from '../../lib/visible-text.ts';

/** What is drawn for a label; `slot` picks its colours. */
export interface LabelLook {
  readonly name: string;
  readonly tag: string;
  readonly slot: 1 | 2 | 3 | 4 | 5 | 6;
}

/** A label that the case's list does not have (any more) is shown by its id. */
export function labelLook(labels: readonly Label[], label: string): LabelLook {
  const known = labels.find((candidate) => candidate.label === label);
  if (known === undefined) return { name: label, tag: label.slice(0, 3).toUpperCase(), slot: 1 };
  return { name: known.name, tag: known.tag, slot: slotOf(known) };
}

/** The slot of a label as one of the six. */
export function slotOf(label: Label): LabelLook['slot'] {
  return label.slot === 2 || label.slot === 3 || label.slot === 4 || label.slot === 5 || label.slot === 6 ? label.slot : 1;
}

/** The label that a digit key stands for: slot 1 to 6. */
export function labelOfDigit(labels: readonly Label[], digit: number): Label | undefined {
  return labels.find((label) => label.slot === digit);
}

/** Those that stand in the text, in text order: where they begin, then the longer first. A lost one has no place. */
export function placed(annotations: readonly Annotation[]): readonly Annotation[] {
  return annotations.filter((annotation) => annotation.anchor !== 'lost').toSorted((a, b) => a.start - b.start || b.end - a.end);
}

/** A mark for every annotation that stands in the text. */
export function marksOf(annotations: readonly Annotation[], labels: readonly Label[]): readonly ReaderMark[] {
  return placed(annotations).map((annotation) => {
    const { name, tag, slot } = labelLook(labels, annotation.label);
    return { id: annotation.annotation, start: annotation.start, end: annotation.end, kind: `label-${slot}`, tag, label: annotation.note === '' ? name : `${name}, with a note` };
  });
}

/** What is said about where the quote stands; null when it stands where it was marked. */
export function anchorWords(annotation: Pick<Annotation, 'anchor'>): string | null {
  switch (annotation.anchor) {
    case 'exact': return null;
    case 'moved': return 'The text has changed since: the quote was found again at another place.';
    case 'lost': return 'The text has changed since: the quote no longer stands in it.';
  }
}

/** The quote on one line, for a list row. */
export function quoteLine(annotation: Pick<Annotation, 'quote'>): string {
  return visibleLine(annotation.quote);
}
