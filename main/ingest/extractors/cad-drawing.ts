import { canonicalText } from '../canonical-text.ts';
import { reasons, toExtracted } from '../extracted.ts';
import type { Extracted } from '../extracted.ts';

/** The summary that a drawing keeps of itself, in its order. */
const names = ['Title', 'Subject', 'Author', 'Keywords', 'Comments', 'Last saved by', 'Revision', 'Hyperlink base'] as const;
const olderNames: Readonly<Record<number, string>> = { 2: 'Title', 3: 'Subject', 4: 'Author', 6: 'Comments', 7: 'Keywords', 8: 'Last saved by', 9: 'Revision' };
const olderMark = Buffer.from('DWGPROPS COOKIE');
const placeOfSummary = 0x20;
/** A summary stands behind the head; a file without one points to none. */
const headBytes = 0x80;
/** Times of editing, of making and of changing, eight bytes each. */
const timesBytes = 24;
const mostProperties = 200;

/** An AutoCAD drawing (Open Design Specification for .dwg, summary info): what it says of itself, properties of its makers included. What is drawn in it is not read. */
export async function extractCadDrawing(bytes: Uint8Array, _name: string, mediaType: string): Promise<Extracted> {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const version = Number(file.toString('latin1', 2, 6));
  const values = version >= 1018 ? summary(file, version >= 1021) : olderProperties(file);
  const lines = values.filter(([, value]) => value !== '').map(([name, value]) => `${name}: ${value}`);
  const value = (wanted: string): string | null => canonicalText(values.find(([name]) => name === wanted)?.[1] ?? '') || null;
  return toExtracted({ type: 'other', mediaType, extractor: 'cad drawing 1', text: canonicalText(lines.join('\n')), title: value('Title'), author: value('Author'), reason: lines.length === 0 ? reasons.drawingOnly : null });
}

type Values = (readonly [string, string])[];

/** Texts behind their lengths, each with a zero at its end; names and values of further properties follow the times. */
function summary(file: Buffer, isWide: boolean): Values {
  let at = file.readUInt32LE(placeOfSummary);
  if (at < headBytes) return [];
  const text = (): string | null => {
    if (at + 2 > file.length) return null;
    const length = file.readUInt16LE(at) * (isWide ? 2 : 1);
    if (at + 2 + length > file.length) return null;
    const part = file.subarray(at + 2, at + 2 + length);
    at += 2 + length;
    return (isWide ? part.toString('utf16le') : new TextDecoder('windows-1252').decode(part)).replace(/\0.*$/s, '').trim();
  };
  const values: Values = [];
  for (const name of names) {
    const found = text();
    if (found === null) return values;
    values.push([name, found]);
  }
  at += timesBytes;
  const count = at + 2 <= file.length ? Math.min(mostProperties, file.readUInt16LE(at)) : 0;
  at += 2;
  for (let index = 0; index < count; index += 1) {
    const [name, found] = [text(), text()];
    if (name === null || found === null) break;
    values.push([name === '' ? 'Property' : name, found]);
  }
  return values;
}

/** Before 2004: numbers of properties, each with a length and a text, behind a mark. Further ones are "name=value". */
function olderProperties(file: Buffer): Values {
  const values: Values = [];
  const start = file.indexOf(olderMark);
  if (start < 0) return values;
  for (let at = start + olderMark.length; at + 5 <= file.length && values.length < mostProperties; ) {
    const code = file.readUInt16LE(at);
    const length = file.readUInt16LE(at + 2);
    if (code === 0 || code > 400 || length === 0 || at + 5 + length > file.length) break;
    const text = new TextDecoder('windows-1252').decode(file.subarray(at + 5, at + 4 + length + 1)).replace(/[\0\x1e]/g, '').trim();
    values.push([olderNames[code] ?? 'Property', text.replace(/^[^=]*=$/, '')]);
    at += 5 + length;
  }
  return values;
}
