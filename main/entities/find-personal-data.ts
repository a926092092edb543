import { findIdentifiers } from './identifiers.ts';
import { withoutOverlaps, type Span } from './span.ts';
import { tagSpans } from './tagger.ts';
import { tokenise } from './tokens.ts';

/** The personal data in a text, sorted, without overlaps: what form and check digits prove, then what context tells. Linear in the text's length. */
export function findPersonalData(text: string): Span[] {
  const { certain, perhapsPhones } = findIdentifiers(text);
  const tokens = tokenise(text, certain, perhapsPhones);
  const phoneValues = new Map(perhapsPhones.map(({ start, value }) => [start, value]));
  return withoutOverlaps([...certain, ...tagSpans(text, tokens, phoneValues)]);
}
