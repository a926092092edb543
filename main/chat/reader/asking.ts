/** Words that ask. */

/** What an open question is asked with. */
export const opensQuestion = /\b(?:who|whom|whose|what|which|when|where|why|how)\b/i;

/** Folded words that say what is wanted, not what it is about. */
export const askingWords: ReadonlySet<string> = new Set(['us', 'ask', 'asks', 'tell', 'say', 'says', 'does', 'happen', 'happened', 'according', 'please', 'explain', 'describe', 'know', 'list', 'name', 'give', 'show', 'find', 'much', 'many']);
