import { AppError } from '../base/errors.ts';

/** A piece of a marking's text and where it begins, in UTF-16 units. */
export interface Piece {
  readonly text: string;
  readonly at: number;
}

/** Throws policy.bad-marking with the place and the rule that is broken there. */
export function badMarking(at: number, rule: string, message: string): never {
  throw new AppError('policy.bad-marking', message, { data: { at, rule } });
}

/** The text of a marking in capitals, without the parentheses of a portion mark. */
export function markingPiece(text: string): Piece {
  const inner = trimmed({ text: text.toUpperCase(), at: 0 });
  return /^\(.*\)$/s.test(inner.text) ? trimmed({ text: inner.text.slice(1, -1), at: inner.at + 1 }) : inner;
}

function trimmed({ text, at }: Piece): Piece {
  return { text: text.trim(), at: at + (text.length - text.trimStart().length) };
}

/** The pieces between separators, without blanks around them. */
export function splitPiece({ text, at }: Piece, separator: string): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const part of text.split(separator)) {
    pieces.push(trimmed({ text: part, at: at + from }));
    from += part.length + separator.length;
  }
  return pieces;
}
