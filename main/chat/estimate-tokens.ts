/**
 * How many tokens a text takes, from above: nobody but the server knows its tokenizer. Counted by kinds of characters, as the vocabularies
 * in use cut them at worst: four letters of a plain word, each digit, each sign, half of an accented or Cyrillic word, and for scripts that
 * vocabularies hold little of, one and a half for a character, or what its bytes come to. Pure.
 */

/** What one character of a kind takes; the first kind that it is of counts. */
const kinds: readonly (readonly [RegExp, number])[] = [
  [/[a-zA-Z]/, 0.3],
  [/[ \t]/, 0.1],
  [/[\n\r0-9!-/:-@[-`{-~]/, 1],
  [/[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}]/u, 0.75],
  [/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u, 1.6],
  [/[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Thai}\p{Script=Devanagari}]/u, 1.3],
  [/[\u0080-\u07FF]/u, 2],
  [/[\u0800-\uFFFF]/u, 3],
];
const beyond = 4;

const tokensByUnit = new Map<string, number>();

function tokensOf(character: string): number {
  let known = tokensByUnit.get(character);
  if (known === undefined) {
    known = kinds.find(([pattern]) => pattern.test(character))?.[1] ?? beyond;
    if (tokensByUnit.size < 10_000) tokensByUnit.set(character, known);
  }
  return known;
}

/** Tokens of a text, an estimate from above; 0 for none. */
export function estimateTokens(text: string): number {
  let sum = 0;
  for (const character of text) sum += tokensOf(character);
  return Math.ceil(sum);
}
