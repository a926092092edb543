import { findIdentifiers } from './identifiers.ts';
import { partsOf } from './parts.ts';
import { repeatedNames } from './repeated-names.ts';
import { withoutOverlaps, type Span } from './span.ts';
import { tagSpans } from './tagger.ts';
import { tokenise } from './tokens.ts';

function findInPart(text: string): Span[] {
  const { certain, perhapsPhones } = findIdentifiers(text);
  const tokens = tokenise(text, certain, perhapsPhones);
  const phoneValues = new Map(perhapsPhones.map(({ start, value }) => [start, value]));
  const told = withoutOverlaps([...certain, ...tagSpans(text, tokens, phoneValues)]);
  return withoutOverlaps([...told, ...repeatedNames(text, tokens, told)]);
}

/** The same as findPersonalData, some thousand signs at a time, so that a caller can do other things between. */
export function* personalDataByPart(text: string): Generator<Span[]> {
  let free = 0;
  for (const { start, end } of partsOf(text)) {
    const spans = findInPart(text.slice(start, end)).map((span) => ({ ...span, start: span.start + start, end: span.end + start })).filter((span) => span.start >= free);
    free = spans.at(-1)?.end ?? free;
    yield spans;
  }
}

/** The personal data in a text, sorted, without overlaps: what form and check digits prove, then what context tells. Linear in the text's length. */
export function findPersonalData(text: string): Span[] {
  return [...personalDataByPart(text)].flat();
}
