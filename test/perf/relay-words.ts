/** Words of an answer that is as long as it is fast. */
export const manyWords = 20_000;
/** The question that asks for them. */
export const manyQuestion = 'Say many words.';
