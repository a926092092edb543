import type { PersonalDataType } from './span.ts';

/** Whose value a spelling is. */
export interface KnownValue {
  readonly type: PersonalDataType;
  readonly value: string;
}

/** The spellings of values that are known, to be found again in other places. */
export interface ValueIndex {
  readonly add: (spelling: string, known: KnownValue) => void;
  /** Where one of them stands, in any case, touched by no letter or digit; sorted, without overlaps, the longest first where several begin. */
  readonly findIn: (text: string) => (KnownValue & { readonly start: number; readonly end: number })[];
}

const word = /[\p{L}\p{M}\p{N}]+/gu;
const isWordSign = (sign: string | undefined): boolean => sign !== undefined && /[\p{L}\p{M}\p{N}]/u.test(sign);

interface Spelling extends KnownValue {
  readonly lower: string;
  /** Where its first word stands in it. */
  readonly lead: number;
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
      if (list.some((other) => other.lower === lower)) return;
      byFirstWord.set(first[0].toLowerCase(), [...list, { ...known, lower, lead: first.index }].toSorted((a, b) => b.lower.length - a.lower.length));
    },
    findIn: (text) => {
      const found: (KnownValue & { start: number; end: number })[] = [];
      let free = 0;
      for (const match of text.matchAll(word)) {
        for (const { type, value, lower, lead } of byFirstWord.get(match[0].toLowerCase()) ?? []) {
          const start = match.index - lead;
          const end = start + lower.length;
          if (start < free || end > text.length || text.slice(start, end).toLowerCase() !== lower) continue;
          if ((isWordSign(lower[0]) && isWordSign(text[start - 1])) || (isWordSign(lower.at(-1)) && isWordSign(text[end]))) continue;
          found.push({ type, value, start, end });
          free = end;
          break;
        }
      }
      return found;
    },
  };
}
