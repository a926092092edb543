/** Names that a font carries (OpenType 1.9, `name` table). */

const platforms = { unicode: 0, macintosh: 1, windows: 3 } as const;
const english = 0x409;
const wanted = [4, 1, 2, 0, 5, 7, 8, 9, 10, 11, 13] as const;

/** The distinct names in the order: full name, family, style, copyright, version, trademark, makers, description, address, licence. English ones where there are several. Empty where there are none. */
export function fontNames(font: Buffer): string[] {
  const from = font.toString('latin1', 0, 4) === 'ttcf' && font.length >= 16 ? font.readUInt32BE(12) : 0;
  if (from + 12 > font.length) return [];
  for (let table = 0; table < font.readUInt16BE(from + 4); table += 1) {
    const at = from + 12 + table * 16;
    if (at + 16 > font.length) return [];
    if (font.toString('latin1', at, at + 4) === 'name') return namesIn(font.subarray(font.readUInt32BE(at + 8), font.readUInt32BE(at + 8) + font.readUInt32BE(at + 12)));
  }
  return [];
}

function namesIn(table: Buffer): string[] {
  if (table.length < 6) return [];
  const storage = table.readUInt16BE(4);
  const found = new Map<number, { readonly text: string; readonly rank: number }>();
  for (let index = 0; index < table.readUInt16BE(2) && 6 + (index + 1) * 12 <= table.length; index += 1) {
    const at = 6 + index * 12;
    const field = (place: number): number => table.readUInt16BE(at + place);
    const [platform, language, name, length, offset] = [field(0), field(4), field(6), field(8), field(10)] as const;
    const bytes = table.subarray(storage + offset, storage + offset + length);
    const text = new TextDecoder(platform === platforms.macintosh ? 'macintosh' : 'utf-16be').decode(bytes).trim();
    const rank = platform === platforms.windows && language === english ? 3 : platform === platforms.unicode ? 2 : 1;
    if (text !== '' && rank > (found.get(name)?.rank ?? 0)) found.set(name, { text, rank });
  }
  return [...new Set(wanted.flatMap((name) => found.get(name)?.text ?? []))];
}
