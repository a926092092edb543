/** Markings of every scheme as text: which scheme a text is of, what it says, and what several roll up to. */
import type { ReadMarking } from '../../preload/contract/domains/markings.ts';
import { AppError } from '../base/errors.ts';
import { cuiText, looksLikeCui, parseCui, rollUpCui, type CuiMarking } from './cui.ts';
import { parseTlp, rollUpTlp, tlpText, type TlpMarking } from './tlp.ts';
import { parseUs } from './us-markings/parse-us.ts';
import { usBanner, usPortion } from './us-markings/print-us.ts';
import { rollUpUs } from './us-markings/roll-up-us.ts';
import { unclassified, type UsMarking } from './us-markings/us-marking.ts';

type AnyMarking = UsMarking | CuiMarking | TlpMarking;

function parseAny(text: string): AnyMarking {
  if (/^\s*TLP:/i.test(text)) return parseTlp(text);
  return looksLikeCui(text) ? parseCui(text) : parseUs(text);
}

function view(marking: AnyMarking): ReadMarking {
  if (marking.scheme === 'tlp') {
    const text = tlpText(marking);
    return { canonical: text, banner: text, portion: `(${text})`, parts: marking };
  }
  if (marking.scheme === 'cui') {
    const text = cuiText(marking);
    return { canonical: text, banner: text, portion: `(${text})`, parts: marking };
  }
  const banner = usBanner(marking);
  return { canonical: banner, banner, portion: usPortion(marking), parts: { ...marking, owner: { countries: [], restricted: false, ...marking.owner } } };
}

/** Reads one marking. Throws policy.bad-marking with `at` and `rule`. */
export function readMarking(text: string): ReadMarking {
  return view(parseAny(text));
}

/** What a document with these portions is marked. Throws policy.bad-marking; `index` says which text. */
export function rollUpTexts(texts: readonly string[]): ReadMarking {
  const all = texts.map((text, index) => {
    try {
      return parseAny(text);
    } catch (error) {
      if (error instanceof AppError) throw new AppError(error.code, error.message, { data: { ...error.data, index } });
      throw error;
    }
  });
  // A bare (U) stands in documents of every scheme and adds nothing to theirs.
  const telling = all.filter((one) => one.scheme !== 'us' || usBanner(one) !== usBanner(unclassified));
  const [first] = telling;
  const stranger = telling.find(({ scheme }) => scheme !== first?.scheme);
  if (stranger !== undefined) throw new AppError('policy.bad-marking', 'Markings of two schemes do not roll up into one. Roll each scheme up by itself.', { data: { at: 0, rule: 'one scheme', index: all.indexOf(stranger) } });
  if (first?.scheme === 'tlp') return view(rollUpTlp(telling.filter((one) => one.scheme === 'tlp')));
  return view(rollUpCui(telling.filter((one) => one.scheme === 'cui')) ?? rollUpUs(all.filter((one) => one.scheme === 'us')));
}
