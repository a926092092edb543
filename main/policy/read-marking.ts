/** Markings of every scheme as text: which scheme a text is of, what it says, and what several roll up to. */
import type { ReadMarking } from '../../preload/contract/domains/markings.ts';
import { AppError } from '../base/errors.ts';
import { parseTlp, rollUpTlp, tlpText, type TlpMarking } from './tlp.ts';
import { parseUs } from './us-markings/parse-us.ts';
import { usBanner, usPortion } from './us-markings/print-us.ts';
import { rollUpUs } from './us-markings/roll-up-us.ts';
import type { UsMarking } from './us-markings/us-marking.ts';

type AnyMarking = UsMarking | TlpMarking;

function parseAny(text: string): AnyMarking {
  return /^\s*TLP:/i.test(text) ? parseTlp(text) : parseUs(text);
}

function view(marking: AnyMarking): ReadMarking {
  if (marking.scheme === 'tlp') {
    const text = tlpText(marking);
    return { canonical: text, banner: text, portion: `(${text})`, parts: { scheme: 'tlp', label: marking.label } };
  }
  const banner = usBanner(marking);
  const { owner, sci, sap, aea, fgi, dissem, nonIc, release } = marking;
  return {
    canonical: banner, banner, portion: usPortion(marking),
    parts: {
      scheme: 'us', level: marking.level, owner: owner.kind === 'us' ? { kind: 'us', countries: [] } : { kind: owner.kind, countries: [...owner.countries] },
      sci: sci.map(mutable), sap: sap.map(mutable), aea: aea.map((one) => ({ ...one, sigmas: [...one.sigmas] })), fgi: fgi === null ? null : [...fgi],
      dissem: [...dissem], nonIc: [...nonIc], release: release === null ? null : { relTo: [...release.relTo], displayOnly: [...release.displayOnly], relido: release.relido },
    },
  };
}

function mutable({ code, compartments }: UsMarking['sci'][number]): { code: string; compartments: { code: string; subs: string[] }[] } {
  return { code, compartments: compartments.map((one) => ({ code: one.code, subs: [...one.subs] })) };
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
  const us = all.filter((one) => one.scheme === 'us');
  const tlp = all.filter((one) => one.scheme === 'tlp');
  if (us.length > 0 && tlp.length > 0) throw new AppError('policy.bad-marking', 'Markings of two schemes do not roll up into one. Roll each scheme up by itself.', { data: { at: 0, rule: 'one scheme', index: all.findIndex(({ scheme }) => scheme !== all[0]?.scheme) } });
  return view(tlp.length > 0 ? rollUpTlp(tlp) : rollUpUs(us));
}
