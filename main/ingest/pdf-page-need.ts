/** Whether a page has usable text: judged by what its characters are and by what pictures cover of it, not by whether there is any. */
import type { PDFPageProxy } from 'pdfjs-dist';
import { isRecord } from '../base/is-record.ts';

type Operators = typeof import('pdfjs-dist').OPS;

/** What a page's own text is worth. `words` counts runs of two letters or digits and more. */
export interface TextWorth {
  readonly words: number;
  /** Share of its visible characters that stand for something: letters, digits, signs that Unicode knows. */
  readonly mapped: number;
}

/** From this many words on a page has text, whatever pictures it has: it is not looked at any further. */
const enoughWords = 60;
/** Below this share the characters say nothing: codes of a font that were passed on as if they were characters. */
const leastMapped = 0.5;
/** A page with some words is read by OCR when pictures cover at least this share of it: a stamp or a page number on a scan. */
const scanShare = 0.3;
/** Judges a page's text. */
export function worthOf(text: string): TextWorth {
  const visible = text.replace(/\s+/g, '');
  // Private use, controls, replacements and unassigned code points stand for nothing that anyone could search for.
  const lost = visible.match(/[\p{Co}\p{Cc}\p{Cn}\uFFFD]/gu)?.length ?? 0;
  return { words: text.match(/[\p{L}\p{N}]{2,}/gu)?.length ?? 0, mapped: visible.length === 0 ? 1 : 1 - lost / visible.length };
}

/** True when the characters are codes of their font and nothing else. */
export function isUnmapped({ mapped }: TextWorth): boolean {
  return mapped < leastMapped;
}

/**
 * True for a page whose words are in its pictures or drawings. One without a word of text always is: whether anything is to be seen on it
 * shows when it is drawn. One with enough words is not looked at; of the others the operators are listed. Pictures are left out of that
 * list undecoded (pdf-document.ts): where one would be painted, a matrix is set and nothing follows. Words that are never painted (text
 * rendering mode 3) are what an earlier reading laid over a scan: with them the page has its text, and is not read twice.
 */
export async function needsOcr(page: PDFPageProxy, worth: TextWorth, operators: Operators): Promise<boolean> {
  if (isUnmapped(worth) || worth.words === 0) return true;
  if (worth.words >= enoughWords) return false;
  const { fnArray, argsArray } = await page.getOperatorList();
  const { width, height } = page.getViewport({ scale: 1 });
  const painting = new Set([operators.showText, operators.constructPath, operators.shadingFill, operators.paintFormXObjectBegin, operators.beginText]);
  let covered = 0;
  // Only sizes count, so translation is left out of the matrices.
  let matrix: readonly [number, number, number, number] = [1, 0, 0, 1];
  const saved: (typeof matrix)[] = [];
  let isUnused = false;
  let isHidden = false;
  const hiddenBefore: boolean[] = [];
  const hidden: string[] = [];
  for (const [index, operator] of fnArray.entries()) {
    const args: unknown = argsArray[index];
    if (painting.has(operator)) isUnused = false;
    if (operator === operators.setTextRenderingMode && Array.isArray(args)) isHidden = (Number(args[0]) & 3) === 3;
    if (operator === operators.showText && isHidden && Array.isArray(args)) hidden.push(lettersOf(args[0]));
    if (operator === operators.save || operator === operators.paintFormXObjectBegin) {
      saved.push(matrix);
      hiddenBefore.push(isHidden);
    }
    if (operator === operators.transform) {
      matrix = times(matrix, args);
      isUnused = true;
    } else if (operator === operators.paintFormXObjectBegin && Array.isArray(args)) matrix = times(matrix, args[0]);
    else if (operator === operators.restore || operator === operators.paintFormXObjectEnd) {
      if (isUnused) covered += Math.abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]);
      isUnused = false;
      matrix = saved.pop() ?? matrix;
      isHidden = hiddenBefore.pop() ?? isHidden;
    }
  }
  const layer = hidden.join('');
  if (/[\p{L}\p{N}]{2}/u.test(layer) && !isUnmapped(worthOf(layer))) return false;
  return covered / Math.max(1, width * height) >= scanShare;
}

/** What the glyphs of a text operator stand for. */
function lettersOf(glyphs: unknown): string {
  return Array.isArray(glyphs) ? glyphs.map((glyph: unknown) => (isRecord(glyph) && typeof glyph['unicode'] === 'string' ? glyph['unicode'] : '')).join('') : '';
}

function times([a, b, c, d]: readonly [number, number, number, number], given: unknown): readonly [number, number, number, number] {
  if (!Array.isArray(given) && !ArrayBuffer.isView(given)) return [a, b, c, d];
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- array-like either way, each number checked
  const [e = 1, f = 0, g = 0, h = 1] = Array.from(given as ArrayLike<unknown>, (one) => (typeof one === 'number' && Number.isFinite(one) ? one : 0));
  return [a * e + c * f, b * e + d * f, a * g + c * h, b * g + d * h];
}
