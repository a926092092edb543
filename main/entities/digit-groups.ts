/** Groups of digits in a row, as cards and telephone numbers are written: `(555) 123-4567`, `4111 1111 1111 1111`, `+46 (0)157 548 89`. */
export interface DigitGroups {
  /** Offset of the first sign, a plus or an opening bracket included. */
  readonly start: number;
  readonly hasPlus: boolean;
  /** In the order of the text. `separator` is what stands before the group, past the first. */
  readonly groups: readonly { readonly start: number; readonly end: number; readonly separator: string }[];
}

const separators = /^(?:[ \u00a0./-]{1,2}\(?|\)[ \u00a0./-]?|\(| - | \()$/u;
const mostGroups = 12;

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** Every maximal row of digit groups that no letter or digit touches, from left to right. Looks at each sign a bounded number of times. */
export function findDigitGroups(text: string): DigitGroups[] {
  const found: DigitGroups[] = [];
  const digits = /\d+/gu;
  for (let match = digits.exec(text); match !== null; match = digits.exec(text)) {
    const groups = [{ start: match.index, end: digits.lastIndex, separator: '' }];
    let end = digits.lastIndex;
    while (groups.length < mostGroups) {
      let next = end;
      while (next < end + 4 && next < text.length && !isDigit(text.charCodeAt(next))) next += 1;
      if (next === text.length || !isDigit(text.charCodeAt(next)) || !separators.test(text.slice(end, next))) break;
      digits.lastIndex = next;
      const group = digits.exec(text);
      if (group === null) break;
      groups.push({ start: next, end: digits.lastIndex, separator: text.slice(end, next) });
      end = digits.lastIndex;
    }
    digits.lastIndex = end;
    const opens = text[match.index - 1] === '(' ? match.index - 1 : match.index;
    const hasPlus = text[opens - 1] === '+';
    found.push({ start: hasPlus ? opens - 1 : opens, hasPlus, groups });
  }
  return found;
}
