/**
 * Originals, encrypted outside SQLite in packs. A pack is written once, made durable, and only then named by the database, so a
 * crash leaves at worst a pack that nothing names. Small files share a pack; a large one streams into its own.
 *
 * A sealed blob is: magic, 32 random bytes of salt, then chunks of up to 1 MiB, each AES-256-GCM under a key derived from the case's
 * blob key and the salt. The nonce counts the chunks and its last byte says "last" (the STREAM construction, Hoang, Reyhanitabar,
 * Rogaway and Vizár, "Online Authenticated-Encryption and its Nonce-Reuse Misuse-Resistance", 2015): chunks cannot be changed,
 * reordered, or cut off unnoticed. The database binds a blob to the SHA-256 of its content.
 */
import { closeSync, createReadStream, existsSync, mkdirSync, openSync, readSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { createHash, createSecretKey } from 'node:crypto';
import { join } from 'node:path';
import { AppError } from '../base/errors.ts';
import type { Ids } from '../base/ids.ts';
import type { CryptoProvider } from './crypto.ts';
import { syncFolderAside } from './durable-file.ts';

/** Plaintext bytes of a full chunk. */
export const chunkBytes = 1024 * 1024;
const tagBytes = 16;
const magic = Buffer.from('RDB1');
const saltBytes = 32;
const headBytes = magic.length + saltBytes;

/** Where a blob lies. `sealedBytes` counts its head, chunks and tags. */
export interface BlobPlace {
  readonly pack: string;
  readonly offset: number;
  readonly sealedBytes: number;
  readonly sizeBytes: number;
}

/** A streamed blob: its place and the SHA-256 of what went in. */
export interface StreamedBlob extends BlobPlace {
  readonly sha256: Buffer;
}

export interface BlobStore {
  /** Seals several small blobs into one durable pack, in order. */
  readonly writePack: (blobs: readonly Uint8Array[]) => Promise<BlobPlace[]>;
  /** Seals a file of any size into a pack of its own, chunk by chunk. Throws what reading the file throws, and leaves nothing named. */
  readonly writeFile: (file: string | Buffer, signal?: AbortSignal) => Promise<StreamedBlob>;
  /** Bytes [from, from + length) of the content, less where it ends. Throws vault.blob-missing or vault.blob-damaged. */
  readonly readRange: (place: BlobPlace, from: number, length: number) => Buffer;
  /** The whole content in chunks, each authenticated before it is given out. Throws as readRange. */
  readonly readChunks: (place: BlobPlace) => Generator<Buffer>;
}

function nonceOf(chunk: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUIntBE(chunk, 5, 6);
  nonce[11] = last ? 1 : 0;
  return nonce;
}

/** Opens the blob store of a case: `folder` is its blobs folder, `key` its 32-byte blob key. */
export function openBlobs(folder: string, key: Uint8Array, crypto: CryptoProvider, ids: Ids): BlobStore {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const fileOf = (pack: string): string => join(folder, `${pack}.pack`);
  const blobsKey = createSecretKey(key); // made ready once: every blob derives its own key from it
  const keyOf = (salt: Uint8Array): Buffer => crypto.deriveKey(blobsKey, salt, 'redoubt/blob/v1');

  const seal = (content: Uint8Array): Buffer[] => {
    const salt = crypto.randomBytes(saltBytes);
    const blobKey = keyOf(salt);
    const parts: Buffer[] = [magic, salt];
    const chunks = Math.max(1, Math.ceil(content.length / chunkBytes));
    for (let chunk = 0; chunk < chunks; chunk += 1) {
      parts.push(crypto.sealWithNonce(blobKey, nonceOf(chunk, chunk === chunks - 1), content.subarray(chunk * chunkBytes, (chunk + 1) * chunkBytes), magic));
    }
    return parts;
  };

  const writePack = async (blobs: readonly Uint8Array[]): Promise<BlobPlace[]> => {
    const pack = ids();
    const places: BlobPlace[] = [];
    const parts: Buffer[] = [];
    let offset = 0;
    for (const content of blobs) {
      const sealed = seal(content);
      const sealedBytes = sealed.reduce((sum, part) => sum + part.length, 0);
      parts.push(...sealed);
      places.push({ pack, offset, sealedBytes, sizeBytes: content.length });
      offset += sealedBytes;
    }
    const handle = await openPack(fileOf(pack));
    try {
      await guardFull(handle.writeFile(Buffer.concat(parts)));
      await guardFull(handle.datasync());
    } finally {
      await handle.close();
    }
    await syncFolderAside(folder);
    return places;
  };

  const writeFile = async (file: string | Buffer, signal?: AbortSignal): Promise<StreamedBlob> => {
    const pack = ids();
    const salt = crypto.randomBytes(saltBytes);
    const blobKey = keyOf(salt);
    const hash = createHash('sha256');
    const handle = await openPack(fileOf(pack));
    let sizeBytes = 0;
    let sealedBytes = headBytes;
    try {
      await guardFull(handle.write(Buffer.concat([magic, salt])));
      let chunk = 0;
      let held: Buffer | null = null;
      const put = async (content: Buffer, last: boolean): Promise<void> => {
        const sealed = crypto.sealWithNonce(blobKey, nonceOf(chunk, last), content, magic);
        await guardFull(handle.write(sealed));
        sealedBytes += sealed.length;
        chunk += 1;
      };
      for await (const piece of fullChunks(file, signal)) {
        if (held !== null) await put(held, false);
        held = piece;
        hash.update(piece);
        sizeBytes += piece.length;
      }
      await put(held ?? Buffer.alloc(0), true);
      await guardFull(handle.datasync());
    } finally {
      await handle.close();
    }
    await syncFolderAside(folder);
    return { pack, offset: 0, sealedBytes, sizeBytes, sha256: hash.digest() };
  };

  const withPack = <T>(place: BlobPlace, work: (handle: number, blobKey: Buffer) => T): T => {
    const file = fileOf(place.pack);
    if (!existsSync(file)) throw new AppError('vault.blob-missing', 'The stored original is missing from the case folder.', { data: { pack: place.pack } });
    const handle = openSync(file, 'r');
    try {
      const head = readExactly(handle, place.offset, headBytes, place);
      if (!head.subarray(0, magic.length).equals(magic)) throw damaged(place);
      return work(handle, keyOf(head.subarray(magic.length)));
    } finally {
      closeSync(handle);
    }
  };

  const readChunk = (handle: number, blobKey: Buffer, place: BlobPlace, chunk: number): Buffer => {
    const chunks = Math.max(1, Math.ceil(place.sizeBytes / chunkBytes));
    const start = headBytes + chunk * (chunkBytes + tagBytes);
    const length = Math.min(chunkBytes, place.sizeBytes - chunk * chunkBytes) + tagBytes;
    const sealed = readExactly(handle, place.offset + start, length, place);
    const content = crypto.openWithNonce(blobKey, nonceOf(chunk, chunk === chunks - 1), sealed, magic);
    if (content === null) throw damaged(place);
    return content;
  };

  return {
    writePack,
    writeFile,
    readRange: (place, from, length) => {
      const end = Math.min(place.sizeBytes, from + length);
      if (from >= end) return Buffer.alloc(0);
      return withPack(place, (handle, blobKey) => {
        const parts: Buffer[] = [];
        for (let chunk = Math.floor(from / chunkBytes); chunk * chunkBytes < end; chunk += 1) parts.push(readChunk(handle, blobKey, place, chunk));
        const base = Math.floor(from / chunkBytes) * chunkBytes;
        return Buffer.concat(parts).subarray(from - base, end - base);
      });
    },
    *readChunks(place) {
      const chunks = Math.max(1, Math.ceil(place.sizeBytes / chunkBytes));
      for (let chunk = 0; chunk < chunks; chunk += 1) yield withPack(place, (handle, blobKey) => readChunk(handle, blobKey, place, chunk));
    },
  };
}

const damaged = (place: BlobPlace): AppError => new AppError('vault.blob-damaged', 'The stored original is damaged: its bytes are not what was sealed. Nothing was changed.', { data: { pack: place.pack, offset: place.offset } });

function readExactly(handle: number, position: number, length: number, place: BlobPlace): Buffer {
  const buffer = Buffer.alloc(length);
  if (readSync(handle, buffer, 0, length, position) !== length) throw damaged(place);
  return buffer;
}

async function openPack(file: string): ReturnType<typeof open> {
  return guardFull(open(file, 'wx', 0o600));
}

async function guardFull<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : null;
    if (code === 'ENOSPC' || code === 'EDQUOT') throw new AppError('vault.disk-full', 'The disk is full. Nothing acknowledged is lost; what was being saved is not saved.', { cause });
    throw cause;
  }
}

/** The file in pieces of exactly one chunk, the last shorter. */
async function* fullChunks(file: string | Buffer, signal: AbortSignal | undefined): AsyncGenerator<Buffer> {
  let held: Buffer[] = [];
  let bytes = 0;
  for await (const piece of createReadStream(file, { highWaterMark: chunkBytes, signal })) {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- no encoding is set, so the stream gives Buffers
    held.push(piece as Buffer);
    bytes += held.at(-1)?.length ?? 0;
    while (bytes >= chunkBytes) {
      const whole = Buffer.concat(held);
      yield whole.subarray(0, chunkBytes);
      held = [whole.subarray(chunkBytes)];
      bytes -= chunkBytes;
    }
  }
  if (bytes > 0) yield Buffer.concat(held);
}

/** Reads every byte of a blob and compares its SHA-256. Throws vault.blob-missing or vault.blob-damaged. */
export function verifyBlob(blobs: BlobStore, place: BlobPlace, sha256: Uint8Array): void {
  const hash = createHash('sha256');
  for (const chunk of blobs.readChunks(place)) hash.update(chunk);
  if (!hash.digest().equals(sha256)) throw damaged(place);
}
