import { bug } from '../base/errors.ts';
import { createValueIndex } from './value-index.ts';
import { labelByType, literalLabel, readStandIn, standInKey, standInPattern, standInText } from './stand-ins.ts';
import type { PersonalDataType, Span } from './span.ts';

/** A part of a text and of what it became: the same, or a stand-in. Offsets are UTF-16, ends exclusive. */
export interface Segment {
  readonly original: string;
  readonly replaced: string;
  readonly originalStart: number;
  readonly replacedStart: number;
  readonly isStandIn: boolean;
}

/** A text as it may leave, and how it came about. `segments` cover both texts without gaps, in order. */
export interface Replaced {
  readonly text: string;
  readonly segments: readonly Segment[];
}

/** The pseudonyms of one conversation. They live in memory only, as long as the object. */
export interface Pseudonyms {
  /**
   * The text with a stand-in for each span, for every other place where a value known so far stands as words of its own (ages and titles apart, which
   * are too common; value-index.ts says what counts as the same), and for whatever looks like a stand-in itself. Spans are within the text and do not overlap.
   */
  readonly replace: (text: string, spans: readonly Span[]) => Replaced;
  /** As restoreStandIns, of what was given so far. */
  readonly restore: (text: string) => string;
  /** What was given so far. */
  readonly originals: () => Originals;
}

/** What stand-ins stand for, by their keys (stand-ins.ts). */
export type Originals = ReadonlyMap<string, string>;

interface Entity {
  readonly label: string;
  readonly number: number;
  /** Ways of writing it that were met, with their variants from 1. */
  readonly variants: Map<string, number>;
}

interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly type: PersonalDataType | null;
  readonly value: string;
}

const tooCommon: ReadonlySet<PersonalDataType> = new Set(['AGE', 'TITLE']);

/** Pseudonyms for a new conversation. The same value has the same stand-in in all its texts; another spelling is a variant of it: `[PERSON-1.2]`. */
export function createPseudonyms(): Pseudonyms {
  const entities = new Map<string, Entity>();
  const entitiesByNameWord = new Map<string, Set<Entity>>();
  const counts = new Map<string, number>();
  const originals = new Map<string, string>();
  const index = createValueIndex();

  // A part of one full name and of no other is a way of writing that name.
  const fullNameWith = (word: string): Entity | undefined => {
    const named = entitiesByNameWord.get(word);
    return named?.size === 1 ? [...named][0] : undefined;
  };

  const entityOf = ({ type, value }: Replacement, spelling: string): Entity => {
    const label = type === null ? literalLabel : labelByType[type];
    const key = `${label} ${type === null ? spelling : value.toLowerCase()}`;
    const known = entities.get(key);
    if (known !== undefined) return known;
    const words = type === 'PERSON' ? value.toLowerCase().match(/[\p{L}\p{M}]{2,}/gu) ?? [] : [];
    const full = words.length === 1 ? fullNameWith(words[0] ?? '') : undefined;
    const number = (counts.get(label) ?? 0) + 1;
    const entity = full ?? { label, number, variants: new Map() };
    if (full === undefined) counts.set(label, number);
    if (words.length > 1) for (const word of words) entitiesByNameWord.set(word, (entitiesByNameWord.get(word) ?? new Set()).add(entity));
    entities.set(key, entity);
    return entity;
  };

  const standInFor = (replacement: Replacement, spelling: string): string => {
    const { type, value } = replacement;
    const { label, number, variants } = entityOf(replacement, spelling);
    const known = variants.get(spelling);
    if (known !== undefined) return standInText({ label, number, variant: known });
    const standIn = { label, number, variant: variants.size + 1 };
    variants.set(spelling, standIn.variant);
    originals.set(standInKey(standIn), spelling);
    if (type !== null && !tooCommon.has(type)) index.add(spelling, { type, value });
    return standInText(standIn);
  };

  const build = (text: string, replacements: readonly Replacement[]): Segment[] => {
    const segments: Segment[] = [];
    let originalStart = 0;
    let replacedStart = 0;
    const add = (end: number, replacement: Replacement | null): void => {
      if (end === originalStart) return;
      const original = text.slice(originalStart, end);
      const replaced = replacement === null ? original : standInFor(replacement, original);
      segments.push({ original, replaced, originalStart, replacedStart, isStandIn: replacement !== null });
      originalStart = end;
      replacedStart += replaced.length;
    };
    for (const replacement of replacements) {
      add(replacement.start, null);
      add(replacement.end, replacement);
    }
    add(text.length, null);
    return segments;
  };

  return {
    replace: (text, spans) => {
      const chosen: Replacement[] = spans.filter(({ start, end }) => end > start).toSorted((a, b) => a.start - b.start);
      if (chosen.some(({ start, end }, at) => start < (chosen[at - 1]?.end ?? 0) || end > text.length)) bug('spans overlap or leave their text');
      // What is found in this text is known before its other places are looked for.
      for (const replacement of chosen) standInFor(replacement, text.slice(replacement.start, replacement.end));
      let all = merged(chosen, gapsOf(text, chosen).flatMap((gap) => index.findIn(text.slice(gap.start, gap.end)).map((known) => ({ ...known, start: known.start + gap.start, end: known.end + gap.start }))));
      for (;;) {
        const segments = build(text, all);
        const replaced = segments.map((segment) => segment.replaced).join('');
        const literals = foreignStandIns(replaced, segments);
        if (literals.length === 0) return { text: replaced, segments };
        const more = merged(all, literals);
        if (more.length === all.length) bug('a stand-in of the text runs into one of ours');
        all = more;
      }
    },
    restore: (text) => restoreStandIns(text, originals),
    originals: () => new Map(originals),
  };
}

/** The text with the originals back. Tolerates other case, blanks and dashes, and missing brackets; a stand-in that was never given stays. */
export function restoreStandIns(text: string, originals: Originals): string {
  return text.replace(standInPattern, (written: string, ...groups: (string | undefined)[]) => {
    const { label, number, variant } = readStandIn([written, ...groups]);
    const exact = originals.get(standInKey({ label, number, variant }));
    if (exact !== undefined) return exact;
    // "See ORG-1.5 million" is the first spelling and a decimal; in brackets a variant that was never given is the first one.
    const first = originals.get(standInKey({ label, number, variant: 1 }));
    return first === undefined ? written : first + (written.startsWith('[') ? '' : written.slice(written.lastIndexOf('.')));
  });
}

/** What lies between the replacements: there, a value that ran into one of them stands by itself. */
function gapsOf(text: string, chosen: readonly Replacement[]): { readonly start: number; readonly end: number }[] {
  return [...chosen, { start: text.length, end: text.length }].map(({ start }, at) => ({ start: chosen[at - 1]?.end ?? 0, end: start }));
}

/** Both lists in order; what overlaps one of the first list is left out. Neither list overlaps itself. */
function merged(first: readonly Replacement[], second: readonly Replacement[]): Replacement[] {
  const all: Replacement[] = [];
  let at = 0;
  for (const own of first) {
    for (; at < second.length; at += 1) {
      const other = second[at];
      if (other === undefined || other.start >= own.end) break;
      if (other.end <= own.start && other.start >= (all.at(-1)?.end ?? 0)) all.push(other);
    }
    all.push(own);
  }
  return [...all, ...second.slice(at).filter(({ start }) => start >= (first.at(-1)?.end ?? 0))];
}

/** What reads as a stand-in in the replaced text and is none of ours, as offsets into the original. */
function foreignStandIns(replaced: string, segments: readonly Segment[]): Replacement[] {
  const found: Replacement[] = [];
  let at = 0;
  for (const match of replaced.matchAll(standInPattern)) {
    while (at + 1 < segments.length && (segments[at + 1]?.replacedStart ?? 0) <= match.index) at += 1;
    const segment = segments[at];
    if (segment === undefined || segment.isStandIn) continue;
    const start = segment.originalStart + match.index - segment.replacedStart;
    found.push({ start, end: start + match[0].length, type: null, value: match[0] });
  }
  return found;
}

/** The part of the original text that a part of the replaced one stands for. Whatever touches a stand-in takes its whole original in. */
export function originalRange({ segments }: Replaced, start: number, end: number): { readonly start: number; readonly end: number } {
  const offsetOf = (offset: number, isEnd: boolean): number => {
    const segment = segments.findLast(({ replacedStart }) => (isEnd ? replacedStart < offset : replacedStart <= offset)) ?? segments[0];
    if (segment === undefined) return 0;
    const within = offset - segment.replacedStart;
    if (!segment.isStandIn || within === 0) return segment.originalStart + Math.min(within, segment.original.length);
    return segment.originalStart + (isEnd || within >= segment.replaced.length ? segment.original.length : 0);
  };
  return { start: offsetOf(start, false), end: end <= start ? offsetOf(start, false) : offsetOf(end, true) };
}
