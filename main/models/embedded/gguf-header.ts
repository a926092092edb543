/**
 * A GGUF file's header, read and judged before anything native touches the file: counts, lengths, types and the place of every tensor are
 * bounded, so that what reaches the native reader is at least well formed. Format: ggml docs/gguf.md (versions 2 and 3, little-endian).
 */
import { open, type FileHandle } from 'node:fs/promises';
import { badModelFile, createByteCursor, type ByteCursor } from './byte-cursor.ts';
import { tensorBytes } from './tensor-types.ts';

/** A value that is kept; arrays are kept when they hold few numbers. */
export type GgufValue = string | number | boolean | readonly number[];

/** What a header says. */
export interface GgufHeader {
  readonly version: number;
  readonly tensors: number;
  readonly valuesByKey: ReadonlyMap<string, GgufValue>;
}

/** No model of 2026 comes near: 400B models have some 2,000 tensors, vocabularies have 300,000 words. */
const limits = { tensors: 100_000, values: 10_000, keyBytes: 65_535, nameBytes: 64, textBytes: 16 * 2 ** 20, arrayItems: 4_000_000, keptItems: 4096, headerBytes: 512 * 2 ** 20 };

/** Bytes of a value by its type number; strings (8) and arrays (9) have none of their own. */
const valueBytes: Readonly<Record<number, number>> = { 0: 1, 1: 1, 2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 7: 1, 10: 8, 11: 8, 12: 8 };
const stringType = 8;
const arrayType = 9;

/** Opens a file and reads its header. Throws model.bad-file, or what opening throws. */
export async function readGgufFile(path: string): Promise<GgufHeader> {
  const file = await open(path, 'r');
  try {
    return await readGgufHeader(file, (await file.stat()).size);
  } finally {
    await file.close();
  }
}

/** Reads the header of an open file from its start. Throws model.bad-file. */
export async function readGgufHeader(file: FileHandle, sizeBytes: number): Promise<GgufHeader> {
  const cursor = createByteCursor(file, limits.headerBytes);
  await cursor.need(24);
  if (cursor.text(4) !== 'GGUF') throw badModelFile('magic', 'it does not begin as one');
  const version = cursor.u32();
  if (version !== 2 && version !== 3) throw badModelFile('version', 'its version is not 2 or 3');
  const tensors = cursor.u64();
  const values = cursor.u64();
  if (tensors < 1 || tensors > limits.tensors) throw badModelFile('tensors', 'it has no tensors, or more than any model has');
  if (values > limits.values) throw badModelFile('values', 'it describes itself with more values than any model has');
  const valuesByKey = new Map<string, GgufValue>();
  for (let n = 0; n < values; n += 1) {
    const key = await readText(cursor, limits.keyBytes);
    if (valuesByKey.has(key)) throw badModelFile('key', 'it says one thing twice');
    await cursor.need(4);
    const value = await readValue(cursor, cursor.u32());
    if (value !== null) valuesByKey.set(key, value);
  }
  await checkTensors(cursor, tensors, alignmentOf(valuesByKey), sizeBytes);
  return { version, tensors, valuesByKey };
}

function alignmentOf(values: ReadonlyMap<string, GgufValue>): number {
  const given = values.get('general.alignment') ?? 32;
  if (typeof given !== 'number' || given < 8 || given > 65_536 || !Number.isInteger(Math.log2(given))) throw badModelFile('alignment', 'its alignment is no power of two');
  return given;
}

async function readText(cursor: ByteCursor, longest: number): Promise<string> {
  if (!cursor.has(8)) await cursor.need(8);
  const length = cursor.u64();
  if (length > longest) throw badModelFile('text', 'a text in its header is too long');
  if (!cursor.has(length)) await cursor.need(length);
  return cursor.text(length);
}

/** The value of a type; null for one that is passed over. */
async function readValue(cursor: ByteCursor, type: number): Promise<GgufValue | null> {
  if (type === stringType) return await readText(cursor, limits.textBytes);
  if (type === arrayType) return await readArray(cursor);
  const bytes = valueBytes[type];
  if (bytes === undefined) throw badModelFile('type', 'a value in its header is of an unknown type');
  await cursor.need(bytes);
  return readScalar(cursor, type, bytes);
}

/** Whole numbers and flags, which are all that is asked for; null for the others. */
function readScalar(cursor: ByteCursor, type: number, bytes: number): number | boolean | null {
  if (type === 7) return cursor.u8() !== 0;
  if (type === 0) return cursor.u8();
  if (type === 4 || type === 5) return cursor.u32() | 0;
  if (type === 10) return cursor.u64();
  cursor.skip(bytes);
  return null;
}

async function readArray(cursor: ByteCursor): Promise<readonly number[] | null> {
  await cursor.need(12);
  const type = cursor.u32();
  const count = cursor.u64();
  if (count > limits.arrayItems) throw badModelFile('array', 'a list in its header is too long');
  if (type === stringType) {
    await passTexts(cursor, count);
    return null;
  }
  const bytes = valueBytes[type];
  if (bytes === undefined) throw badModelFile('type', 'a list in its header is of an unknown type');
  if (count > limits.keptItems) {
    // Read in, not leapt over: a list that the file does not hold ends here.
    for (let left = count * bytes; left > 0; left -= Math.min(left, 65_536)) {
      const part = Math.min(left, 65_536);
      if (!cursor.has(part)) await cursor.need(part);
      cursor.skip(part);
    }
    return null;
  }
  await cursor.need(count * bytes);
  const items = Array.from({ length: count }, () => Number(readScalar(cursor, type, bytes) ?? Number.NaN));
  return items.some(Number.isNaN) ? null : items;
}

/** A vocabulary: some 100,000 words, most of them at hand, so that waiting for each would be what takes the time. */
async function passTexts(cursor: ByteCursor, count: number): Promise<void> {
  for (let n = 0; n < count; n += 1) {
    if (!cursor.has(8)) await cursor.need(8);
    const length = cursor.u64();
    if (length > limits.textBytes) throw badModelFile('text', 'a text in its header is too long');
    if (!cursor.has(length)) await cursor.need(length);
    cursor.skip(length);
  }
}

/** Every tensor has a shape, and its data lie inside the file. */
async function checkTensors(cursor: ByteCursor, count: number, alignment: number, sizeBytes: number): Promise<void> {
  let furthest = 0;
  const names = new Set<string>();
  for (let n = 0; n < count; n += 1) {
    const name = await readText(cursor, limits.nameBytes);
    if (names.has(name)) throw badModelFile('tensor', 'two of its tensors have one name');
    names.add(name);
    await cursor.need(4);
    const dimensions = cursor.u32();
    if (dimensions < 1 || dimensions > 4) throw badModelFile('tensor', 'a tensor has no shape that a model has');
    await cursor.need(dimensions * 8 + 12);
    const shape = Array.from({ length: dimensions }, () => cursor.u64());
    const type = cursor.u32();
    const offset = cursor.u64();
    const bytes = tensorBytes(type, shape);
    if (bytes === null) throw badModelFile('tensor', 'a tensor is of an unknown kind or of an impossible size');
    if (offset % alignment !== 0) throw badModelFile('tensor', 'a tensor does not begin where one may');
    furthest = Math.max(furthest, offset + bytes);
  }
  const dataStart = Math.ceil(cursor.position() / alignment) * alignment;
  if (dataStart + furthest > sizeBytes) throw badModelFile('short', 'its data end before its last tensor does');
}
