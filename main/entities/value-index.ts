import type { PersonalDataType } from './span.ts';

/** Whose value a spelling is. */
export interface KnownValue {
  readonly type: PersonalDataType;
  readonly value: string;
}

/** The spellings of values that are known, to be found again in other places. */
export interface ValueIndex {
  readonly add: (spelling: string, known: KnownValue) => void;
  /**
   * Where one of them stands, touched by no letter or digit; sorted, without overlaps, the longest where several begin. Case does not matter, but a single
   * word is taken in other case only from four letters on and with a capital: `WILL` is Will, `will` and, for the country, `us` are not.
   */
  readonly findIn: (text: string) => (KnownValue & { readonly start: number; readonly end: number })[];
}

const word = /[\p{L}\p{M}\p{N}]+/gu;
const endsInWord = (text: string): boolean => /[\p{L}\p{M}\p{N}]$/u.test(text);
const beginsWithWord = (text: string): boolean => /^[\p{L}\p{M}\p{N}]/u.test(text);

interface Spelling extends KnownValue {
  readonly text: string;
  readonly lower: string;
  /** Where its first word stands in it. */
  readonly lead: number;
}

function isSame(written: string, spelling: string, lower: string): boolean {
  if (written === spelling) return true;
  if (written.toLowerCase() !== lower) return false;
  return !/^[\p{L}\p{M}]+$/u.test(spelling) || (written.length >= 4 && /^\p{Lu}/u.test(written));
}

/** An empty index. */
export function createValueIndex(): ValueIndex {
  const byFirstWord = new Map<string, Spelling[]>();
  return {
    add: (spelling, known) => {
      const first = /[\p{L}\p{M}\p{N}]+/u.exec(spelling);
      if (first === null) return; // of marks alone: there is nothing to be known by
      const lower = spelling.toLowerCase();
      const list = byFirstWord.get(first[0].toLowerCase()) ?? [];
      if (list.some((other) => other.text === spelling)) return;
      byFirstWord.set(first[0].toLowerCase(), [...list, { ...known, text: spelling, lower, lead: first.index }].toSorted((a, b) => b.lower.length - a.lower.length));
    },
    findIn: (text) => {
      const found: (KnownValue & { start: number; end: number })[] = [];
      let free = 0;
      for (const match of text.matchAll(word)) {
        for (const { type, value, text: spelling, lower, lead } of byFirstWord.get(match[0].toLowerCase()) ?? []) {
          const start = match.index - lead;
          const end = start + lower.length;
          if (start < free || end > text.length || !isSame(text.slice(start, end), spelling, lower)) continue;
          // Two units: a letter may be a pair.
          if ((beginsWithWord(lower) && endsInWord(text.slice(Math.max(0, start - 2), start))) || (endsInWord(lower) && beginsWithWord(text.slice(end, end + 2)))) continue;
          found.push({ type, value, start, end });
          free = end;
          break;
        }
      }
      return found;
    },
  };
}
