/** Which sentences of a text could bear a claim: a score from the words they share, their neighbours and their title. Pure. */
import type { Span } from '../../../preload/contract/domains/basics.ts';
import type { Claim } from './claim.ts';
import { assertion } from './weigh.ts';
import { keysOf, nearness } from './words.ts';

/** A text cut into sentences, read for comparison with claims. */
export interface ReadText {
  readonly body: string;
  readonly sentences: readonly ReadSentence[];
  /** Keys of its title and of the path's last part. */
  readonly title: ReadonlySet<string>;
  readonly titleText: string;
  /** True where texts of the kind state at their end what they found; a mail ends in other mails. */
  readonly endsInFinding: boolean;
}

export interface ReadSentence extends Span {
  readonly keys: readonly string[];
  readonly set: ReadonlySet<string>;
  /** A line that ends in no stop: it names, it does not state. */
  readonly isHeading: boolean;
  /** 1 when it says what was found; 1 when it says what was meant or asked. */
  readonly asserts: number;
  readonly intends: number;
}

/** Texts of more sentences have no one end. */
const longestArgument = 60;

/** Cuts nothing itself: `spans` are the text's sentences in order. */
export function readText(body: string, spans: readonly Span[], title: string, endsInFinding = true): ReadText {
  const sentences = spans.map((span): ReadSentence => {
    const text = body.slice(span.start, span.end);
    const keys = keysOf(text);
    return { ...span, keys, set: new Set(keys), ...assertion(text), isHeading: !/[.!?;:"”’)\]]$/.test(text) && !/[\t|;]/.test(text) };
  });
  const first = sentences[0];
  const heading = first?.isHeading === true ? body.slice(first.start, first.end) : '';
  return { body, sentences, title: new Set([...keysOf(title), ...keysOf(heading)]), titleText: [title, heading].filter(Boolean).join('\n'), endsInFinding: endsInFinding && sentences.length <= longestArgument };
}

/** What a sentence has of a claim, each from 0 to 1: the terms of the score, in the order of the weights. */
export function rankTerms(claim: Claim, text: ReadText, index: number, closeness: number, whole: readonly number[]): number[] {
  const sentence = text.sentences[index];
  if (sentence === undefined || claim.weight === 0) return [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
  const before = text.sentences[index - 1]?.set;
  const after = text.sentences[index + 1]?.set;
  let own = 0;
  let around = 0;
  let anywhere = 0;
  let heaviest = 0;
  let hasHeaviest = 0;
  for (const [at, { key, weight }] of claim.words.entries()) {
    const here = nearness(key, sentence.set);
    own += weight * here;
    around += weight * Math.max(here, before === undefined || here === 1 ? 0 : nearness(key, before) * 0.8, after === undefined || here === 1 ? 0 : nearness(key, after) * 0.6, here === 1 ? 0 : nearness(key, text.title));
    anywhere += weight * (whole[at] ?? 0);
    if (weight > heaviest) [heaviest, hasHeaviest] = [weight, here];
  }
  const standing = new Set(sentence.keys.map((key, at) => `${key} ${sentence.keys[at + 1] ?? ''}`));
  const pairs = claim.pairs.length === 0 ? 0 : claim.pairs.filter((pair) => standing.has(pair)).length / claim.pairs.length;
  const words = sentence.keys.length;
  return [own / claim.weight, around / claim.weight, anywhere / claim.weight, pairs, hasHeaviest, closeness, Math.min(1, words / 30), sentence.isHeading ? 1 : 0, sentence.asserts, sentence.intends, text.endsInFinding ? index / Math.max(1, text.sentences.length - 1) : 0.5];
}

/** How near each word of a claim stands anywhere in a text. */
export function nearnessInText(claim: Claim, text: ReadText): number[] {
  return claim.words.map(({ key }) => {
    let best = nearness(key, text.title);
    for (const { set } of text.sentences) {
      if (best === 1) return 1;
      best = Math.max(best, nearness(key, set));
    }
    return best;
  });
}
