/**
 * Text that others wrote, made safe to look at: what would be invisible, or would reorder what is read, is written out.
 * Follows Unicode 16.0 "Default_Ignorable_Code_Point" and UTS 39, section 5.2 (bidirectional controls).
 */

/** A run of text as it stands, or one character written out as `⟨U+202E⟩`. */
export interface VisibleRun {
  readonly text: string;
  readonly isEscape: boolean;
}

// Controls but tab and line feed; soft hyphen; bidi marks, embeddings and isolates; zero-width characters and joiners; fillers;
// line and paragraph separators; invisible operators; variation selectors; annotation anchors; the empty Braille cell; tags; noncharacters;
// lone surrogates; and of marks heaped on one letter, all but the first four: they are drawn over other lines.
const hidden = new RegExp(
  '[\\u0000-\\u0008\\u000B-\\u001F\\u007F-\\u009F\\u00AD\\u034F\\u061C\\u115F\\u1160\\u17B4\\u17B5\\u180B-\\u180F\\u200B-\\u200F\\u2028-\\u202E'
  + '\\u2060-\\u206F\\u3164\\uFE00-\\uFE0F\\uFEFF\\uFFA0\\uFFF0-\\uFFFB\\u2800\\uFFFE\\uFFFF\\u{1BCA0}-\\u{1BCA3}\\u{1D173}-\\u{1D17A}\\u{E0000}-\\u{E0FFF}\\uD800-\\uDFFF]|(?<=[\\p{Mn}\\p{Me}]{4})[\\p{Mn}\\p{Me}]',
  'gu',
);

const emojiBefore = /\p{Extended_Pictographic}$/u;

/** True for the one hidden character that is part of ordinary writing: the selector that picks a pictograph's emoji form. */
function isEmojiSelector(text: string, at: number): boolean {
  return text[at] === '\uFE0F' && emojiBefore.test(text.slice(Math.max(0, at - 2), at));
}

function escapeOf(character: string): string {
  return `⟨U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟩`;
}

/** Splits text into runs, in order; together they hold every character. A carriage return before a line feed is dropped. */
export function visibleRuns(text: string): readonly VisibleRun[] {
  const plain = text.replaceAll('\r\n', '\n');
  const runs: VisibleRun[] = [];
  let from = 0;
  for (const match of plain.matchAll(hidden)) {
    if (isEmojiSelector(plain, match.index)) continue;
    if (match.index > from) runs.push({ text: plain.slice(from, match.index), isEscape: false });
    runs.push({ text: escapeOf(match[0]), isEscape: true });
    from = match.index + match[0].length;
  }
  if (from < plain.length) runs.push({ text: plain.slice(from), isEscape: false });
  return runs;
}

/** The same as one string, for labels and titles. */
export function visibleText(text: string): string {
  return visibleRuns(text).map((run) => run.text).join('');
}

/** One line: every run of white space becomes a space, then as visibleText. */
export function visibleLine(text: string): string {
  return visibleText(text.replace(/[\t\n\r ]+/g, ' ').trim());
}
