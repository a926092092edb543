/** Words that ask. */

/** What an open question is asked with. */
export const opensQuestion = /\b(?:who|whom|whose|what|which|when|where|why|how)\b/i;

/** Folded words that say what is wanted, not what it is about. */
export const askingWords: ReadonlySet<string> = new Set(['us', 'ask', 'asks', 'tell', 'say', 'says', 'does', 'happen', 'happened', 'according', 'please', 'explain', 'describe', 'know', 'list', 'name', 'give', 'show', 'find', 'much', 'many']);

/** A folded verb that stands before who or what a question is about: "did traders", "can companies". */
export const auxiliary = /^(?:is|are|was|were|be|been|did|does|do|has|have|had|can|could|will|would|should|may|might|must)$/;
