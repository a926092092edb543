import { folded } from './lexicon.ts';
import type { Token } from './tokens.ts';

/** Rows of the weight table: a power of two. Features are hashed into them; two that meet share their weights. */
export const rowCount = 1 << 18;

/** How many features a token has. */
export const featureCount = 42;

function hashText(text: string, seed: number): number {
  let hash = seed ^ 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}

function mix(template: number, a: number, b = 0, c = 0): number {
  let hash = Math.imul(template + 1, 0x9e3779b1) ^ a;
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b) ^ b;
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35) ^ c;
  hash = Math.imul(hash ^ (hash >>> 16), 0x27d4eb2f);
  return (hash ^ (hash >>> 15)) & (rowCount - 1);
}

/** Letters as X, x or, without case, c; digits as 9; a row of the same is told as one, up to its length of two: `Apt7` is `Xx9`. */
function shapeOf(text: string): string {
  let shape = '';
  for (const sign of text.slice(0, 24)) {
    const next = /\p{Lu}/u.test(sign) ? 'X' : /\p{Ll}/u.test(sign) ? 'x' : /\p{L}/u.test(sign) ? 'c' : /\p{N}/u.test(sign) ? '9' : sign;
    if (!shape.endsWith(next + next) && !(next === 'x' && shape.endsWith(next))) shape += next;
  }
  return shape;
}

/** What is known of a token by itself, as numbers. */
interface TokenFacts {
  readonly word: number;
  readonly shape: number;
  readonly listed: number;
  readonly gap: number;
  readonly prefix2: number;
  readonly prefix3: number;
  readonly suffix2: number;
  readonly suffix3: number;
  readonly suffix4: number;
  readonly size: number;
  readonly isCapital: boolean;
}

const gaps = { none: 1, blank: 2, line: 3, paragraph: 4 } as const;
const outside: TokenFacts = { word: 7, shape: 7, listed: 0, gap: 5, prefix2: 0, prefix3: 0, suffix2: 0, suffix3: 0, suffix4: 0, size: 0, isCapital: false };

function factsOf(token: Token, listed: (word: string) => number): TokenFacts {
  const { kind, gap } = token;
  const isDigits = kind === 'number' || kind === 'perhaps';
  // Digits are known by how they are grouped, what rules found by its kind, words by themselves.
  const word = kind === 'found' ? '<found>' : isDigits ? token.text.replace(/\p{N}/gu, '9').slice(0, 24) : folded(token.text).slice(0, 40);
  const isYear = kind === 'number' && /^(?:1[5-9]|20)\d\d$/u.test(token.text);
  const shape = isDigits ? `${kind}${isYear ? 'year' : ''}${/^0/u.test(token.text) ? 'zero' : ''}` : kind === 'found' ? '<found>' : shapeOf(token.text);
  const affix = (from: number, to?: number): number => (kind === 'word' ? hashText(word.slice(from, to), 3) : 0);
  return {
    word: hashText(word, 1), shape: hashText(shape, 2), listed: kind === 'word' ? listed(word) : 0, gap: gaps[gap],
    prefix2: affix(0, 2), prefix3: affix(0, 3), suffix2: affix(-2), suffix3: affix(-3), suffix4: affix(-4), size: Math.min(word.length, 9), isCapital: kind === 'word' && /^\p{Lu}/u.test(token.text),
  };
}

/** Rows of the weight table for each token, `featureCount` a token. `listed` answers a folded word's listings. */
export function featureRows(tokens: readonly Token[], listed: (word: string) => number): Uint32Array {
  const rows = new Uint32Array(tokens.length * featureCount);
  const facts = tokens.map((token) => factsOf(token, listed));
  const at = (index: number): TokenFacts => facts[index] ?? outside;
  let afterStop = 1; // the last mark that ended a sentence: 1 just before this token, 0 elsewhere
  let run = 0; // capitalised words in a row before this token, up to 3
  for (let index = 0; index < tokens.length; index += 1) {
    const [a2, a1, t, b1, b2] = [at(index - 2), at(index - 1), at(index), at(index + 1), at(index + 2)];
    const startsSentence = afterStop === 1 || t.gap >= 4 ? 1 : 0;
    const ahead = b1.isCapital ? (b2.isCapital ? 2 : 1) : 0;
    const listed0 = t.listed * 2 + (t.isCapital ? 1 : 0);
    const around = [
      mix(1, t.word), mix(2, a1.word), mix(3, b1.word), mix(4, a2.word), mix(5, b2.word), mix(6, a1.word, t.word), mix(7, t.word, b1.word), mix(8, a2.word, a1.word), mix(9, b1.word, b2.word),
      mix(10, t.shape), mix(11, a1.shape, t.shape), mix(12, t.shape, b1.shape), mix(13, a1.shape, t.shape, b1.shape), mix(14, t.prefix2), mix(15, t.prefix3), mix(16, t.suffix2), mix(17, t.suffix3), mix(18, t.suffix4),
      mix(19, listed0), mix(20, a1.listed, listed0), mix(21, listed0, b1.listed), mix(22, a1.listed, listed0, b1.listed), mix(23, t.gap, t.shape), mix(24, b1.gap, t.shape), mix(25, t.gap, b1.gap, listed0),
      mix(26, startsSentence, t.shape, listed0), mix(27, run, ahead, t.shape), mix(28, t.size, t.shape), mix(29, a1.word, listed0), mix(30, listed0, b1.word), mix(31, a1.word, t.shape), mix(32, t.shape, b1.word),
      mix(33, a1.suffix3, t.shape), mix(34, a2.word, a1.word, t.shape), mix(35, t.shape, b1.word, b2.word), mix(36, a2.listed, a1.listed, listed0), mix(37, a1.word, b1.word), mix(38, a2.word, t.shape), mix(39, t.shape, b2.word),
      mix(40, t.suffix3, t.shape, startsSentence), mix(41, a1.word, t.shape, b1.word), mix(42, 0),
    ];
    rows.set(around, index * featureCount);
    const text = tokens[index]?.text ?? '';
    afterStop = /^[.!?:"“”]$/u.test(text) ? 1 : 0;
    run = t.isCapital ? Math.min(3, run + 1) : 0;
  }
  return rows;
}
