/** Turns tokens into text as they come; characters that are spread over several tokens come whole. */
export interface TextDecoder<T> {
  readonly push: (token: T) => string;
  /** What was held back; half a character becomes U+FFFD. */
  readonly end: () => string;
}

/** Tokens of one character at most: four bytes, each a token, and some that say nothing. */
const mostHeld = 8;
/** How many tokens before it a text may depend on for the blank at its start. */
const contextTokens = 16;

/** A decoder over a function that turns tokens, behind those before them, into text. */
export function createTextDecoder<T>(decode: (tokens: readonly T[], before: readonly T[]) => string): TextDecoder<T> {
  let before: T[] = [];
  let held: T[] = [];
  const release = (text: string): string => {
    before = [...before, ...held].slice(-contextTokens);
    held = [];
    return text;
  };
  return {
    push: (token) => {
      held.push(token);
      const text = decode(held, before);
      return text.endsWith('\uFFFD') && held.length < mostHeld ? '' : release(text);
    },
    end: () => (held.length === 0 ? '' : release(decode(held, before))),
  };
}
