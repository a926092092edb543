import type { ThreadHandlers } from '../work/index.ts';
import { findInPart, findPersonalData } from './find-personal-data.ts';
import { hidePersonalData, type Hidden } from './hide.ts';
import type { Span } from './span.ts';

/** What the thread answers. A type, so that it fits ThreadRequests. */
export type PersonalDataRequests = {
  /** The personal data in a part of a text, offsets from the part's beginning. */
  readonly find: { readonly input: string; readonly output: Span[] };
  /** Whether each text holds personal data. */
  readonly tell: { readonly input: readonly string[]; readonly output: boolean[] };
  readonly hide: { readonly input: readonly string[]; readonly output: Hidden };
};

export const personalDataHandlers: ThreadHandlers<PersonalDataRequests> = {
  find: (part) => findInPart(part),
  tell: (texts) => texts.map((text) => findPersonalData(text).length > 0),
  hide: (texts) => hidePersonalData(texts),
};
