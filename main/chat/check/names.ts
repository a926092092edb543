/** Names in running text: capitalised runs, acronyms with their expansions, and codes that mix letters and digits. Pure. */
import type { Span } from '../../../preload/contract/domains/basics.ts';
import { fold, stopWords, wordsOf, type Word } from '../../search/index.ts';
import { stemOf } from '../stems.ts';
import { keyOf, keysOf, nearness } from './words.ts';

/** A name as it stands in a sentence; `words` are its folded words without titles. */
export interface WrittenName extends Span {
  readonly written: string;
  readonly words: readonly string[];
  /** `subject`: the one capitalised word that a sentence begins with, a name or not; it is asked for in any form or like word. */
  readonly kind: 'run' | 'acronym' | 'code' | 'subject';
}

const titles = new Set(['mr', 'mrs', 'ms', 'dr', 'prof', 'professor', 'sir', 'lord', 'lady', 'judge', 'captain', 'colonel', 'general', 'president', 'minister', 'mayor', 'director']);
const never = new Set(['i', 'january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday', 'am', 'pm', 'eur', 'usd', 'gbp', 'ok', 'no', 'not', 'yes']);
/** More of its words capitalised than this and no stop at its end, and a sentence is a heading: capitals say nothing there. */
const headingShare = 0.7;

type Shape = 'acronym' | 'code' | 'capital' | 'plain';

function shapeOf(written: string): Shape {
  if (/\p{L}/u.test(written) && /\d/.test(written)) return /^\d+(?:st|nd|rd|th|s)$/i.test(written) ? 'plain' : 'code';
  if (/\p{Ll}*\p{Lu}.*\p{Lu}/u.test(written)) return 'acronym';
  return /^\p{Lu}/u.test(written) ? 'capital' : 'plain';
}

/** The names of a sentence, and the word that it begins with unless that is none that anything is said of. */
export function namesIn(sentence: string): WrittenName[] {
  const words = wordsOf(sentence);
  const shapes = words.map(({ start, end }) => shapeOf(sentence.slice(start, end)));
  const long = words.filter(({ start, end }) => end - start > 3);
  const isHeading = long.length > 3 && !/[.!?]["”’)\]]*\s*$/.test(sentence) && long.filter(({ start }) => /^\p{Lu}/u.test(sentence.slice(start))).length / long.length > headingShare;
  const out: WrittenName[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const kind = shapes[at];
    const word = words[at];
    if (word === undefined || kind === undefined || kind === 'plain' || never.has(word.folded)) continue;
    let last = at;
    while (last + 1 < words.length && joins(sentence, words, last) && shapes[last + 1] !== 'plain' && !never.has(words[last + 1]?.folded ?? '')) last += 1;
    const run = words.slice(at, last + 1);
    const isFirst = at === 0 || /[.!?:"“]\s*$/.test(sentence.slice(Math.max(0, word.start - 3), word.start));
    // "Active Ly49Q": the sentence begins with what is said of the name.
    const opensRun = isFirst && run.length > 1 && shapes[at] === 'capital' && (shapes[at + 1] === 'code' || shapes[at + 1] === 'acronym') && abstractEnding.test(word.folded);
    const kept = run.slice(opensRun ? 1 : 0).filter(({ folded }, index) => !titles.has(folded) && !(index === 0 && isFirst && stopWords.has(folded)) && !/^s$/.test(folded));
    const isStart = isFirst && kept.length === 1 && kept[0] === word && kind === 'capital';
    const begin = kept[0];
    const end = run.at(-1);
    if (begin !== undefined && end !== undefined && !(isStart && opensOnly(word.folded)) && !(isHeading && kind === 'capital') && !kept.every(({ folded }) => stopWords.has(folded))) {
      out.push({ start: begin.start, end: end.end, written: sentence.slice(begin.start, end.end), words: kept.map(({ folded }) => folded), kind: isStart ? 'subject' : kind === 'capital' || kept.length > 1 ? 'run' : kind });
    }
    at = last;
  }
  return out;
}

/** Words that open a sentence and that nothing is said of. */
const openers = new Set('nobody somebody anybody everybody someone anyone everyone nothing something everything however although though since thus therefore hence moreover furthermore finally overall according many several much another additionally yet still now today yesterday recently currently later earlier never always often sometimes perhaps maybe one two three four five six seven eight nine ten first second third last next new old without within among across despite like unlike whether instead indeed nor'.split(' '));
/** Endings of words of quality, action and state; the long ones only in long words: Clement and Felicity are people. */
const abstractEnding = /(?:ing|ly|ed|tion|sion|ous|ive)$|^.{4,}(?:ment|ness|ism|able|ible|less|ical|ular|ology|osis|itis|emia)$|^.{6,}ity$/;
const opensOnly = (word: string): boolean => openers.has(word) || stopWords.has(word) || word.length < 3 || abstractEnding.test(word);

/** True when the next word belongs to the same run: one blank, a hyphen or an apostrophe between, nothing else. */
function joins(sentence: string, words: readonly Word[], at: number): boolean {
  return /^(?: |-|['’]|\. )$/.test(sentence.slice(words[at]?.end ?? 0, words[at + 1]?.start ?? 0)) && !(/^\. $/.test(sentence.slice(words[at]?.end ?? 0, words[at + 1]?.start ?? 0)) && (words[at]?.end ?? 0) - (words[at]?.start ?? 0) > 1);
}

/** Short forms that a text explains: "World Health Organization (WHO)" or "WHO (World Health Organization)", both ways, folded. */
export function shortFormsIn(text: string): Map<string, readonly string[]> {
  const out = new Map<string, readonly string[]>();
  for (const match of text.matchAll(/\(([\p{L}\p{N}][\p{L}\p{N}-]{1,11})\)/gu)) {
    const short = match[1] ?? '';
    if (!/\p{Lu}/u.test(short)) continue;
    const before = wordsOf(text.slice(Math.max(0, match.index - 160), match.index)).map(({ folded }) => folded);
    const long = longForm(fold(short), before);
    if (long !== null) out.set(fold(short).replaceAll('-', ''), long);
  }
  for (const match of text.matchAll(/(?<![\p{L}\p{N}])(\p{Lu}[\p{L}\p{N}-]{1,10}) \(([\p{L}][^()]{4,80})\)/gu)) {
    const words = wordsOf(match[2] ?? '').map(({ folded }) => folded);
    const long = longForm(fold(match[1] ?? ''), words);
    if (long !== null) out.set(fold(match[1] ?? '').replaceAll('-', ''), long);
  }
  return out;
}

/** The words at the end of `before` that the short form stands for: as few as begin with its first letter and hold its letters in order. */
function longForm(short: string, before: readonly string[]): readonly string[] | null {
  const letters = short.replace(/[^\p{L}]/gu, '').replace(/s$/, '');
  if (letters.length < 2) return null;
  for (let count = 1; count <= Math.min(before.length, letters.length + 4); count += 1) {
    const words = before.slice(before.length - count);
    if (words[0]?.startsWith(letters.slice(0, 1)) === true && count >= Math.min(2, letters.length - 1) && holdsInOrder(words, letters)) return words;
  }
  return null;
}

/** True when each letter stands in the words in order, and every word but small ones gives at least its first. */
function holdsInOrder(words: readonly string[], letters: string): boolean {
  let at = 0;
  for (const word of words) {
    if (word[0] !== letters[at]) {
      if (stopWords.has(word) || word.length < 3) continue;
      if (!word.includes(letters[at] ?? '\0')) return false;
    }
    for (const letter of word) if (letter === letters[at]) at += 1;
  }
  return at >= letters.length;
}

/** What names are looked for in: words of a text, and what its short forms stand for. */
export interface NamePlace {
  readonly stems: ReadonlySet<string>;
  readonly keys: ReadonlySet<string>;
  readonly words: readonly string[];
}

export const namePlace = (text: string): NamePlace => {
  const words = wordsOf(text).map(({ folded }) => folded);
  return { words, stems: new Set(words.map(stemOf)), keys: new Set(keysOf(text)) };
};

const holds = (place: NamePlace, word: string): boolean => place.stems.has(stemOf(word)) || (word.length > 3 && word.endsWith('s') && place.stems.has(stemOf(word.slice(0, -1))));

/** A coined name without what a writer may leave off: the small letter before an acronym (cRCT), the number of a family of at least four letters (Dscam1); null for others. */
function bareForm({ kind, written, words }: WrittenName): string | null {
  if (words.length !== 1) return null;
  if (kind === 'acronym') return /^\p{Ll}(\p{Lu}{3,})$/u.exec(written)?.[1]?.toLowerCase() ?? null;
  return kind === 'code' ? /^(\p{L}{4,})\d$/u.exec(words[0] ?? '')?.[1] ?? null : null;
}

/** True when the initials stand side by side in the words, small words passed over. */
function initialsStand(letters: string, words: readonly string[]): boolean {
  const telling = words.filter((word) => !stopWords.has(word) || word.length > 3);
  const initials = telling.map((word) => word[0] ?? ' ').join('');
  return letters.length >= 3 && /^\p{L}+$/u.test(letters) && initials.includes(letters);
}

/** True when the place says the name: all of its words, or a short form or what it stands for. */
export function isNameIn(name: WrittenName, place: NamePlace, shortForms: ReadonlyMap<string, readonly string[]>): boolean {
  if (name.words.every((word) => stopWords.has(word) || holds(place, word))) return true;
  // A name that is part of what a short form stands for is said by the short form: "AMP-activated protein kinase (AMPK)".
  if (name.kind !== 'run' && [...shortForms].some(([short, words]) => words.includes(name.words[0] ?? '') && holds(place, short))) return true;
  const bare = bareForm(name);
  if (bare !== null && holds(place, bare)) return true;
  const joined = name.words.join('');
  if (place.words.includes(joined)) return true;
  const long = shortForms.get(joined) ?? shortForms.get(joined.replace(/s$/, ''));
  if (long?.every((word) => holds(place, word)) === true) return true;
  if (name.kind === 'subject') return nearness(keyOf(stemOf(joined)), place.keys) > 0;
  if (name.kind === 'acronym') return initialsStand(joined.replace(/s$/, ''), place.words);
  if (name.kind !== 'run' || name.words.length < 2) return false;
  return [...shortForms].some(([short, words]) => holds(place, short) && name.words.every((word) => words.includes(word)));
}
