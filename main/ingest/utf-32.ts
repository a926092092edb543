/** Which end of a number comes first. */
type ByteOrder = 'le' | 'be';

/** The order that a mark of UTF-32 tells (The Unicode Standard, 23.8); null where there is none. It begins or ends like a mark of UTF-16 and must be asked for first. */
export function utf32Mark(bytes: Uint8Array): ByteOrder | null {
  if (bytes.length % 4 !== 0 || bytes.length < 4) return null;
  if (bytes[0] === 0xff && bytes[1] === 0xfe && bytes[2] === 0 && bytes[3] === 0) return 'le';
  if (bytes[0] === 0 && bytes[1] === 0 && bytes[2] === 0xfe && bytes[3] === 0xff) return 'be';
  return null;
}

/** The order of UTF-32 that has no mark: every number is a character, and most lie below U+3000, as of no other data. */
export function utf32WithoutMark(sample: Uint8Array): ByteOrder | null {
  const whole = sample.subarray(0, sample.length & ~3);
  if (whole.length < 16 || !whole.includes(0)) return null;
  return (['le', 'be'] as const).find((order) => {
    let low = 0;
    for (const number of numbersOf(whole, order)) {
      if (number < 9 || number > 0x10ffff || (number > 0xd7ff && number < 0xe000)) return false;
      if (number < 0x3000) low += 1;
    }
    return low * 8 >= whole.length / 4;
  }) ?? null;
}

/** Text of UTF-32 without its mark. Numbers that are no characters become U+FFFD. */
export function textOfUtf32(bytes: Uint8Array, order: ByteOrder): string {
  const parts: string[] = [];
  for (const number of numbersOf(bytes, order)) parts.push(isScalar(number) ? String.fromCodePoint(number) : '\uFFFD');
  return parts.join('');
}

/** Whether nearly all numbers after the mark are characters: a binary file may begin like it. */
export function isPlausibleUtf32(bytes: Uint8Array, order: ByteOrder): boolean {
  let odd = 0;
  for (const number of numbersOf(bytes.subarray(4), order)) if (!isScalar(number) || number === 0) odd += 1;
  return odd * 200 <= bytes.length;
}

function* numbersOf(bytes: Uint8Array, order: ByteOrder): Generator<number, void, undefined> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = 0; at + 4 <= bytes.length; at += 4) yield view.getUint32(at, order === 'le');
}

/** A Unicode scalar value (The Unicode Standard, D76). */
function isScalar(number: number): boolean {
  return number < 0xd800 || (number > 0xdfff && number <= 0x10ffff);
}
