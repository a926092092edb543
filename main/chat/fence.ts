import { createHash } from 'node:crypto';

/** As long as nobody could guess it from a part of the texts, and short enough to cost few tokens. */
const codeChars = 10;

/**
 * A code that stands in none of the texts, in any case: lines that begin with it can be forged by none of them. It follows from the texts, so
 * that what was shown before a send is what leaves. Its letters and figures mean nothing to any template.
 */
export function fenceFor(texts: readonly string[]): string {
  const folded = texts.map((text) => text.toLowerCase());
  const seed = createHash('sha256').update(JSON.stringify(texts)).digest('hex');
  for (let round = 0; ; round += 1) {
    const code = createHash('sha256').update(`${seed} ${round}`).digest('hex').slice(0, codeChars);
    if (!folded.some((text) => text.includes(code))) return code;
  }
}
