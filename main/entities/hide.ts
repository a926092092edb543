import { findPersonalData } from './find-personal-data.ts';
import { createPseudonyms, type Originals } from './pseudonyms.ts';

/** Texts with a stand-in for each piece of personal data. Plain values. */
export interface Hidden {
  /** In the order of those that were given. */
  readonly texts: readonly string[];
  /** Each stand-in that is in them, once, and what it stands for. */
  readonly replaced: readonly { readonly standIn: string; readonly original: string }[];
  /** What takes them back: for restoreStandIns. */
  readonly originals: Originals;
}

/** Replaces personal data in texts that belong together. What one text tells is known in all: each is gone through twice. */
export function hidePersonalData(texts: readonly string[]): Hidden {
  const pseudonyms = createPseudonyms();
  const found = texts.map((text) => ({ text, spans: findPersonalData(text) }));
  for (const { text, spans } of found) pseudonyms.replace(text, spans);
  const originalByStandIn = new Map<string, string>();
  const hidden = found.map(({ text, spans }) => {
    const { text: replaced, segments } = pseudonyms.replace(text, spans);
    for (const segment of segments) if (segment.replaced !== segment.original) originalByStandIn.set(segment.replaced, segment.original);
    return replaced;
  });
  return { texts: hidden, replaced: [...originalByStandIn].map(([standIn, original]) => ({ standIn, original })), originals: pseudonyms.originals() };
}
