/** Which of the one-byte encodings a text is in, where statistics of bytes alone mistake one for another: by how well its words hold together when they are read. */
import { dosPages, textOfDosPage, type DosPage } from './rare-code-pages.ts';

const standard = ['windows-1252', 'windows-1250', 'windows-1251', 'windows-1254', 'windows-1257', 'koi8-u', 'macintosh', 'x-mac-cyrillic'] as const;
type Candidate = DosPage | (typeof standard)[number];
const sampleBytes = 8192;
/** Fewer bytes above ASCII tell nothing. */
const fewestHigh = 4;

/** The text of bytes, read as `guess` unless another encoding makes far better words of them. Not for encodings of several bytes a character. */
export function likelyText(bytes: Uint8Array, guess: string): { readonly text: string; readonly encoding: string | null } {
  const sample = excerpt(bytes);
  const high = sample.reduce((count, byte) => (byte > 0x7f ? count + 1 : count), 0);
  let best: Candidate | null = null;
  if (high >= fewestHigh) {
    let least = oddness(new TextDecoder(guess).decode(sample));
    // What reads well enough is not doubted.
    if (least * 25 > high) {
      for (const candidate of [...standard, ...dosPages]) {
        const odd = oddness(textOf(sample, candidate));
        if (odd * 2 < least) [best, least] = [candidate, odd];
        else if (best !== null && odd < least) [best, least] = [candidate, odd];
      }
    }
  }
  if (best === null) return { text: new TextDecoder(guess).decode(bytes), encoding: guess };
  return { text: textOf(bytes, best), encoding: isDos(best) ? null : best };
}

/** From the first byte above ASCII on, so that a long beginning in English says nothing. */
function excerpt(bytes: Uint8Array): Uint8Array {
  const first = bytes.findIndex((byte) => byte > 0x7f);
  const from = Math.max(0, first - 64);
  return bytes.subarray(from, from + sampleBytes);
}

function textOf(bytes: Uint8Array, candidate: Candidate): string {
  return isDos(candidate) ? textOfDosPage(bytes, candidate) : new TextDecoder(candidate).decode(bytes);
}

const isDos = (candidate: string): candidate is DosPage => (dosPages as readonly string[]).includes(candidate);

/** Small letters beyond ASCII of languages of Europe in the Latin alphabet: a text holds hardly any but those of one. */
const alphabets = ['äöüß', 'àâæçèéêëîïôœùûüÿ', 'áéíñóúüºª', 'àáâãçéêíóôõú', 'àèéìíòóù', 'ąćęłńóśźż', 'áčďéěíňóřšťúůýžäĺľôŕ', 'áéíóöőúüű', 'çğıöşüâîİ', 'ăâîșşțţ', 'ąčęėįšųūž', 'āčēģīķļņšūž', 'äõöüšž', 'åäöæøé', 'čćđšž', 'áðéíóúýþæö', 'àèéëïíóúòçü'].map((letters) => new Set(letters));
const usualMarks = new Set('«»“”„‘’–—…•°§€©®№');

/** How much in a text does not look written: what is no letter within a word, alphabets mixed in one, capitals behind small letters, letters that no one language has together, controls. */
function oddness(text: string): number {
  let odd = 0;
  let before = '';
  const countByLetter = new Map<string, number>();
  for (const character of text) {
    const isHigh = character > '\x7f';
    const kind = isHigh || /[A-Za-z]/.test(character) ? alphabetOf(character) : null;
    if (isHigh) {
      if (character === '\uFFFD' || (character >= '\x80' && character < '\xa0')) odd += 3;
      else if (kind === null) odd += usualMarks.has(character) ? (isWord(before) ? 0.3 : 0) : isWord(before) ? 2 : 1;
      else if (kind === 'latin') countByLetter.set(character.toLowerCase(), (countByLetter.get(character.toLowerCase()) ?? 0) + 1);
    }
    if (kind !== null && isWord(before)) {
      const last = alphabetOf(before);
      if (last !== kind && last !== null) odd += 2;
      else if (isCapital(character) && !isCapital(before)) odd += 1;
    }
    // A mark that is usual where a word ends is odd within one.
    if (kind !== null && before > '\x7f' && alphabetOf(before) === null && !'«“„‘’—–(№'.includes(before)) odd += 1;
    before = character;
  }
  const foreign = (own: ReadonlySet<string>): number => [...countByLetter].reduce((sum, [letter, count]) => (own.has(letter) ? sum : sum + count), 0);
  return odd + Math.min(...alphabets.map(foreign));
}

const isWord = (character: string): boolean => character !== '' && alphabetOf(character) !== null;
const isCapital = (character: string): boolean => character !== character.toLowerCase();

function alphabetOf(character: string): string | null {
  const code = character.charCodeAt(0);
  if (code < 0x80) return /[A-Za-z]/.test(character) ? 'latin' : null;
  if (!/\p{L}/u.test(character) || code === 0xaa || code === 0xba) return null;
  if (code < 0x250 || (code >= 0x1e00 && code < 0x1f00)) return 'latin';
  if (code >= 0x370 && code < 0x400) return 'greek';
  if (code >= 0x400 && code < 0x530) return 'cyrillic';
  if (code >= 0x590 && code < 0x600) return 'hebrew';
  if (code >= 0x600 && code < 0x700) return 'arabic';
  return 'other';
}

/** Thai in one byte a character (TIS-620), which statistics take for Chinese: none of the bytes that it leaves out, and signs above and below letters follow letters. */
export function isThai(sample: Uint8Array): boolean {
  let high = 0;
  let lone = 0;
  let before = 0;
  for (const byte of sample) {
    if (byte > 0x7f) {
      high += 1;
      if (byte < 0xa1 || (byte > 0xda && byte < 0xdf) || byte > 0xfb) return false;
      const isSign = byte === 0xd1 || (byte >= 0xd4 && byte <= 0xda) || (byte >= 0xe7 && byte <= 0xee);
      if (isSign && before < 0xa1) lone += 1;
    }
    before = byte;
  }
  return high >= 40 && lone * 50 <= high;
}
