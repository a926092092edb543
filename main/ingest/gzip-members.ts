import { crc32, createInflateRaw } from 'node:zlib';
import type { InflateRaw } from 'node:zlib';
import { pieceReader } from './byte-source.ts';
import type { PieceReader } from './byte-source.ts';
import { drained } from './drained.ts';

/** RFC 1952, 2.3.1: what a member's flags say stands between its header and its bytes. */
const flags = { headerCheck: 2, extra: 4, name: 8, comment: 16 } as const;
const longestName = 2 ** 16;

/**
 * The bytes of all members of a gzip file (RFC 1952, 2.2), in order. Zeros may follow the last one, as padding. Throws after everything
 * that could be unpacked where a member is damaged or cut, or bytes that are no member follow; Node's own reader would give nothing
 * of the piece in which that happens.
 */
export async function* gunzipped(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = pieceReader(pieces[Symbol.asyncIterator]());
  for (let isFirst = true; await beginsMember(reader, isFirst); isFirst = false) {
    let check = 0;
    let sizeBytes = 0;
    for await (const piece of inflated(reader)) {
      check = crc32(piece, check);
      sizeBytes += piece.length;
      yield piece;
    }
    const trailer = await reader.take(8);
    if (trailer.length < 8 || trailer.readUInt32LE(0) !== check || trailer.readUInt32LE(4) !== sizeBytes % 2 ** 32) throw new Error('gzip trailer');
  }
}

/** Passes over a member's header; false at the end of the file or at padding. */
async function beginsMember(reader: PieceReader, isFirst: boolean): Promise<boolean> {
  const header = await reader.take(10);
  if (!isFirst && (header.length === 0 || header[0] === 0)) return false;
  if (header.length < 10 || header.readUInt16BE(0) !== 0x1f8b || header[2] !== 8) throw new Error('gzip header');
  const told = header[3] ?? 0;
  if ((told & flags.extra) !== 0) await reader.skip((await reader.take(2)).readUInt16LE(0));
  for (const flag of [flags.name, flags.comment]) if ((told & flag) !== 0) await skipName(reader);
  if ((told & flags.headerCheck) !== 0) await reader.skip(2);
  return true;
}

async function skipName(reader: PieceReader): Promise<void> {
  for (let length = 0; length < longestName; length += 1) if ((await reader.take(1))[0] === 0) return;
  throw new Error('gzip name');
}

/** One deflated stream; what follows it stays with the reader. */
async function* inflated(reader: PieceReader): AsyncGenerator<Uint8Array, void, undefined> {
  const stream = createInflateRaw();
  const fed = feed(reader, stream).catch((error: unknown) => { stream.destroy(error instanceof Error ? error : new Error('gzip source')); });
  try {
    yield* drained(stream);
    await fed;
  } finally {
    stream.destroy();
  }
}

async function feed(reader: PieceReader, stream: InflateRaw): Promise<void> {
  const ended = new Promise<void>((resolve) => { stream.once('end', resolve).once('error', () => { resolve(); }); });
  let given = 0;
  for await (const piece of reader.rest()) {
    given += piece.length;
    // A stream that has come to its end does not call back.
    await Promise.race([ended, new Promise<void>((resolve) => { stream.write(piece, () => { resolve(); }); })]);
    if (stream.bytesWritten === given) continue;
    reader.giveBack(piece.subarray(piece.length - (given - stream.bytesWritten)));
    return;
  }
  stream.end();
}
