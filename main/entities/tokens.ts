import type { Span } from './span.ts';

/** What a token is, before its context is looked at. `found` is a span that rules are sure of, `perhaps` digits that may be a telephone number. */
export type TokenKind = 'word' | 'number' | 'mark' | 'found' | 'perhaps';

/** A piece of the text that is tagged as one: a word, a row of digits, one other sign, or a span that rules found. */
export interface Token {
  readonly start: number;
  readonly end: number;
  readonly kind: TokenKind;
  readonly text: string;
  /** What stands before it: nothing, blanks, a line break, an empty line or the start of the text. */
  readonly gap: 'none' | 'blank' | 'line' | 'paragraph';
}

function gapOf(between: string, isFirst: boolean): Token['gap'] {
  if (isFirst) return 'paragraph';
  if (between === '') return 'none';
  const breaks = between.split('\n').length - 1;
  return breaks === 0 ? 'blank' : breaks === 1 ? 'line' : 'paragraph';
}

/** The tokens of a text, in order. `spans` are sorted and do not overlap; each becomes one token. */
export function tokenise(text: string, spans: readonly Span[], perhapsPhones: readonly Span[]): Token[] {
  const whole = [...spans.map((span) => ({ span, kind: 'found' as const })), ...perhapsPhones.map((span) => ({ span, kind: 'perhaps' as const }))].toSorted((a, b) => a.span.start - b.span.start);
  const tokens: Token[] = [];
  let end = 0;
  const add = (start: number, stop: number, kind: TokenKind): void => {
    tokens.push({ start, end: stop, kind, text: text.slice(start, stop), gap: gapOf(text.slice(end, Math.min(start, end + 64)), tokens.length === 0) });
    end = stop;
  };
  const pieces = /([\p{L}\p{M}]+)|(\p{N}+)|[^\s]/gu;
  const addPieces = (from: number, until: number): void => {
    pieces.lastIndex = from;
    for (let match = pieces.exec(text); match !== null && match.index < until; match = pieces.exec(text)) {
      const stop = Math.min(match.index + match[0].length, until);
      add(match.index, stop, match[1] !== undefined ? 'word' : match[2] !== undefined ? 'number' : 'mark');
      pieces.lastIndex = stop;
    }
  };
  for (const { span, kind } of whole) {
    addPieces(end, span.start);
    add(span.start, span.end, kind);
  }
  addPieces(end, text.length);
  return tokens;
}
