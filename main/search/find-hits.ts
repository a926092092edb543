/**
 * Where a query hits in a text too long for FTS5's highlight(), whose work grows with hits times length. The same words, stems,
 * phrases and NEAR as the index, in time that grows with the text alone. One difference: beside other words FTS5 also marks one
 * side of a NEAR whose other side is not near; this does not.
 */
import type { Span } from '../../preload/contract/domains/basics.ts';
import type { NearTerm, QueryNode, TextField } from './query/ast.ts';
import { visitPositive } from './query/to-match.ts';
import { nearPairs } from './near-pairs.ts';
import { fold, scanWords, stem, wordsOf } from './words.ts';

/** A word that is looked for: its stem, or any stem that begins so. */
interface Slot {
  readonly stem: string;
  readonly prefix: boolean;
}

/** A word or phrase, as numbers of slots. */
type Needle = readonly number[];

interface Leaf {
  readonly left: Needle;
  /** The other side of NEAR; null for a word or phrase alone. */
  readonly right: Needle | null;
  readonly distance: number;
}

/** What a query looks for in one column. */
export interface HitPlan {
  readonly slots: readonly Slot[];
  readonly leaves: readonly Leaf[];
  /** Words after which a hit no longer depends on what follows. */
  readonly reach: number;
}

/** The words of a text that are in some slot, side by side in four lists. */
interface Found {
  /** Which word of the text it is. */
  readonly ordinals: number[];
  readonly starts: number[];
  readonly ends: number[];
  readonly slots: (readonly number[])[];
  words: number;
}

/** Words read before hits are first counted; then twice as many each time. */
const firstStretch = 65_536;
const none: readonly number[] = [];

type Sought = Pick<NearTerm, 'text'> & { readonly prefix?: boolean };

/** What a query looks for in a column, without what a NOT takes away. */
export function planHits(node: QueryNode, column: TextField | 'body'): HitPlan {
  const slots: Slot[] = [];
  const numbers = new Map<string, number>();
  const needle = ({ text, prefix = false }: Sought): Needle => wordsOf(text).map(({ folded }, index, all) => {
    const slot = { stem: stem(folded), prefix: prefix && index === all.length - 1 };
    const key = `${slot.stem}${slot.prefix ? '*' : ''}`;
    const number = numbers.get(key) ?? slots.push(slot) - 1;
    numbers.set(key, number);
    return number;
  });
  const leaves: Leaf[] = [];
  const alone = (term: Sought): unknown => leaves.push({ left: needle(term), right: null, distance: 0 });
  visitPositive(node, (leaf) => {
    if (leaf.kind === 'near') for (const left of leaf.left) for (const right of leaf.right) leaves.push({ left: needle(left), right: needle(right), distance: leaf.distance });
    if ((leaf.kind === 'word' || leaf.kind === 'phrase') && (leaf.field ?? column) === column) alone(leaf);
    if (leaf.kind === 'address' && column === 'people') alone(leaf.term);
  });
  const whole = leaves.filter(({ left, right }) => left.length > 0 && right?.length !== 0);
  return { slots, leaves: whole, reach: Math.max(1, ...whole.map(({ left, right, distance }) => 2 * (left.length + (right?.length ?? 0) + distance))) };
}

/** The first `limit` hits, in order, those that overlap as one: the spans that the index marks. */
export function firstHits(text: string, plan: HitPlan, limit: number): Span[] {
  return stretches(text, plan, (found, isWhole) => {
    const spans = merged(plan.leaves.flatMap((leaf) => occurrences(found, leaf)));
    const settled = isWhole ? spans.length : spans.filter(({ to }) => (found.ordinals[to] ?? 0) + plan.reach < found.words).length;
    return isWhole || settled > limit ? spans.slice(0, limit) : null;
  });
}

/** The first `each` hits of every word, phrase and NEAR that is looked for, in order: a rare word shows beside a frequent one. */
export function someHits(text: string, plan: HitPlan, each: number): Span[] {
  return stretches(text, plan, (found, isWhole) => {
    const perLeaf = plan.leaves.map((leaf) => occurrences(found, leaf));
    return isWhole || perLeaf.every(({ length }) => length > each) ? merged(perLeaf.flatMap((all) => all.slice(0, each))) : null;
  });
}

/** Both ends, included, as places in the lists of what was found. */
interface Range {
  readonly from: number;
  readonly to: number;
}

function stretches(text: string, plan: HitPlan, answer: (found: Found, isWhole: boolean) => readonly Range[] | null): Span[] {
  if (plan.leaves.length === 0) return [];
  const found: Found = { ordinals: [], starts: [], ends: [], slots: [], words: 0 };
  const visit = collector(text, plan.slots, found);
  let at = 0;
  for (let to = firstStretch; ; to *= 2) {
    at = scanWords(text, at, to, visit);
    const ranges = answer(found, at >= text.length);
    if (ranges !== null) return ranges.map(({ from, to: last }) => ({ start: found.starts[from] ?? 0, end: found.ends[last] ?? 0 }));
  }
}

/** Takes a text's words and keeps those that fill a slot. */
function collector(text: string, slots: readonly Slot[], found: Found): (start: number, end: number, isAscii: boolean) => void {
  const known = new Map<string, readonly number[]>();
  // A stem begins with the letter of its word: most words are passed over by that alone.
  const begins = new Uint8Array(128);
  for (const { stem: [first = ''] } of slots) for (const letter of [first, first.toUpperCase()]) if (letter.length === 1) begins[letter.charCodeAt(0)] = 1;
  const slotsOf = (written: string): readonly number[] => {
    const kept = stem(fold(written));
    const filled = slots.flatMap((slot, number) => ((slot.prefix ? kept.startsWith(slot.stem) : kept === slot.stem) ? [number] : []));
    return filled.length === 0 ? none : filled;
  };
  return (start, end, isAscii) => {
    const ordinal = found.words;
    found.words += 1;
    if (isAscii && begins[text.charCodeAt(start)] !== 1) return;
    const written = text.slice(start, end);
    let filled = known.get(written);
    if (filled === undefined) known.set(written, filled = slotsOf(written));
    if (filled.length === 0) return;
    found.ordinals.push(ordinal);
    found.starts.push(start);
    found.ends.push(end);
    found.slots.push(filled);
  };
}

function occurrences(found: Found, { left, right, distance }: Leaf): Range[] {
  const ranges = (needle: Needle, places: readonly number[]): Range[] => places.map((from) => ({ from, to: from + needle.length - 1 }));
  const lefts = placesOf(found, left);
  if (right === null) return ranges(left, lefts);
  const rights = placesOf(found, right);
  const near = nearPairs({ ordinals: lefts.map((at) => found.ordinals[at] ?? 0), words: left.length }, { ordinals: rights.map((at) => found.ordinals[at] ?? 0), words: right.length }, distance);
  const kept = (places: readonly number[], indexes: readonly number[]): number[] => indexes.map((index) => places[index] ?? 0);
  return [...ranges(left, kept(lefts, near.left)), ...ranges(right, kept(rights, near.right))].toSorted((a, b) => a.from - b.from);
}

/** Where the words of a needle stand one after another. */
function placesOf({ ordinals, slots }: Found, needle: Needle): number[] {
  const out: number[] = [];
  for (let at = 0; at + needle.length <= ordinals.length; at += 1) {
    const first = ordinals[at] ?? 0;
    if (needle.every((slot, index) => ordinals[at + index] === first + index && slots[at + index]?.includes(slot) === true)) out.push(at);
  }
  return out;
}

/** In order, and one range where several overlap. */
function merged(ranges: readonly Range[]): Range[] {
  const out: Range[] = [];
  for (const range of ranges.toSorted((a, b) => a.from - b.from || a.to - b.to)) {
    const last = out.at(-1);
    if (last === undefined || range.from > last.to) out.push(range);
    else if (range.to > last.to) out[out.length - 1] = { from: last.from, to: range.to };
  }
  return out;
}
