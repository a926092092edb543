/** What a question asks for: its telling words with their weights, their neighbourhoods, and the kind of thing that would answer. */
import { contentWords, stem, stopWords, wordsOf } from '../../search/index.ts';

export type Wanted = 'person' | 'time' | 'money' | 'amount' | 'reason' | 'place' | null;

export interface Question {
  /** Folded words that the index is asked for. */
  readonly words: readonly string[];
  /** Weight of each stem: its inverse document frequency, more for numbers and names. */
  readonly weightByStem: ReadonlyMap<string, number>;
  /** Stems that stand side by side in the question, joined by a blank. */
  readonly pairs: readonly string[];
  readonly wanted: Wanted;
}

const wantedPatterns: readonly (readonly [Exclude<Wanted, null>, RegExp])[] = [
  ['money', /\b(?:what|which) (?:price|sum|cost|fee)\b|\bhow much\b.*\b(?:cost|costs|pay|paid|price|charged?|invoiced?|owed?|worth|spent?)\b|\bwhat (?:did|does|do)\b.*\bcost\b/i],
  ['amount', /\bhow (?:many|much|long|far|often|old|large|big|high|deep)\b|\b(?:what|which) (?:amount|number|rate|percentage|share)\b|\bwhat did .* (?:read|weigh|measure)\b/i],
  ['time', /\bwhen\b|\b(?:what|which) (?:date|day|month|year|time|deadline)\b|\bhow soon\b/i],
  ['reason', /\bwhy\b|\bwhat (?:caused|reason)\b|\bfor what reason\b/i],
  ['person', /\bwho(?:m|se)?\b/i],
  ['place', /\bwhere\b/i],
];

/** Question words that say what is wanted, not what it is about. */
const asking = new Set(['ask', 'asks', 'tell', 'say', 'says', 'does', 'happen', 'happened', 'according', 'please', 'explain', 'describe', 'know']);

/** Reads a question. `rarity` answers the inverse document frequency of a stem. */
export function readQuestion(text: string, rarity: (stem: string) => number): Question {
  const all = wordsOf(text);
  const words = contentWords(text);
  const telling = words.filter((word) => !asking.has(word));
  const kept = telling.length === 0 ? words : telling;
  const names = new Set(all.slice(1).filter(({ start }) => /\p{Lu}/u.test(text[start] ?? '')).map(({ folded }) => folded));
  const weightByStem = new Map<string, number>();
  for (const word of kept) {
    const key = stem(word);
    const weight = rarity(key) * (/\d/.test(word) || names.has(word) ? 1.25 : 1);
    weightByStem.set(key, Math.max(weightByStem.get(key) ?? 0, weight));
  }
  const pairs: string[] = [];
  for (let at = 0; at + 1 < all.length; at += 1) {
    const [a, b] = [all[at]?.folded ?? '', all[at + 1]?.folded ?? ''];
    if (!stopWords.has(a) && !stopWords.has(b)) pairs.push(`${stem(a)} ${stem(b)}`);
  }
  return { words: kept, weightByStem, pairs, wanted: wantedPatterns.find(([, pattern]) => pattern.test(text))?.[0] ?? null };
}

const months = 'January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec';
const numberWords = 'one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|dozen|half|once|twice|none';
const looksLike: Record<Exclude<Wanted, null>, RegExp> = {
  time: new RegExp(`\\b(?:${months})\\b|\\b\\d{1,2}[:.]\\d{2}\\b|\\b(?:1[89]|20)\\d{2}\\b|\\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\\b|\\b(?:noon|midnight|yesterday|tomorrow|today)\\b`),
  money: /[€£$¥]\s?\d|\d[\d.,  ]*\s?(?:[€£$¥]|EUR|GBP|USD|euros?|pounds?|dollars?)/i,
  amount: new RegExp(`\\d|\\b(?:${numberWords})\\b`, 'i'),
  reason: /\b(?:because|since|so that|in order to|due to|owing to|caused by|therefore|reason|until|as a result|to save|led to)\b/i,
  person: /(?<=[\p{Ll},;:] )\p{Lu}\p{Ll}+|\b(?:I|we|he|she|they|manager|officer|engineer|lead|director|chair|office|team|committee|board|clerk|inspector|secretary)\b/u,
  place: /\b(?:at|in|on|near|from|to|behind|under|inside|outside|next to)\b/i,
};

/** True when a sentence holds something of the kind that is asked for. */
export function holdsWanted(sentence: string, wanted: Wanted): boolean {
  return wanted !== null && looksLike[wanted].test(sentence);
}
