import type { PersonalDataType } from '../../preload/contract/domains/entities.ts';

export type { PersonalDataType };

/** Personal data in a text: UTF-16 offsets, end exclusive; `text` is what stands there, `value` the same in its normal form. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly type: PersonalDataType;
  readonly text: string;
  readonly value: string;
}

/** A span of the text, without its value where white space in a row is one blank. */
export function spanOf(text: string, type: PersonalDataType, start: number, end: number, value?: string): Span {
  const own = text.slice(start, end);
  return { start, end, type, text: own, value: value ?? own.replace(/\s+/gu, ' ') };
}

/** Spans in the order of the text; of two that overlap, the one that is earlier in `spans` stays. */
export function withoutOverlaps(spans: readonly Span[]): Span[] {
  const ranked = spans.map((span, rank) => ({ span, rank })).toSorted((a, b) => a.span.start - b.span.start || a.rank - b.rank);
  const kept: { span: Span; rank: number }[] = [];
  for (const entry of ranked) {
    let last = kept.at(-1);
    let beaten = false;
    while (last !== undefined && last.span.end > entry.span.start) {
      if (last.rank < entry.rank) { beaten = true; break; }
      kept.pop();
      last = kept.at(-1);
    }
    if (!beaten) kept.push(entry);
  }
  return kept.map(({ span }) => span);
}
