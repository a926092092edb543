/** Where a typed text is wrong, cut so that it fits one line. */

/** Text before the fault, the character that is wrong ('' when the text ends too early), and text after it. */
export interface TextFault {
  readonly before: string;
  readonly fault: string;
  readonly after: string;
}

/** UTF-16 units of the text that are shown on either side of the fault. */
const contextUnits = 32;

const isLow = (text: string, at: number): boolean => /[\uDC00-\uDFFF]/.test(text[at] ?? '');

/** The position that the data of an error names, such as search.bad-query or policy.bad-marking, inside the text; null when its data has none. */
export function faultAt(text: string, data: Readonly<Record<string, unknown>>): number | null {
  const at = data['at'];
  if (typeof at !== 'number' || !Number.isInteger(at) || at < 0) return null;
  const inside = Math.min(at, text.length);
  return isLow(text, inside) ? inside - 1 : inside;
}

/** Splits the text at `at`, a position from faultAt. What is left out on either side is replaced by an ellipsis. */
export function splitAtFault(text: string, at: number): TextFault {
  const fault = at < text.length ? String.fromCodePoint(text.codePointAt(at) ?? 0) : '';
  let from = Math.max(0, at - contextUnits);
  if (isLow(text, from)) from -= 1;
  const afterFrom = at + fault.length;
  let to = Math.min(text.length, afterFrom + contextUnits);
  if (isLow(text, to)) to += 1;
  return {
    before: `${from > 0 ? '…' : ''}${text.slice(from, at)}`,
    fault,
    after: `${text.slice(afterFrom, to)}${to < text.length ? '…' : ''}`,
  };
}
