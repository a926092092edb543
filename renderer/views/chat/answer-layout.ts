/** How an answer is set: paragraphs of sentences, each with the numbers that must not be torn from its last word. */
import type { Answer, AnswerBlock, AnswerSentence, Citation, Missing, Support } from '../../../preload/contract/domains/chat.ts';
import { inlineRuns, plainRun, type InlineRun } from '../../lib/markup/inline.ts';

/** A sentence ready to draw (`Markup`). `lead` may break over lines; `tail` and the citations stay together. */
export interface SentenceLayout {
  readonly lead: readonly InlineRun[];
  readonly tail: readonly InlineRun[];
  /** Of a row of a table, in place of lead and tail. */
  readonly cells: readonly (readonly InlineRun[])[];
  /** Of a block of code, line ends kept. */
  readonly code: string | null;
  /** True for words that a person put in place of the model's. */
  readonly isEdited: boolean;
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

/** Runs with the last word apart. */
function cutLastWord(runs: readonly InlineRun[]): Pick<SentenceLayout, 'lead' | 'tail'> {
  for (let at = runs.length - 1; at >= 0; at -= 1) {
    const run = runs[at];
    const space = run?.text.lastIndexOf(' ') ?? -1;
    if (run === undefined || space < 0) continue;
    const [before, after] = [run.text.slice(0, space + 1), run.text.slice(space + 1)];
    return { lead: [...runs.slice(0, at), { ...run, text: before }], tail: [...(after === '' ? [] : [{ ...run, text: after }]), ...runs.slice(at + 1)] };
  }
  return { lead: [], tail: runs };
}

/** The cells of a row as it is written, between its bars. */
function cellsOf(row: string): readonly (readonly InlineRun[])[] {
  return row.replace(/^\s*\|/, '').replace(/\|\s*$/, '').split(/(?<!\\)\|/).map((cell) => inlineRuns(oneLine(cell.replaceAll('\\|', '|'))));
}

/**
 * Lays out one sentence. `isQuote` puts it into quotation marks: the words are the document's, not ours, and nothing is read into them. A
 * citation that the answer does not list is left out, and one named twice is shown once.
 */
export function layoutSentence(sentence: AnswerSentence & { readonly isEdited?: boolean }, isQuote: boolean, known: ReadonlySet<number>): SentenceLayout {
  const line = oneLine(sentence.text);
  const kind = sentence.block?.kind;
  const isCode = kind === 'code';
  // What claims nothing needs no quote.
  const isUnmarked = sentence.isClaim === false || (isQuote && sentence.support === 'supported');
  return {
    ...(isCode || kind === 'row' ? { lead: [], tail: [] } : cutLastWord(isQuote ? plainRun(`“${line}”`) : inlineRuns(line))),
    cells: kind === 'row' ? cellsOf(line) : [],
    code: isCode ? sentence.text : null,
    isEdited: sentence.isEdited === true,
    citations: [...new Set(sentence.citations)].filter((number) => known.has(number)),
    flag: isUnmarked ? null : flagBySupport[sentence.support],
    note: isUnmarked ? null : noteOf(sentence),
    nearest: sentence.nearest !== null && known.has(sentence.nearest) ? sentence.nearest : null,
    support: sentence.support,
  };
}

/** Sentences that stand together in one block. */
export interface BlockLayout {
  readonly kind: AnswerBlock['kind'];
  readonly depth: number;
  readonly ordinal: string;
  readonly sentences: readonly SentenceLayout[];
}

/** Blocks of one kind that make one thing: the points of a list, the rows of a table. */
export interface GroupLayout {
  readonly kind: AnswerBlock['kind'];
  readonly blocks: readonly BlockLayout[];
}

/** Lays out an answer, or what a person made of it. Sentences without a block of their own are one paragraph. */
export function layoutAnswer(answer: Pick<Answer, 'citations' | 'model'> & { readonly sentences: readonly (AnswerSentence & { readonly isEdited?: boolean })[] }): readonly GroupLayout[] {
  const known = new Set(answer.citations.map((citation) => citation.number));
  const groups: { kind: AnswerBlock['kind']; blocks: (Omit<BlockLayout, 'sentences'> & { readonly sentences: SentenceLayout[] })[] }[] = [];
  let index: number | null = null;
  for (const sentence of answer.sentences) {
    const block = sentence.block ?? { index: -1, kind: 'paragraph' as const, depth: 0, ordinal: '' };
    const isNext = index !== block.index;
    index = block.index;
    const isJoined = groups.at(-1)?.kind === block.kind && (block.kind === 'item' || block.kind === 'row');
    if (isNext && !isJoined) groups.push({ kind: block.kind, blocks: [] });
    const group = groups.at(-1);
    if (isNext) group?.blocks.push({ kind: block.kind, depth: block.depth, ordinal: block.ordinal, sentences: [] });
    // A person's own words are no quote of a document.
    group?.blocks.at(-1)?.sentences.push(layoutSentence(sentence, answer.model.kind === 'extractive' && sentence.isEdited !== true, known));
  }
  return groups;
}

/** "4 of 4 quotes found word for word", and whether that is all of them. Null when nothing was quoted. */
export function quoteCheck(citations: readonly Citation[]): { readonly words: string; readonly isWhole: boolean } | null {
  if (citations.length === 0) return null;
  const of = (check: Citation['check']): number => citations.filter((citation) => citation.check === check).length;
  const near = of('fuzzy') === 0 ? '' : `, ${of('fuzzy')} nearly`;
  return { words: `${of('verbatim')} of ${citations.length} ${citations.length === 1 ? 'quote' : 'quotes'} found word for word${near}`, isWhole: of('not-found') === 0 };
}
