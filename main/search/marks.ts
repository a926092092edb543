/** From a text with marked hits back to the text and the exact places of its hits. */
import type { Span } from '../../preload/contract/domains/basics.ts';
import { markEnd, markStart } from '../store/reader.ts';
import type { Group, GroupedTerm } from './query/read-parts.ts';
import { stem, wordsOf, type Word } from './words.ts';

export interface Hit extends Span {
  readonly group: Group;
}

/** The unmarked text and the spans that were marked, in UTF-16 offsets of the unmarked text. */
export function readMarks(marked: string): { readonly text: string; readonly spans: readonly Span[] } {
  const spans: Span[] = [];
  const pieces: string[] = [];
  let copied = 0;
  let length = 0;
  for (let open = marked.indexOf(markStart); open >= 0; open = marked.indexOf(markStart, copied)) {
    const close = marked.indexOf(markEnd, open);
    if (close < 0) break;
    const hit = marked.slice(open + 1, close);
    const start = length + open - copied;
    pieces.push(marked.slice(copied, open), hit);
    spans.push({ start, end: start + hit.length });
    length = start + hit.length;
    copied = close + 1;
  }
  if (spans.length === 0) return { text: marked, spans };
  pieces.push(marked.slice(copied));
  return { text: pieces.join(''), spans };
}

interface Pattern {
  readonly stems: readonly string[];
  readonly prefix: boolean;
  readonly group: Group;
}

/** Gives each marked span its colour. A span is one hit or several that overlap or touch: it is cut where the terms begin and end. */
export function groupHits(text: string, spans: readonly Span[], terms: readonly GroupedTerm[]): Hit[] {
  const patterns = terms.map(({ term, group }): Pattern => ({ stems: wordsOf(term.text).map(({ folded }) => stem(folded)), prefix: term.prefix === true, group }));
  patterns.sort((a, b) => b.stems.length - a.stems.length);
  const fallback = terms[0]?.group ?? 1;
  const groupByWord = new Map<string, Group>();
  for (const { stems, prefix, group } of patterns) if (stems.length === 1 && !prefix && !groupByWord.has(stems[0] ?? '')) groupByWord.set(stems[0] ?? '', group);
  const isSimple = groupByWord.size > 0 && patterns.every(({ stems, prefix }) => stems.length === 1 && !prefix);
  return spans.flatMap((span) => {
    const words = wordsOf(text.slice(span.start, span.end));
    if (isSimple && words.length === 1) return [{ ...span, group: groupByWord.get(stem(words[0]?.folded ?? '')) ?? fallback }];
    return cut(span, words, patterns, fallback);
  });
}

function cut(span: Span, words: readonly Word[], patterns: readonly Pattern[], fallback: Group): Hit[] {
  const stems = words.map(({ folded }) => stem(folded));
  const out: Hit[] = [];
  for (let at = 0; at < words.length;) {
    const pattern = patterns.find((each) => fits(each, stems, words, at));
    const last = words[at + (pattern?.stems.length ?? 1) - 1];
    const first = words[at];
    if (pattern !== undefined && first !== undefined && last !== undefined) out.push({ start: span.start + first.start, end: span.start + last.end, group: pattern.group });
    at += pattern?.stems.length ?? 1;
  }
  return out.length === 0 ? [{ ...span, group: fallback }] : out;
}

function fits({ stems: wanted, prefix }: Pattern, stems: readonly string[], words: readonly Word[], at: number): boolean {
  return wanted.length > 0 && wanted.every((want, index) => {
    const found = stems[at + index];
    if (found === undefined) return false;
    return prefix && index === wanted.length - 1 ? found.startsWith(want) || (words[at + index]?.folded.startsWith(want) ?? false) : found === want;
  });
}
