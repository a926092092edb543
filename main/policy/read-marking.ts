/** Markings as text, for whoever writes them: what one says, taken apart, and what several roll up to. */
import type { MarkingParts, ReadMarking } from '../../preload/contract/domains/markings.ts';
import { AppError } from '../base/errors.ts';
import { parseCombined, type CombinedMarking } from './combined-marking.ts';
import type { CuiMarking } from './cui.ts';
import { joinMarkings, toMarking, viewMarking } from './markings.ts';
import { usBanner } from './us-markings/print-us.ts';
import { unclassified } from './us-markings/us-marking.ts';

/** Parts of the one scheme that speaks; of a classified marking when several do, with the others beside it. */
function partsOf({ us, cui, tlp }: CombinedMarking): MarkingParts {
  const released: CuiMarking | null = cui === null ? null : { ...cui, release: us.release };
  const isSilent = usBanner({ ...us, release: null }) === usBanner(unclassified) && (cui !== null || us.release === null);
  if (isSilent && released !== null && tlp === null) return released;
  if (isSilent && cui === null && tlp !== null) return tlp;
  return { ...us, owner: { countries: [], restricted: false, ...us.owner }, cui: released, tlp: tlp?.label ?? null };
}

/** Reads one marking. Throws policy.bad-marking with `at` and `rule`. */
export function readMarking(text: string): ReadMarking {
  const { marking, portion, tone } = viewMarking(toMarking(text));
  return { canonical: marking, banner: marking, portion, tone, parts: partsOf(parseCombined(marking)) };
}

/** What a document with these portions is marked. Throws policy.bad-marking; `index` says which text. */
export function rollUpTexts(texts: readonly string[]): ReadMarking {
  const all = texts.map((text, index) => {
    try {
      return toMarking(text);
    } catch (error) {
      if (error instanceof AppError) throw new AppError(error.code, error.message, { data: { ...error.data, index } });
      throw error;
    }
  });
  const [first = toMarking('UNCLASSIFIED')] = all;
  return readMarking(all.reduce(joinMarkings, joinMarkings(first, first)));
}
