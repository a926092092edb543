// oxlint-disable-next-line typescript/triple-slash-reference -- an ambient declaration cannot be imported, and the tests compile without the folder's .d.ts files
/// <reference path="../unbzip2-stream.d.ts" />
import { Readable, pipeline } from 'node:stream';
import type { Duplex } from 'node:stream';
import { createBrotliDecompress, createInflate, createZstdDecompress } from 'node:zlib';
import bzip2 from 'unbzip2-stream';
import bzip2Library from 'unbzip2-stream/package.json' with { type: 'json' };
import xz from 'xz-decompress';
import xzLibrary from 'xz-decompress/package.json' with { type: 'json' };
import { pieceReader, piecesOf } from '../byte-source.ts';
import type { ByteSource } from '../byte-source.ts';
import { unpackedCompress, unpackedLz4, unpackedSnappyFrames } from '../block-compression.ts';
import { drained } from '../drained.ts';
import { ExtractFailure, reasons } from '../extracted.ts';
import type { Extracted } from '../extracted.ts';
import { gunzipped } from '../gzip-members.ts';
import { MembersEnd, largestMemberBytes, readMembers } from '../members.ts';
import type { MemberSink } from '../members.ts';
import { isTarHeader, tarBlockBytes } from '../tar-blocks.ts';
import { takeTar } from './tar.ts';

interface Packing {
  readonly extractor: string;
  readonly endings: RegExp;
  readonly unpack: (pieces: AsyncIterable<Uint8Array>) => AsyncGenerator<Uint8Array, void, undefined>;
}

/** Pipes pieces through a stream. Failures of either end come out of the pieces. */
async function* through(pieces: AsyncIterable<Uint8Array>, stream: Duplex): AsyncGenerator<Uint8Array, void, undefined> {
  pipeline(Readable.from(pieces), stream, () => undefined);
  try {
    yield* drained(stream);
  } finally {
    stream.destroy();
  }
}

async function* throughXz(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = new xz.XzReadableStream(Readable.toWeb(Readable.from(pieces)) as ReadableStream<Uint8Array>).getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
}

/** By media type: how one stream that was packed as a whole is unpacked. */
const packings: Readonly<Record<string, Packing>> = {
  'application/gzip': { extractor: 'gzip 1', endings: /\.(?:gz|gzip|z)$/i, unpack: gunzipped },
  'application/x-bzip2': {
    extractor: `bzip2 1 (unbzip2-stream ${bzip2Library.version})`, endings: /\.bz2?$/i,
    unpack: (pieces) => {
      const stream = bzip2();
      const unpacked = drained(stream);
      Readable.from(pieces).on('error', (error) => stream.emit('error', error)).pipe(stream);
      return unpacked;
    },
  },
  'application/x-xz': {
    extractor: `xz 1 (xz-decompress ${xzLibrary.version})`, endings: /\.xz$/i,
    unpack: throughXz,
  },
  'application/zlib': { extractor: 'zlib 1', endings: /\.(?:zlib|zz)$/i, unpack: (pieces) => through(pieces, createInflate()) },
  'application/x-brotli': { extractor: 'brotli 1', endings: /\.br$/i, unpack: (pieces) => through(pieces, createBrotliDecompress()) },
  'application/x-lz4': { extractor: 'lz4 1', endings: /\.lz4$/i, unpack: unpackedLz4 },
  'application/x-snappy-framed': { extractor: 'snappy 1', endings: /\.(?:sz|snappy)$/i, unpack: unpackedSnappyFrames },
  'application/x-compress': { extractor: 'compress 1', endings: /\.z$/i, unpack: unpackedCompress },
  'application/zstd': { extractor: 'zstd 1', endings: /\.zst(?:d)?$/i, unpack: (pieces) => through(pieces, createZstdDecompress()) },
};

/** Media types that extractCompressed takes. */
export const compressedTypes: ReadonlySet<string> = new Set(Object.keys(packings));

/**
 * A file that was packed as a whole: gzip (RFC 1952), bzip2, xz, Zstandard (RFC 8878), zlib (RFC 1950), Brotli (RFC 7932), LZ4, framed Snappy, Unix' compress. A tar archive in it gives its members at once,
 * as tar programs show it; anything else is one member, named as the file without its ending. Read as a stream; what is no tar is held
 * whole and may not exceed what a member may.
 */
export async function extractCompressed(source: ByteSource, name: string, mediaType: string, sink: MemberSink): Promise<Extracted> {
  const packing = packings[mediaType];
  if (packing === undefined) throw new ExtractFailure(reasons.memberMethod);
  return readMembers(async () => {
    const pieces = packing.unpack(piecesOf(source));
    try {
      // What fails within the first block must not take the bytes before it along.
      let failure: Error | null = null;
      const reader = pieceReader(untilFailure(pieces, (error) => { failure = error; }));
      const head = await reader.take(tarBlockBytes);
      const whole = rejoined(head, reader.rest(), () => failure);
      if (isTarHeader(head)) await takeTar(whole, sink);
      else await takeOne(whole, name.replace(/\.tgz$/i, '.tar').replace(/\.(svg|emf|wmf)z$/i, '.$1').replace(packing.endings, '') || name, sink);
    } finally {
      await pieces.return();
    }
  }, sink, { mediaType, extractor: packing.extractor }, reasons.damaged('packed file'));
}

async function* untilFailure(pieces: AsyncIterable<Uint8Array>, failed: (error: Error) => void): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    yield* pieces;
  } catch (error) {
    failed(error instanceof Error ? error : new Error('The packed file could not be read.', { cause: error }));
  }
}

async function* rejoined(head: Uint8Array, rest: AsyncGenerator<Uint8Array>, failure: () => Error | null): AsyncGenerator<Uint8Array, void, undefined> {
  yield head;
  yield* rest;
  const error = failure();
  if (error !== null) throw error;
}

/** Keeps what comes before a damage: the part of a log that can be read is worth more than none. */
async function takeOne(pieces: AsyncGenerator<Uint8Array>, path: string, sink: MemberSink): Promise<void> {
  const parts: Uint8Array[] = [];
  let sizeBytes = 0;
  let failure: unknown = null;
  try {
    for await (const piece of pieces) {
      sizeBytes += piece.length;
      if (sizeBytes > sink.largest()) break;
      parts.push(piece);
    }
  } catch (error) {
    failure = error;
  }
  if (sizeBytes > largestMemberBytes) await sink.lose(path, reasons.memberTooLarge, null);
  else if (sizeBytes > sink.largest()) throw new MembersEnd(reasons.grownTooMuch);
  else if (sizeBytes > 0 || failure === null) await sink.add({ path, bytes: Buffer.concat(parts) });
  if (failure !== null) throw new ExtractFailure(sizeBytes > 0 ? reasons.cutShort : reasons.damaged('packed file'), failure);
}
