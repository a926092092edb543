/** What a quote has of a claim and what it lacks. The terms go into the fitted model; what is missing is told to the person. Pure. */
import type { Missing } from '../../../preload/contract/domains/chat.ts';
import type { Claim } from './claim.ts';
import { datesIn } from '../../base/written-dates.ts';
import { isDateIn, withoutDates } from './dates.ts';
import { findWords } from './find-quote.ts';
import { isNameIn, namePlace } from './names.ts';
import { isQuantityIn, quantitiesIn } from './numbers.ts';
import { contradictions, readPolarity, sameDirection, unsaidDenials } from './polarity.ts';
import { comparison, swappedRoles } from './roles.ts';
import { stemOf } from '../stems.ts';
import { keyOf, keysOf, nearness } from './words.ts';

/** A quote with what stands around it: the title of its text and the sentences beside it. */
export interface Evidence {
  readonly quote: string;
  readonly around: string;
  readonly shortForms: ReadonlyMap<string, readonly string[]>;
  /** Keys of the whole text, where it is short enough to be about one thing: organisations and countries may stand anywhere in it. */
  readonly scene?: () => ReadonlySet<string>;
}

export interface Weighed {
  /** Each from 0 to 1, in the order of `supportTerms`. */
  readonly terms: readonly number[];
  readonly missing: Missing;
  /** Words between quotation marks that stand neither in the quote nor around it. */
  readonly misquoted: readonly string[];
}

/** The names of the terms, in order: what the weights file is keyed by. */
export const supportTerms = [
  'words', 'wordsAround', 'heaviestMissing', 'figuresMissing', 'contradicted', 'directionUnsaid', 'claimWords', 'intends', 'quoteWords',
] as const;

/** The fitted model: weights of the terms, and where a score from 0 to 1 becomes a word. */
export interface SupportModel {
  readonly bias: number;
  readonly weights: Readonly<Record<(typeof supportTerms)[number], number>>;
  /** A score from here on is `supported`, from `partly` on `partly`. */
  readonly supported: number;
  readonly partly: number;
  /** Weights of the terms by which sentences are ranked as evidence, in the order of rank-sentences.ts. */
  readonly rank: readonly number[];
}

/** What a word counts that the quote says with another of the same direction. */
const otherWordShare = 0.75;
/** Words listed as missing at most, the heaviest first. */
export const listedWords = 6;

/** Words with which a text says what was found, and what was only meant or asked. */
const asserts = /\b(?:conclu(?:de[sd]?|sions?)|suggest(?:s|ed|ing)?|demonstrat(?:es?|ed|ing)|show(?:s|n|ed|ing)?|found|reveal(?:s|ed)?|indicat(?:es?|ed|ing)|results?|findings?|confirm(?:s|ed)?|report(?:s|ed)?|identif(?:y|ied|ies)|thus|therefore|hence|associated|significant(?:ly)?|led to|caused)\b/i;
const intends = /\b(?:objectives?|aim(?:s|ed)?|purpose|to (?:determine|investigate|assess|examine|evaluate|test|study|compare|explore|clarify)|whether|methods?|hypothesi[sz]ed?|unknown|unclear|remains? to be|were (?:randomi[sz]ed|recruited|enrolled|assigned)|we (?:investigated|examined|assessed|evaluated|studied|searched|conducted))\b/i;

/** 1 when a text says what was found; 1 when it says what was meant or asked. */
export const assertion = (text: string): { readonly asserts: number; readonly intends: number } => ({ asserts: asserts.test(text) ? 1 : 0, intends: intends.test(text) ? 1 : 0 });

/** Weighs a quote for a claim. */
export function weigh(claim: Claim, { quote, around, shortForms: explained, scene }: Evidence): Weighed {
  const shortForms = claim.shortForms.size === 0 ? explained : new Map([...explained, ...claim.shortForms]);
  const keys = keysOf(quote);
  const present = new Set(keys);
  const wider = new Set([...present, ...keysOf(around)]);
  const polarity = readPolarity(quote);
  const pointing = sameDirection(claim.polarity, polarity);
  let own = 0;
  let beside = 0;
  let heaviest = 0;
  const lacking: { readonly written: string; readonly weight: number }[] = [];
  const long = new Set([...shortForms].flatMap(([short, words]) => (present.has(short) ? keysOf(words.join(' ')) : [])));
  const spelledOut = new Set([...shortForms].flatMap(([short, words]) => (words.every((word) => nearness(keysOf(word)[0] ?? '', present) > 0) ? [short] : [])));
  for (const { key, weight, written } of claim.words) {
    const here = Math.max(nearness(key, present), long.has(key) || spelledOut.has(key) ? 1 : pointing.has(key) ? otherWordShare : 0);
    const nearby = Math.max(here, nearness(key, wider));
    own += weight * here;
    beside += weight * nearby;
    if (here === 0) lacking.push({ written, weight });
    if (nearby === 0) heaviest = Math.max(heaviest, weight);
  }
  const widerPlace = namePlace(`${quote}\n${around}`);
  // A name may stand beside the quote, where the sentence of the text says "she".
  const namesLacking = claim.names.filter((name) => !isNameIn(name, widerPlace, shortForms) && !(name.kind === 'acronym' && scene !== undefined && name.words.every((word) => scene().has(keyOf(stemOf(word))))));
  const dates = datesIn(quote);
  const datesLacking = claim.dates.filter((date) => !isDateIn(date, dates));
  const quantities = quantitiesIn(withoutDates(quote, dates));
  const numbersLacking = claim.quantities.filter((quantity) => !isQuantityIn(quantity, quantities));
  const compared = comparison(claim, quote);
  const against = compared === 'mirrored' ? [] : contradictions(claim.polarity, polarity);
  const turned = [...against, ...(against.length === 0 ? unsaidDenials(claim.text, quote) : []), ...swappedRoles(claim, quote), ...(compared === 'swapped' ? ['than'] : [])];
  const saidAxes = new Set(polarity.pointers.map(({ axis }) => axis));
  const unsaid = claim.polarity.pointers.filter(({ stem }) => !claim.polarity.pointers.some((pointer) => pointer.stem === stem && saidAxes.has(pointer.axis)));
  const misquoted = claim.quoted.filter((words) => findWords(`${quote}\n${around}`, words) === null);
  return {
    terms: [
      share(own, claim.weight), share(beside, claim.weight), share(heaviest, claim.weight), share(datesLacking.length + numbersLacking.length, claim.dates.length + claim.quantities.length), turned.length > 0 ? 1 : 0,
      share(unsaid.length, claim.polarity.pointers.length), Math.min(1, claim.words.length / 20), assertion(quote).intends, Math.min(1, keys.length / 60),
    ],
    missing: {
      numbers: numbersLacking.map(({ written }) => written), dates: datesLacking.map(({ written }) => written), names: namesLacking.map(({ written }) => written), polarity: turned,
      words: [...misquoted, ...lacking.toSorted((a, b) => b.weight - a.weight).slice(0, listedWords).map(({ written }) => written)],
    },
    misquoted,
  };
}

const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);
