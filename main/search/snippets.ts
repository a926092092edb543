/** Up to two lines that show why a document was found. */
import type { Span } from '../../preload/contract/domains/basics.ts';
import type { SnippetPart } from '../../preload/contract/domains/sets.ts';
import { groupHits, type Hit } from './marks.ts';
import type { GroupedTerm } from './query/read-parts.ts';

/** UTF-16 units of a line, and how many of them stand before its first hit. */
const lineUnits = 150;
const leadUnits = 40;
/** Hits looked at in one text: the first ones say enough. */
const maxHits = 400;

/** A column of a text and where the query hits in it, in order. */
export interface MarkedColumn {
  readonly text: string;
  readonly spans: readonly Span[];
}

/** Lines of the first column that has hits; none when nothing is marked. */
export function snippetsOf(columns: Iterable<MarkedColumn>, terms: readonly GroupedTerm[]): SnippetPart[][] {
  for (const { text, spans } of columns) {
    if (spans.length > 0) return lines(text, groupHits(text, spans.slice(0, maxHits), terms));
  }
  return [];
}

interface Line {
  readonly from: number;
  readonly to: number;
  readonly groups: ReadonlySet<number>;
  readonly hits: number;
}

function lines(text: string, hits: readonly Hit[]): SnippetPart[][] {
  const candidates = hits.map((hit, index) => lineAt(text, hits, index, hit));
  const best = pick(candidates, () => true, new Set());
  if (best === null) return [];
  const second = pick(candidates, (line) => line.from >= best.to || line.to <= best.from, best.groups);
  return [best, ...(second === null ? [] : [second])].toSorted((a, b) => a.from - b.from).map((line) => parts(text, line, hits));
}

/** The line with the most colours not yet shown, then with the most hits, then the first. */
function pick(candidates: readonly Line[], allows: (line: Line) => boolean, shown: ReadonlySet<number>): Line | null {
  let best: Line | null = null;
  let bestScore = -1;
  for (const line of candidates) {
    if (!allows(line)) continue;
    const fresh = [...line.groups].filter((group) => !shown.has(group)).length;
    const score = fresh * 100 + line.groups.size * 10 + Math.min(line.hits, 9);
    if (score > bestScore) [best, bestScore] = [line, score];
  }
  return best;
}

function lineAt(text: string, hits: readonly Hit[], index: number, hit: Hit): Line {
  const from = wordStart(text, Math.max(0, hit.start - leadUnits), hit.start);
  const to = wordEnd(text, Math.max(hit.end, Math.min(text.length, from + lineUnits)));
  const groups = new Set<number>();
  let count = 0;
  for (let at = index; at < hits.length && (hits[at]?.end ?? Infinity) <= to; at += 1) {
    groups.add(hits[at]?.group ?? 1);
    count += 1;
  }
  return { from, to, groups, hits: count };
}

/** The beginning of a paragraph or of a word between the two places. */
function wordStart(text: string, from: number, to: number): number {
  if (from === 0) return 0;
  const before = text.slice(from, to);
  const paragraph = before.lastIndexOf('\n\n');
  if (paragraph >= 0) return from + paragraph + 2;
  const blank = before.search(/\s/);
  return blank < 0 ? safe(text, from) : from + blank + 1;
}

function wordEnd(text: string, to: number): number {
  if (to >= text.length) return text.length;
  for (let at = to; at > to - 30; at -= 1) if (/\s/.test(text[at] ?? '')) return at;
  return safe(text, to);
}

/** Never between the halves of a surrogate pair. */
function safe(text: string, at: number): number {
  return /[\uDC00-\uDFFF]/.test(text[at] ?? '') ? at - 1 : at;
}

function parts(text: string, { from, to }: Line, hits: readonly Hit[]): SnippetPart[] {
  const out: SnippetPart[] = [];
  const add = (piece: string, group: SnippetPart['group']): void => {
    const shown = piece.replace(/\s+/g, ' ');
    if (shown !== '') out.push({ text: shown, group });
  };
  let at = from;
  if (from > 0 && !/\n\s*$/.test(text.slice(Math.max(0, from - 4), from))) add('…', null);
  for (const hit of hits) {
    if (hit.start < at || hit.end > to) continue;
    add(text.slice(at, hit.start), null);
    add(text.slice(hit.start, hit.end), hit.group);
    at = hit.end;
  }
  add(text.slice(at, to), null);
  if (to < text.length && !text.startsWith('\n\n', to)) add('…', null);
  return out;
}
