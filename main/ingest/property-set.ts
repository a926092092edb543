import { canonicalText } from './canonical-text.ts';
import type { CompoundFile } from './compound-file.ts';
import type { Extracted } from './extracted.ts';
import { textOfCodePage } from './code-pages.ts';

const summary = '\x05SummaryInformation';
/** Windows counts tenths of microseconds from 1601. */
const epoch1601Ms = 11_644_473_600_000;
const codePageId = 1;
const ids = { title: 2, author: 4, createdAt: 12, modifiedAt: 13 } as const;

/** Title, author and times that a compound file says of itself ([MS-OLEPS] 2.25, the summary information); null where it says none or the set is damaged. */
export function propertiesOf(file: CompoundFile): Pick<Extracted, 'title' | 'author' | 'createdAt' | 'modifiedAt'> {
  const empty = { title: null, author: null, createdAt: null, modifiedAt: null };
  const stream = file.stream(summary);
  if (stream === null || stream.length < 56) return empty;
  try {
    const values = valuesOf(stream.subarray(stream.readUInt32LE(44)));
    const text = (id: number): string | null => {
      const value = values.get(id);
      return typeof value === 'string' ? canonicalText(value.replace(/[\s\0]+/g, ' ')).trim() || null : null;
    };
    const time = (id: number): number | null => {
      const value = values.get(id);
      return typeof value === 'number' && value > 0 ? value : null;
    };
    return { title: text(ids.title), author: text(ids.author), createdAt: time(ids.createdAt), modifiedAt: time(ids.modifiedAt) };
  } catch {
    return empty; // lengths that lie
  }
}

/** [MS-OLEPS] 2.20: offsets of values by their ids, each value with its type. */
function valuesOf(set: Buffer): ReadonlyMap<number, string | number> {
  const values = new Map<number, string | number>();
  const count = Math.min(200, set.readUInt32LE(4));
  let page = 1252;
  for (let index = 0; index < count; index += 1) {
    const id = set.readUInt32LE(8 + index * 8);
    const at = set.readUInt32LE(12 + index * 8);
    if (at + 8 > set.length) continue;
    const kind = set.readUInt32LE(at) & 0xffff;
    if (id === codePageId && kind === 2) page = set.readUInt16LE(at + 4);
    else if (kind === 0x1e) values.set(id, textOfCodePage(set.subarray(at + 8, at + 8 + set.readUInt32LE(at + 4)), page));
    else if (kind === 0x1f) values.set(id, set.toString('utf16le', at + 8, at + 8 + set.readUInt32LE(at + 4) * 2));
    else if (kind === 0x40 && at + 12 <= set.length) values.set(id, Math.round((set.readUInt32LE(at + 8) * 2 ** 32 + set.readUInt32LE(at + 4)) / 10_000 - epoch1601Ms));
  }
  return values;
}
