import { detect as detectCharset } from 'chardet';
import { isThai, likelyText } from './likely-page.ts';
import { isEbcdic, textOfEbcdic } from './rare-code-pages.ts';
import { textOfHz, textOfIso2022Kr } from './shifted-text.ts';
import { isPlausibleUtf32, textOfUtf32, utf32Mark, utf32WithoutMark } from './utf-32.ts';
import { eastAsianUtf16 } from './east-asian-utf16.ts';

/** Decoded text and the WHATWG name of the encoding that gave it; null for those that have none: UTF-32, EBCDIC, most pages of DOS, shifted forms. */
export interface DecodedText {
  readonly text: string;
  readonly encoding: string | null;
}

const sampleBytes = 64 * 1024;

/** The encoding that an XML declaration names (XML 1.0 4.3.3); null where there is none. */
export function declaredInXml(bytes: Uint8Array): string | null {
  return /^\s*<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)["']/.exec(Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 300)).toString('latin1'))?.[1] ?? null;
}

/**
 * Bytes as text: by byte order mark, else UTF-16 when the zero bytes lie as in UTF-16, else UTF-8 when the bytes are UTF-8 but for a
 * few, else UTF-16 of East Asian characters, else `declared` (an encoding the document names itself), else by the statistics of
 * chardet, else windows-1252, which reads anything; of one-byte encodings another one where it makes far better words. Never throws; what an encoding cannot read becomes U+FFFD.
 */
export function decodeText(bytes: Uint8Array, declared: string | null = null): DecodedText {
  const wide = utf32Mark(bytes);
  if (wide !== null) return { text: textOfUtf32(bytes.subarray(4), wide), encoding: null };
  const marked = byteOrderMark(bytes);
  if (marked !== null) return decodeAs(bytes, marked);
  const sample = bytes.subarray(0, sampleBytes);
  const bare = utf32WithoutMark(sample);
  if (bare !== null) return { text: textOfUtf32(bytes, bare), encoding: null };
  const utf16 = utf16WithoutMark(sample);
  if (utf16 !== null) return decodeAs(bytes, utf16);
  const korean = textOfIso2022Kr(bytes);
  if (korean !== null) return { text: korean, encoding: null };
  // ISO-2022 switches alphabets with escape characters and is valid UTF-8 all the same.
  const escapes = sample.includes(0x1b);
  if (!escapes) {
    try {
      const text = utf8.decode(bytes);
      const chinese = text.includes('~{') ? textOfHz(bytes) : null;
      return chinese === null ? { text, encoding: 'utf-8' } : { text: chinese, encoding: null };
    } catch {
      // Not UTF-8: that was the question.
    }
  }
  const named = declared === null ? null : knownLabel(declared);
  const mended = nearlyUtf8(bytes, named === 'utf-8');
  if (mended !== null) return { text: mended, encoding: 'utf-8' };
  const eastAsian = eastAsianUtf16(sample);
  if (eastAsian !== null) return decodeAs(bytes, eastAsian);
  if (named !== null && named !== 'utf-8') return decodeAs(bytes, named);
  if (isCyrillicOfDos(sample)) return decodeAs(bytes, 'ibm866');
  if (isEbcdic(sample)) return { text: textOfEbcdic(bytes), encoding: null };
  if (isThai(sample)) return decodeAs(bytes, 'windows-874');
  const guessed = knownLabel(detectCharset(sample) ?? '');
  if (guessed === null && escapes) return decodeAs(bytes, 'utf-8');
  const best = guessed === null || (guessed === 'utf-8' && !isUtf8(bytes)) ? 'windows-1252' : guessed;
  return severalBytes.test(best) ? decodeAs(bytes, best) : likelyText(bytes, best);
}

const severalBytes = /^(?:utf-|gb|big5|euc-|shift_jis|iso-2022)/;

const commonInDos = new Set([0xae, 0xa5, 0xa0, 0xa8, 0xad, 0xe2, 0xe1]);

/**
 * Code page 866, which chardet does not know: nearly all bytes above ASCII are its letters, which no other Cyrillic encoding has there, and
 * its commonest letters (о, е, а, и, н, т, с) are common; no Latin letter stands before them, and some lie beyond where Hebrew has its letters.
 */
function isCyrillicOfDos(sample: Uint8Array): boolean {
  let high = 0;
  let letters = 0;
  let common = 0;
  let beyondHebrew = 0;
  let mixed = 0;
  let before = 0;
  for (const byte of sample) {
    const isLatin = (before >= 0x41 && before <= 0x5a) || (before >= 0x61 && before <= 0x7a);
    before = byte;
    if (byte < 0x80) continue;
    high += 1;
    if (isLatin) mixed += 1;
    if (byte > 0x9a) beyondHebrew += 1;
    if (byte < 0xb0 || (byte >= 0xe0 && byte < 0xf2)) letters += 1;
    if (commonInDos.has(byte)) common += 1;
  }
  return high >= 20 && letters * 20 >= high * 19 && common * 4 >= high && mixed * 8 < high && beyondHebrew > 0;
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false });

/**
 * Text of bytes that are UTF-8 but for a few, with U+FFFD in their places: a file that was cut within a character or holds a damaged
 * one. In any other encoding characters above ASCII hardly ever form a valid sequence. Null where it is not so.
 */
function nearlyUtf8(bytes: Uint8Array, isDeclared: boolean): string | null {
  const text = new TextDecoder('utf-8').decode(bytes);
  let good = 0;
  let bad = 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit === 0xfffd) bad += 1;
    else if (unit > 0x7f) good += 1;
  }
  const isCut = bad === 1 && text.endsWith('\uFFFD');
  return good > 0 && (isCut || good >= bad * (isDeclared ? 1 : 4)) ? text : null;
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    utf8.decode(bytes);
    return true;
  } catch {
    return false;
  }
}

function decodeAs(bytes: Uint8Array, encoding: string): DecodedText {
  return { text: new TextDecoder(encoding).decode(bytes), encoding };
}

function byteOrderMark(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return null;
}

/** UTF-16 of mostly Latin text: at least a third of one half of the bytes are zero and nearly none of the other half. */
function utf16WithoutMark(sample: Uint8Array): string | null {
  if (sample.length < 4 || !sample.includes(0)) return null;
  // Of a few characters, each must be one that a keyboard has.
  if (sample.length < 8 && (sample.length % 2 === 1 || ![0, 1].some((zeros) => sample.every((byte, at) => (at % 2 === zeros ? byte === 0 : (byte >= 0x20 && byte < 0x7f) || byte === 0x0a || byte === 0x0d || byte === 0x09))))) return null;
  const alphabet = alphabetOfUtf16(sample);
  if (alphabet !== null) return alphabet;
  let even = 0;
  let odd = 0;
  for (let at = 0; at < sample.length; at += 1) {
    if (sample[at] !== 0) continue;
    if (at % 2 === 0) even += 1;
    else odd += 1;
  }
  const half = sample.length / 2;
  if (odd > half / 3 && even < half / 50) return 'utf-16le';
  if (even > half / 3 && odd < half / 50) return 'utf-16be';
  return null;
}

/** Upper bytes of UTF-16 in Greek, Cyrillic, Armenian and Hebrew, Arabic, the scripts of India, Thai and Lao, Georgian. */
const alphabets = new Set([0x03, 0x04, 0x05, 0x06, 0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x0e, 0x10]);

/** UTF-16 of another alphabet: one half of the bytes says only that alphabet, or zero with blanks and marks, and the other half is diverse. */
function alphabetOfUtf16(sample: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (sample.length < 16 || sample.length % 2 === 1) return null;
  for (const [upperAt, encoding] of [[1, 'utf-16le'], [0, 'utf-16be']] as const) {
    const counts = new Uint32Array(256);
    const lower = new Set<number>();
    for (let at = 0; at + 1 < sample.length; at += 2) {
      const upper = sample[at + upperAt] ?? 0;
      counts[upper] = (counts[upper] ?? 0) + 1;
      lower.add(sample[at + 1 - upperAt] ?? 0);
    }
    const half = sample.length / 2;
    const most = counts.reduce((best, count, byte) => (byte !== 0 && count > (counts[best] ?? 0) ? byte : best), 1);
    const [letters = 0, blanks = 0] = [counts[most], counts[0]];
    if (alphabets.has(most) && letters * 2 >= half && (letters + blanks) * 50 >= half * 48 && blanks > 0 && lower.size >= 8) return encoding;
  }
  return null;
}

/** The WHATWG name of a label, or null when there is none (UTF-32, UTF-7, invented names). */
function knownLabel(label: string): string | null {
  try {
    return new TextDecoder(label.trim()).encoding;
  } catch {
    return null;
  }
}

/**
 * Whether bytes are text at all, told by a sample from the start: a byte order mark, UTF-16's pattern of zeros, nearly no control
 * characters other than blanks, line ends and escapes, or East Asian characters of UTF-16.
 */
export function looksLikeText(bytes: Uint8Array): boolean {
  const sample = bytes.subarray(0, sampleBytes);
  if (isFreeOfControls(sample)) return true;
  const wide = utf32Mark(sample);
  if (wide !== null) return isPlausibleUtf32(sample, wide);
  const mark = byteOrderMark(bytes);
  if (mark === 'utf-8' || utf32WithoutMark(sample) !== null || textOfIso2022Kr(sample) !== null || isEbcdic(sample)) return true;
  const utf16 = mark ?? utf16WithoutMark(sample);
  if (utf16 !== null) return isPlausibleUtf16(sample, utf16);
  let controls = 0;
  for (const byte of sample) {
    if (byte < 0x20 && controlBytes[byte] === 1) controls += 1;
  }
  // One damaged byte in a short note does not make it a binary file.
  return controls * 200 < sample.length || (controls === 1 && sample.length >= 32 && isUtf8(sample)) || eastAsianUtf16(sample) !== null;
}

/**
 * Whether bytes that look like text hold a zero that no form of Unicode explains: a binary file poor in control bytes, such as a white
 * picture or a silent sound, is so, and hardly any text.
 */
export function holdsStrayZeros(bytes: Uint8Array): boolean {
  const sample = bytes.subarray(0, sampleBytes);
  return sample.includes(0) && utf32Mark(sample) === null && utf32WithoutMark(sample) === null && byteOrderMark(sample) === null && utf16WithoutMark(sample) === null && eastAsianUtf16(sample) === null;
}

/** Whether no byte is a control that text does not hold, nor the first one that of a mark: so it is with most text, in whatever encoding. */
function isFreeOfControls(sample: Uint8Array): boolean {
  if ((sample[0] ?? 0xff) >= 0xfe) return false;
  for (const byte of sample) if (byte < 0x20 && controlBytes[byte] === 1) return false;
  return true;
}

/** Zeros, other controls: 1 for those that text does not hold. */
const controlBytes = Uint8Array.from({ length: 32 }, (_, byte) => ([0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x1b].includes(byte) ? 0 : 1));

/** A binary file may begin like a mark or be rich in zeros; as text it would then be full of unassigned characters and controls. */
function isPlausibleUtf16(sample: Uint8Array, encoding: string): boolean {
  const text = new TextDecoder(encoding).decode(sample.subarray(0, sample.length & ~1));
  let odd = 0;
  for (const _ of text.matchAll(/[\0-\x08\x0E-\x1F\uFFFD\p{Cn}\p{Co}]/gu)) odd += 1;
  return odd * 50 < text.length;
}
