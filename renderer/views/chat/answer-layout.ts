/** How an answer is set: paragraphs of sentences, each with the numbers that must not be torn from its last word. */
import type { Answer, AnswerSentence, Citation, Missing, Support } from '../../../preload/contract/domains/chat.ts';

/** A sentence ready to draw as plain text (`Visible`). `lead` may break over lines; `tail` and the citations stay together. */
export interface SentenceLayout {
  readonly lead: string;
  readonly tail: string;
  readonly citations: readonly number[];
  readonly flag: string | null;
  /** Under a flag: what its quotes do not say. */
  readonly note: string | null;
  /** The citation that comes nearest, for a sentence that nothing bears. */
  readonly nearest: number | null;
  readonly support: Support;
}

/** What is said about a sentence that does not stand on its citations; null for one that does. */
export const flagBySupport: Readonly<Record<Support, string | null>> = {
  supported: null,
  partly: 'Partly supported',
  unsupported: 'Unsupported',
  uncited: 'Not cited',
};

const listed = (items: readonly string[]): string => items.map((item) => `“${oneLine(item)}”`).join(', ');

/** What is missing, in the order of its weight: what is turned round and figures first, words only where nothing else is. */
function missingWords({ polarity, numbers, dates, names, words }: Missing): string {
  const hard = [...numbers, ...dates, ...names];
  const parts = [
    ...(polarity.length > 0 ? [`It goes the other way at ${listed(polarity)}.`] : []),
    ...(hard.length > 0 ? [`It does not say ${listed(hard)}.`] : []),
  ];
  if (parts.length === 0 && words.length > 0) parts.push(`It does not say ${listed(words)}.`);
  return parts.join(' ');
}

/** What is said under a flagged sentence; null where nothing was compared, and for one that is supported. */
function noteOf({ support, missing, nearest }: AnswerSentence): string | null {
  switch (support) {
    case 'supported': return null;
    case 'partly': return missing === null ? null : missingWords(missing).replace('It goes', 'The quote goes').replace(/^It does/, 'The quote does') || null;
    case 'unsupported': return nearest === null ? 'No passage in scope says this.' : `No passage in scope says this. ${missing === null ? '' : missingWords(missing).replace('It ', 'The nearest ')}`.trim();
    case 'uncited': return nearest === null ? null : 'It names no source.';
  }
}

/** "nearly word for word, .93": how near a sentence is to its quote. */
export function nearWords(score: number): string {
  return `nearly word for word, ${score.toFixed(2).replace(/^0/, '')}`;
}

/** Every run of spaces, tabs and line ends as one space. Other white space is not ordinary writing: it stays, to be written out. */
export function oneLine(text: string): string {
  return text.replace(/[\t\n\r ]+/g, ' ').trim();
}

/** A sentence of a document in quotation marks, with the space that follows it while an answer streams. */
export function asQuote(sentence: string): string {
  const line = oneLine(sentence);
  return /^[“"]/.test(line) ? `${line} ` : `“${line}” `;
}

/**
 * Lays out one sentence. `isQuote` puts it into quotation marks: the words are the document's, not ours. A citation that the
 * answer does not list is left out, and one named twice is shown once.
 */
export function layoutSentence(sentence: AnswerSentence, isQuote: boolean, known: ReadonlySet<number>): SentenceLayout {
  const line = oneLine(sentence.text);
  const text = isQuote ? `“${line}”` : line;
  const space = text.lastIndexOf(' ');
  return {
    lead: text.slice(0, space + 1),
    tail: text.slice(space + 1),
    citations: [...new Set(sentence.citations)].filter((number) => known.has(number)),
    flag: isQuote && sentence.support === 'supported' ? null : flagBySupport[sentence.support],
    note: isQuote && sentence.support === 'supported' ? null : noteOf(sentence),
    nearest: sentence.nearest !== null && known.has(sentence.nearest) ? sentence.nearest : null,
    support: sentence.support,
  };
}

/** Lays out an answer. A sentence that ends, or a next one that begins, with an empty line starts a new paragraph. */
export function layoutAnswer(answer: Pick<Answer, 'sentences' | 'citations' | 'model'>): readonly (readonly SentenceLayout[])[] {
  const known = new Set(answer.citations.map((citation) => citation.number));
  const isQuote = answer.model.kind === 'extractive';
  const paragraphs: SentenceLayout[][] = [];
  let breakNext = true;
  for (const sentence of answer.sentences) {
    if (breakNext || /^\s*\n\s*\n|^\s*\n\s*[-*•\d]/.test(sentence.text)) paragraphs.push([]);
    paragraphs.at(-1)?.push(layoutSentence(sentence, isQuote, known));
    breakNext = /\n\s*\n\s*$/.test(sentence.text);
  }
  return paragraphs;
}

/** "4 of 4 quotes found word for word", and whether that is all of them. Null when nothing was quoted. */
export function quoteCheck(citations: readonly Citation[]): { readonly words: string; readonly isWhole: boolean } | null {
  if (citations.length === 0) return null;
  const of = (check: Citation['check']): number => citations.filter((citation) => citation.check === check).length;
  const near = of('fuzzy') === 0 ? '' : `, ${of('fuzzy')} nearly`;
  return { words: `${of('verbatim')} of ${citations.length} ${citations.length === 1 ? 'quote' : 'quotes'} found word for word${near}`, isWhole: of('not-found') === 0 };
}
