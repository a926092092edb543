/** The kind of thing that a question asks for, and what such things look like in a sentence. Pure. */
import { datesIn } from '../../base/written-dates.ts';
import { isMoney, quantitiesIn, withoutDates } from '../check/index.ts';

export type Wanted = 'person' | 'time' | 'clock' | 'money' | 'amount' | 'reason' | 'place' | 'colour' | null;

const patterns: readonly (readonly [Exclude<Wanted, null>, RegExp])[] = [
  ['colour', /\b(?:what|which) colou?r\b/i],
  ['money', /\b(?:what|which)(?: (?:is|was|are|were) the)? (?:price|sum|cost|costs|fee|salary|budget)\b|\bhow much\b.*\b(?:cost|costs|pay|paid|price|charged?|invoiced?|owed?|worth|spent?|spend|money|earn(?:ed)?)\b|\bwhat (?:did|does|do)\b.*\bcost\b/i],
  ['amount', /\bhow (?:many|much|long|far|often|old|large|big|high|deep|tall|wide|heavy|fast)\b|\b(?:what|which) (?:amount|number|rate|percentage|share|proportion)\b|\bwhat did .* (?:read|weigh|measure)\b/i],
  ['clock', /\b(?:what|which) time\b/i],
  ['time', /\bwhen\b|\b(?:what|which) (?:date|day|month|year|deadline|week)\b|\bhow soon\b/i],
  ['reason', /\bwhy\b|\bwhat (?:caused|reason)\b|\bfor what reason\b/i],
  ['person', /\bwho(?:m|se)?\b/i],
  ['place', /\bwhere\b|\b(?:what|which) (?:city|country|place|town|street|address|location)\b/i],
];

/** What a question wants; null when it does not say. */
export function wantedIn(question: string): Wanted {
  return patterns.find(([, pattern]) => pattern.test(question))?.[0] ?? null;
}

const months = 'January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec';
const clock = String.raw`\b\d{1,2}[:.]\d{2}\b|\b\d{1,2}(?::\d{2})?\s?(?:am|pm|a\.m\.|p\.m\.)(?![\p{L}])|\b(?:noon|midnight|o['’]clock)\b|\b(?:at|by|until|till|past|to|before|after) (?:half past |a? ?quarter (?:past|to) )?(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,2}(?![\d:%-]|\.\d))(?![\p{L}-])`;
const looksLike: Record<Exclude<Wanted, 'amount' | null>, RegExp> = {
  clock: new RegExp(clock, 'giu'),
  time: new RegExp(`\\b(?:${months})\\b|${clock}|\\b(?:1[89]|20)\\d{2}\\b|\\b\\d{1,2}/\\d{1,2}(?:/\\d{2,4})?\\b|\\b(?:Mon|Tue|Tues|Wed|Wednes|Thu|Thurs|Fri|Sat|Satur|Sun)(?:day)?\\b|\\b(?:yesterday|tomorrow|tonight|today)\\b`, 'gu'),
  money: /[€£$¥]\s?\d[\d.,]*|\d[\d.,  ]*\s?(?:[€£$¥]|EUR|GBP|USD|euros?|pounds?|dollars?|k\b|million|billion)/giu,
  reason: /\b(?:because|since|so that|in order to|due to|owing to|caused by|therefore|reasons?|until|as a result|to save|led to|for fear|thanks to)\b/giu,
  person: /(?<=^|[\p{Ll},;:("“] )(?:(?:Mr|Mrs|Ms|Dr|Gen|Sen|Amb)\. )?\p{Lu}\p{Ll}+(?: \p{Lu}\p{Ll}+)*|\b(?:I|we|he|she|they|manager|officer|engineer|lead|director|chair|office|team|committee|board|clerk|inspector|secretary)\b/gu,
  place: /\b(?:at|in|on|near|from|to|behind|under|inside|outside|next to)\b/giu,
  colour: /\b(?:red|blue|green|yellow|white|black|gr[ae]y|brown|orange|purple|pink|silver|golden?|turquoise|violet|beige)\b/giu,
};

/** Kinds that an answer cannot do without; the others may be said in many ways. */
const needed: ReadonlySet<Wanted> = new Set(['colour', 'money', 'clock', 'amount', 'time'] as const);
/** Ways to say when without a date. */
const looseTime = /\b(?:days?|weeks?|months?|years?|hours?|minutes?|morning|afternoon|evening|night|later|next|last|after|before|until|since|as soon as|once|now|currently)\b/i;

/** True when a sentence could answer by its kind alone. */
export function mayAnswer(sentence: string, wanted: Wanted, question: string): boolean {
  return !needed.has(wanted) || holdsWanted(sentence, wanted, question) || (wanted === 'time' && looseTime.test(sentence));
}

/** True when a sentence holds something of the kind that is asked for and that the question itself does not say. */
export function holdsWanted(sentence: string, wanted: Wanted, question: string): boolean {
  if (wanted === null) return false;
  const asked = question.toLowerCase();
  if (wanted === 'amount') return quantitiesIn(withoutDates(sentence, datesIn(sentence))).some(({ written, unit }) => unit !== 'clock' && !isMoney(unit) && !asked.includes(written.toLowerCase()));
  for (const [found] of sentence.matchAll(looksLike[wanted])) if (!asked.includes(found.toLowerCase())) return true;
  return false;
}
