import { findIdentifiers } from './identifiers.ts';
import { partsOf } from './parts.ts';
import { repeatedNames } from './repeated-names.ts';
import { withoutOverlaps, type Span } from './span.ts';
import { tagSpans } from './tagger.ts';
import { tokenise } from './tokens.ts';

/** The personal data in one part of a text (parts.ts), as if nothing stood around it. */
export function findInPart(text: string): Span[] {
  const { certain, perhapsPhones } = findIdentifiers(text);
  const tokens = tokenise(text, certain, perhapsPhones);
  const phoneValues = new Map(perhapsPhones.map(({ start, value }) => [start, value]));
  const told = withoutOverlaps([...certain, ...tagSpans(text, tokens, phoneValues)]);
  return withoutOverlaps([...told, ...repeatedNames(text, tokens, told)]);
}

/** Puts what was found in the parts of a text together: parts in their order, each with where it begins. Where one reads again what the one before has read, the earlier word counts. */
export function joinParts(): { readonly add: (start: number, found: readonly Span[]) => void; readonly spans: Span[] } {
  const spans: Span[] = [];
  return {
    spans,
    add: (start, found) => {
      const free = spans.at(-1)?.end ?? 0;
      for (const span of found) if (span.start + start >= free) spans.push({ ...span, start: span.start + start, end: span.end + start });
    },
  };
}

/** The personal data in a text, sorted, without overlaps: what form and check digits prove, then what context tells. Linear in the text's length. */
export function findPersonalData(text: string): Span[] {
  const { add, spans } = joinParts();
  for (const { start, end } of partsOf(text)) add(start, findInPart(text.slice(start, end)));
  return spans;
}
