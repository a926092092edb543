import type { OcrReading, WordBox } from '../../base/ocr-reading.ts';
import { canonicalText } from '../canonical-text.ts';
import type { ReadWord } from './tesseract-core.ts';

/** Below this a word without a letter or digit is a speck, a rule or a fold of the paper. */
const leastSpeck = 60;
/** Below this a page's words are what a reader sees in clouds. */
const leastPage = 30;

/** The canonical text of a page and the place of each word, from words in reading order; null when there are none to keep. */
export function pageReading(page: number, words: readonly ReadWord[], width: number, height: number): OcrReading | null {
  const cleaned = words.map((word) => ({ ...word, text: canonicalText(word.text).replace(/\s+/g, ' ') }));
  const isKept = ({ text, confidence }: ReadWord): boolean => text !== '' && (/[\p{L}\p{N}]/u.test(text) || confidence >= leastSpeck);
  const kept = cleaned.filter(isKept);
  const confidence = meanConfidence(kept);
  if (kept.length === 0 || confidence < leastPage) return null;
  let text = '';
  const boxes: WordBox[] = [];
  let [newLine, newParagraph] = [false, false];
  for (const word of cleaned) {
    // The first word of a line may be left out: the break then stands before the next one.
    newLine ||= word.startsLine;
    newParagraph ||= word.startsParagraph;
    if (!isKept(word)) continue;
    if (text !== '') text += newParagraph ? '\n\n' : newLine ? '\n' : ' ';
    [newLine, newParagraph] = [false, false];
    boxes.push({ start: text.length, end: text.length + word.text.length, left: word.left / width, top: word.top / height, right: word.right / width, bottom: word.bottom / height, confidence: word.confidence });
    text += word.text;
  }
  return { page, text, boxes, confidence, language: commonest(kept.map(({ language }) => language)) };
}

/** Weighed by letters: a page of long words and a few specks is a page of words. */
export function meanConfidence(words: readonly Pick<ReadWord, 'text' | 'confidence'>[]): number {
  const letters = words.reduce((sum, { text }) => sum + text.length, 0);
  return letters === 0 ? 0 : words.reduce((sum, { text, confidence }) => sum + text.length * confidence, 0) / letters;
}

function commonest(values: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0] ?? 'eng';
}
