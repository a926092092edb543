/** A streamed answer, shown by whole sentences so that a screen reader and an eye get words that no longer change. */

/** Sentences that are complete, and the beginning of the next. */
export interface SentenceFeed {
  readonly sentences: readonly string[];
  readonly rest: string;
}

export const emptyFeed: SentenceFeed = { sentences: [], rest: '' };

const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });

/**
 * Takes in the next piece of text. The last sentence stays in `rest` until something follows it: "49." may go on as "49.500".
 * A citation number after a full stop, as in "paid. [2]", belongs to the sentence before it.
 */
export function feed(before: SentenceFeed, text: string): SentenceFeed {
  const segments = [...segmenter.segment(before.rest + text)].map((segment) => segment.segment);
  const joined: string[] = [];
  for (const segment of segments) {
    const numbers = /^\s*(?:\[\d+\]\s*)+/.exec(segment)?.[0];
    if (numbers === undefined || joined.length === 0) joined.push(segment);
    else {
      joined[joined.length - 1] += numbers;
      if (numbers.length < segment.length) joined.push(segment.slice(numbers.length));
    }
  }
  const rest = joined.pop() ?? '';
  return { sentences: [...before.sentences, ...joined], rest };
}
