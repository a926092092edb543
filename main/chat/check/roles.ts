/**
 * Who did what to whom, as far as the order of words tells: two names on either side of one verb, and what is compared on either side of
 * "than". A quote that has the same on opposite sides says something else. It finds the plain cases. Pure.
 */
import type { Claim } from './claim.ts';
import { namesIn, type WrittenName } from './names.ts';
import { stopWords, wordsOf } from '../../search/index.ts';
import { stemOf } from '../stems.ts';
import { keyOf } from './words.ts';

/** A verb, or whatever stands between two names, with who acts and who is acted on. */
interface Deed {
  readonly first: WrittenName;
  readonly second: WrittenName;
  /** Keys of the telling words between them. */
  readonly between: ReadonlySet<string>;
  readonly isPassive: boolean;
}

/** Two names this far apart, in characters, are not of one deed. */
const farApart = 90;

function deedsIn(text: string): Deed[] {
  const names = namesIn(text).filter(({ kind }) => kind !== 'code');
  return names.slice(1).flatMap((second, index) => {
    const first = names[index];
    if (first === undefined || second.start - first.end > farApart) return [];
    const middle = text.slice(first.end, second.start);
    if (/[;.!?:]|\b(?:and|or|with)\s*$/.test(middle) || /^\s*(?:,|and|or|of|&)/.test(middle)) return [];
    const between = new Set(wordsOf(middle).flatMap(({ folded }) => (stopWords.has(folded) ? [] : [keyOf(stemOf(folded))])));
    return between.size === 0 ? [] : [{ first, second, between, isPassive: /\b(?:is|are|was|were|be|been|being)\b.*\bby\s*(?:the\s*)?$/i.test(middle) }];
  });
}

/** A claim is compared with many quotes. */
const deedsByClaim = new WeakMap<Claim, readonly Deed[]>();

const isSame = (a: WrittenName, b: WrittenName): boolean => a.words.some((word) => b.words.includes(word));
const shares = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean => [...a].some((key) => b.has(key));

/** The telling words on each side of "than", those of one side alone. */
function sidesOfThan(text: string): readonly [ReadonlySet<string>, ReadonlySet<string>] | null {
  const at = text.search(/\bthan\b/i);
  if (at < 0) return null;
  const keys = (part: string): string[] => wordsOf(part).flatMap(({ folded }) => (stopWords.has(folded) ? [] : [keyOf(stemOf(folded))]));
  const [left, right] = [new Set(keys(text.slice(0, at))), new Set(keys(text.slice(at + 4).split(/[;,.]/)[0] ?? ''))];
  return [new Set([...left].filter((key) => !right.has(key))), new Set([...right].filter((key) => !left.has(key)))];
}

const count = (a: ReadonlySet<string>, b: ReadonlySet<string>): number => [...a].filter((key) => b.has(key)).length;

/** How the quote compares what the claim compares: the other way round (`swapped`), turned round twice and so the same (`mirrored`), or neither. */
export function comparison(claim: Claim, quote: string): 'swapped' | 'mirrored' | null {
  const asked = sidesOfThan(claim.text);
  const told = asked === null ? null : sidesOfThan(quote);
  if (asked === null || told === null) return null;
  const straight = Math.min(count(asked[0], told[0]), count(asked[1], told[1]));
  const crossed = Math.min(count(asked[0], told[1]), count(asked[1], told[0]));
  if (crossed <= straight) return null;
  return downward.test(claim.text) === downward.test(quote) ? 'swapped' : 'mirrored';
}

const downward = /\b(?:less|fewer|lower|smaller|worse|slower|shorter|cheaper|weaker)\b/i;

/** What of a claim the quote has the other way round, as the claim writes it; empty when nothing plainly is. */
export function swappedRoles(claim: Claim, quote: string): string[] {
  const own = deedsByClaim.get(claim) ?? deedsIn(claim.text);
  deedsByClaim.set(claim, own);
  const said = own.length === 0 ? [] : deedsIn(quote);
  return own.flatMap((deed) => {
    const alike = said.filter(({ between }) => shares(between, deed.between));
    const isThere = (other: Deed, same: boolean): boolean => {
      const [a, b] = (deed.isPassive === other.isPassive) === same ? [other.first, other.second] : [other.second, other.first];
      return isSame(deed.first, a) && isSame(deed.second, b);
    };
    return alike.some((other) => isThere(other, false)) && !alike.some((other) => isThere(other, true)) ? [`${deed.first.written} … ${deed.second.written}`] : [];
  });
}
