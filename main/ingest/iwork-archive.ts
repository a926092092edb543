/** Text of the archives that iWork keeps since 2013 (Index/*.iwa): Snappy blocks around protocol buffers. */
import { unpackedSnappy } from './snappy.ts';


/** Types of messages with text: a run of text, and the lists of a table's texts. */
const storage = new Set([2001, 2005, 2006, 2007, 2008, 2009, 2010, 2011, 2022]);
const tableList = 6005;
const mostUnfolded = 128 * 2 ** 20;

/** The texts of one archive in their order. What is damaged ends it there. */
export function iworkTexts(archive: Buffer): string[] {
  const bytes = unpacked(archive);
  const texts: string[] = [];
  for (let at = 0; at < bytes.length; ) {
    const head = varint(bytes, at);
    if (head === null) break;
    const info = bytes.subarray(head.next, head.next + head.value);
    at = head.next + head.value;
    for (const message of fieldsOf(info).filter(({ number, body }) => number === 2 && body !== null)) {
      const fields = fieldsOf(message.body ?? Buffer.alloc(0));
      const type = fields.find(({ number }) => number === 1)?.value ?? 0;
      const length = fields.find(({ number }) => number === 3)?.value ?? 0;
      const payload = bytes.subarray(at, at + length);
      at += length;
      if (storage.has(type)) for (const { body } of fieldsOf(payload).filter(({ number }) => number === 3)) texts.push((body ?? Buffer.alloc(0)).toString('utf8'));
      else if (type === tableList) for (const { body } of fieldsOf(payload).filter(({ number }) => number === 3)) for (const { body: text } of fieldsOf(body ?? Buffer.alloc(0)).filter(({ number }) => number === 3)) texts.push((text ?? Buffer.alloc(0)).toString('utf8'));
    }
  }
  // The places of notes, pictures and fields are characters of their own.
  return texts.map((text) => text.replace(/[\uFFFC\x00-\x08\x0E-\x1F]/g, '').trim()).filter((text) => text !== '');
}

interface Field {
  readonly number: number;
  readonly value: number;
  readonly body: Buffer | null;
}

function varint(bytes: Buffer, from: number): { readonly value: number; readonly next: number } | null {
  let value = 0;
  for (let at = from, shift = 0; at < bytes.length && shift < 64; at += 1, shift += 7) {
    value += ((bytes[at] ?? 0) & 127) * 2 ** shift;
    if ((bytes[at] ?? 0) < 128) return { value, next: at + 1 };
  }
  return null;
}

function fieldsOf(bytes: Buffer): Field[] {
  const fields: Field[] = [];
  for (let at = 0; at < bytes.length; ) {
    const key = varint(bytes, at);
    if (key === null) break;
    const wire = key.value & 7;
    const number = Math.floor(key.value / 8);
    at = key.next;
    if (wire === 0 || wire === 2) {
      const value = varint(bytes, at);
      if (value === null) break;
      at = value.next;
      if (wire === 2) {
        fields.push({ number, value: 0, body: bytes.subarray(at, at + value.value) });
        at += value.value;
      } else fields.push({ number, value: value.value, body: null });
    } else if (wire === 1 || wire === 5) at += wire === 1 ? 8 : 4;
    else break;
  }
  return fields;
}

/** Blocks of a zero, three bytes of length and Snappy without the checksums of its frames. */
function unpacked(archive: Buffer): Buffer {
  const blocks: Buffer[] = [];
  let left = mostUnfolded;
  for (let at = 0; at + 4 <= archive.length && archive[at] === 0; ) {
    const length = archive.readUIntLE(at + 1, 3);
    const block = unpackedSnappy(archive.subarray(at + 4, at + 4 + length), left);
    if (block === null) break;
    left -= block.length;
    blocks.push(block);
    at += 4 + length;
  }
  return Buffer.concat(blocks);
}
