/** Chinese, Japanese and Korean characters with their marks, and what stands between them. */
const usual = /[\t\n\r -~\u2010-\u2026\u3000-\u30FF\u4E00-\u9FFF\uAC00-\uD7A3\uFF01-\uFFE6]/;
/** What text of these languages is never long without: commonest characters, kana, marks of sentences, blanks. In none of the older encodings of these languages do two bytes of a character give them. */
const frequent = /[ \n\u3001\u3002\uFF0C\u3041-\u30FA\u7684\u4E00\u662F\u4E0D\u4E86\u5728\u4EBA\u6709\u6211\u4ED6\u4E2D\u5927\u6765\u4E0A\u56FD]/;
const fewestCharacters = 8;

/**
 * The order of bytes in UTF-16 that has neither a mark nor many zeros, told by a sample: as East Asian text nearly every character is
 * one such text holds, and one in twenty is frequent in it. Null where it is not so. Ask only of bytes that are not UTF-8.
 */
export function eastAsianUtf16(sample: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (sample.length % 2 !== 0 || sample.length < fewestCharacters * 2) return null;
  for (const encoding of ['utf-16le', 'utf-16be'] as const) {
    const text = new TextDecoder(encoding).decode(sample);
    let odd = 0;
    let common = 0;
    for (const character of text) {
      if (!usual.test(character)) odd += 1;
      else if (frequent.test(character)) common += 1;
      if (odd * 100 > text.length) break;
    }
    if (odd * 100 <= text.length && common * 20 >= text.length) return encoding;
  }
  return null;
}
