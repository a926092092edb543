/**
 * Text that others wrote, made safe to print and to hand on: what would be invisible, would reorder what is read or would be taken by a
 * terminal for a command is written out as `⟨U+202E⟩`. The window has the same rule (renderer/lib/visible-text.ts); a test holds them together.
 */

// Controls but tab and line feed; soft hyphen; bidi marks, embeddings and isolates; zero-width characters; fillers; separators; invisible
// operators; variation selectors; annotation anchors; the empty Braille cell; tags; noncharacters; lone surrogates; heaped marks.
const hidden = new RegExp(
  '[\\u0000-\\u0008\\u000B-\\u001F\\u007F-\\u009F\\u00AD\\u034F\\u061C\\u115F\\u1160\\u17B4\\u17B5\\u180B-\\u180F\\u200B-\\u200F\\u2028-\\u202E'
  + '\\u2060-\\u206F\\u3164\\uFE00-\\uFE0F\\uFEFF\\uFFA0\\uFFF0-\\uFFFB\\u2800\\uFFFE\\uFFFF\\u{1BCA0}-\\u{1BCA3}\\u{1D173}-\\u{1D17A}\\u{E0000}-\\u{E0FFF}\\uD800-\\uDFFF]|(?<=[\\p{Mn}\\p{Me}]{4})[\\p{Mn}\\p{Me}]',
  'gu',
);
const emojiBefore = /\p{Extended_Pictographic}$/u;

/** The text with its hidden characters written out. Line ends become line feeds. */
export function writtenOut(text: string): string {
  const plain = text.replaceAll('\r\n', '\n');
  return plain.replace(hidden, (character, at: number) => {
    const isEmojiForm = character === '\uFE0F' && emojiBefore.test(plain.slice(Math.max(0, at - 2), at));
    return isEmojiForm ? character : `⟨U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟩`;
  });
}

/** JSON whose strings are the same, with their hidden characters as JSON's own escapes: a terminal that shows it takes none for a command. */
export function plainJson(json: string): string {
  return json.replace(hidden, (character) => character.split('').map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`).join(''));
}
