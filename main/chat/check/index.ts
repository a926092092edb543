/**
 * The checker: does a quote bear a sentence? Word for word first, then nearly (.9), else by a small fitted model over what the quote has
 * of the sentence, under rules that no score overrides: numbers with their units, dates, names and quoted words must be there, and
 * nothing may be turned round. Pure but for read-claims.ts, which looks for quotes in a case; it knows no model and believes none.
 *
 * Decisions. The weights come from SciFact's evidence (test/perf/check-fit.ts), the rules do not. A name may stand in the title or beside
 * the quote: sentences say "he" and "the firm"; what is written in capitals (WHO, UK), anywhere in a short text. A number or a date may
 * not. What denies needs a quote that denies; who did what to whom, and what is more than what, must not be crossed; another sentence of
 * the same text that turns the claim round halves what the first was worth. Meaning is not read: a paraphrase in other words is
 * at best partly supported, and two plain sentences may contradict each other unseen. "Supported" says that a document says it, not that it
 * is so: a sentence that a hostile document holds is a true quote of that document, and is shown as its words. An order to say something is none.
 */
export { isSaying, mayBeBorne } from './bearing.ts';
export { readClaim, type Claim } from './claim.ts';
export { claimsNothing } from './claims-nothing.ts';
export { withoutDates } from './dates.ts';
export { findEvidence, nearestSentence, rankSentences, readPassage } from './evidence.ts';
export { judge } from './judge.ts';
export { isOrder, saysTooLittle } from './orders.ts';
export { findWords } from './find-quote.ts';
export { shortFormsIn } from './names.ts';
export { isMoney, quantitiesIn } from './numbers.ts';
export { readText, type ReadSentence, type ReadText } from './rank-sentences.ts';
export { checkInCase, partsToRead, rarityIn, rememberTexts, type CheckedSentence, type EvidenceQuote, type ReadTexts, type ScopedDocument } from './read-claims.ts';
export type { Evidence } from './weigh.ts';
export { keyOf, keysOf, likeWordsOf, nearness, type Rarity } from './words.ts';
