/** A sentence read for checking: what its evidence has to say. Read once, compared with many. Pure. */
import { stopWords, wordsOf } from '../../search/index.ts';
import { stemOf } from '../stems.ts';
import { datesIn, type WrittenDate } from '../../base/written-dates.ts';
import { withoutDates } from './dates.ts';
import { namesIn, shortFormsIn, type WrittenName } from './names.ts';
import { isPronoun, quantitiesIn, type Quantity } from './numbers.ts';
import { readPolarity, type Polarity } from './polarity.ts';
import { keyOf, tellingWords, type Rarity, type TellingWord } from './words.ts';

/** Of a sentence longer than this only the beginning is compared: nobody checks it as one. */
const mostChars = 2000;

export interface Claim {
  readonly text: string;
  /** True when only its beginning was read: the rest is not known to be borne by anything. */
  readonly isCut: boolean;
  readonly words: readonly TellingWord[];
  /** Sum of their weights, more than 0 unless there are none. */
  readonly weight: number;
  /** Neighbouring telling words, as keys joined by a blank. */
  readonly pairs: readonly string[];
  readonly dates: readonly WrittenDate[];
  readonly quantities: readonly Quantity[];
  readonly names: readonly WrittenName[];
  /** Words between quotation marks, at least three of them. */
  readonly quoted: readonly string[];
  readonly polarity: Polarity;
  /** What it explains itself: "protein kinase (PK)". */
  readonly shortForms: ReadonlyMap<string, readonly string[]>;
}

/** Reads a sentence. `rarity` weighs its words. */
export function readClaim(sentence: string, rarity: Rarity): Claim {
  const text = sentence.length > mostChars ? sentence.slice(0, mostChars) : sentence;
  const all = wordsOf(text);
  const dates = datesIn(text);
  const undated = withoutDates(text, dates);
  const quantities = quantitiesIn(undated).filter((quantity) => !isPronoun(quantity));
  const names = namesIn(undated).filter(({ start, end }) => !quantities.some((quantity) => quantity.start < end && start < quantity.end));
  const inFigures = [...dates, ...quantities];
  const words = tellingWords(text, rarity, all.filter(({ start, end }) => !inFigures.some((span) => span.start < end && start < span.end)));
  const pairs: string[] = [];
  for (let at = 0; at + 1 < all.length; at += 1) {
    const [a, b] = [all[at]?.folded ?? '', all[at + 1]?.folded ?? ''];
    if (!stopWords.has(a) && !stopWords.has(b)) pairs.push(`${keyOf(stemOf(a))} ${keyOf(stemOf(b))}`);
  }
  const quoted = [...text.matchAll(/“([^“”]{8,})”|"([^"]{8,})"|«([^«»]{8,})»/g)].map((match) => match[1] ?? match[2] ?? match[3] ?? '').filter((words) => wordsOf(words).length >= 3);
  return { text, isCut: text.length < sentence.length, words, weight: words.reduce((sum, word) => sum + word.weight, 0), pairs, dates, quantities, names, quoted, polarity: readPolarity(text), shortForms: shortFormsIn(text) };
}
