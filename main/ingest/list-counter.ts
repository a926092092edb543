/** Numbers of list paragraphs, which word processors compute when they show a document. */

/** A level of a list: how its paragraphs are numbered. Forms of numbers are those of [MS-OSHARED] 2.2.1.3. */
export interface ListLevel {
  readonly startAt: number;
  readonly format: number;
  readonly isLegal: boolean;
  /** Characters below 9 stand for the number of that level. */
  readonly text: string;
}

/** A list as paragraphs use it: which one, and what differs in its levels. */
export interface ListUse {
  readonly list: number;
  readonly levels: ReadonlyMap<number, { readonly startAt: number | null; readonly level: ListLevel | null }>;
}

/** Counts one more paragraph of a list, used under a number at a level from 0, and says what stands before it; null for a list or a level that is not there. */
export type ListCounter = (use: ListUse | undefined, number: number, level: number) => string | null;

/** A counter over these lists, by their identifiers. Paragraphs are counted in the order of the document. */
export function listCounter(lists: ReadonlyMap<number, readonly ListLevel[]>): ListCounter {
  const counters = new Map<number, (number | undefined)[]>();
  const begun = new Set<string>();
  return (use, number, level) => next(use, number, level, lists, counters, begun);
}

function next(override: ListUse | undefined, number: number, level: number, lists: ReadonlyMap<number, readonly ListLevel[]>, counters: Map<number, (number | undefined)[]>, begun: Set<string>): string | null {
  const levels = override === undefined ? undefined : lists.get(override.list);
  if (override === undefined || levels === undefined) return null;
  const levelOf = (index: number): ListLevel | undefined => override.levels.get(index)?.level ?? levels[index];
  const own = levelOf(level);
  if (own === undefined) return null;
  const counts = counters.get(override.list) ?? [];
  counters.set(override.list, counts);
  const startAt = override.levels.get(level)?.startAt ?? null;
  const isFirst = startAt !== null && !begun.has(`${number}.${level}`);
  begun.add(`${number}.${level}`);
  counts[level] = isFirst ? startAt : counts[level] === undefined ? own.startAt : (counts[level] ?? 0) + 1;
  counts.length = level + 1;
  // A mark may be a letter of a symbol font.
  if (own.format === 23) return /^[-\u2013\u2014]$/.test(own.text) ? own.text : '\u2022';
  return own.text.replace(/[\0-\x08]/g, (character) => {
    const index = character.charCodeAt(0);
    const shown = levelOf(index);
    const count = counts[index] ?? shown?.startAt ?? 1;
    counts[index] ??= count;
    return numbered(count, own.isLegal ? 0 : (shown?.format ?? 0));
  });
}

/** [MS-OSHARED] 2.2.1.3: the forms of numbers that are common; others as digits. */
function numbered(value: number, format: number): string {
  if (format === 1) return roman(value);
  if (format === 2) return roman(value).toLowerCase();
  if ((format === 3 || format === 4) && value > 0) {
    const letter = String.fromCharCode(65 + ((value - 1) % 26)).repeat(Math.min(8, Math.floor((value - 1) / 26) + 1));
    return format === 3 ? letter : letter.toLowerCase();
  }
  if (format === 5) return `${value}${value % 100 > 10 && value % 100 < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][value % 10] ?? 'th')}`;
  if (format === 22) return String(value).padStart(2, '0');
  return format === 23 || format === 255 ? '' : String(value);
}

function roman(value: number): string {
  if (value < 1 || value > 3999) return String(value);
  let left = value;
  let written = '';
  for (const [amount, letters] of [[1000, 'M'], [900, 'CM'], [500, 'D'], [400, 'CD'], [100, 'C'], [90, 'XC'], [50, 'L'], [40, 'XL'], [10, 'X'], [9, 'IX'], [5, 'V'], [4, 'IV'], [1, 'I']] as const) {
    for (; left >= amount; left -= amount) written += letters;
  }
  return written;
}
