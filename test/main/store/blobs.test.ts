import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { randomIds } from '../../../main/base/ids.ts';
import { chunkBytes, openBlobs, verifyBlob } from '../../../main/store/blobs.ts';
import { nodeCrypto } from '../../../main/store/crypto.ts';
import { overwriteBytes } from '../../support/damage.ts';
import { tempFolder } from '../../support/vaults.ts';

const key = Buffer.alloc(32, 7);
const sizes = [0, 1, 1000, chunkBytes - 1, chunkBytes, chunkBytes + 1, 2 * chunkBytes + 17];
// Four bytes of magic and a 32-byte salt; a 16-byte tag for each chunk, of which empty content has one.
const sealedSize = (size: number): number => 4 + 32 + size + 16 * Math.max(1, Math.ceil(size / chunkBytes));
const hash = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();

test('every size comes back byte for byte from a shared pack, whole and by range', async () => {
  const blobs = openBlobs(tempFolder(), key, nodeCrypto, randomIds);
  const contents = sizes.map((size) => randomBytes(size));
  const places = await blobs.writePack(contents);
  for (const [index, content] of contents.entries()) {
    const place = places[index];
    if (place === undefined) throw new Error('no place');
    expect(place.sealedBytes).toBe(sealedSize(content.length));
    expect(Buffer.concat([...blobs.readChunks(place)]).equals(content)).toBe(true);
    for (const [from, length] of [[0, 10], [content.length - 5, 100], [chunkBytes - 3, 9], [content.length + 1, 5]] as const) {
      if (from < 0) continue;
      expect(blobs.readRange(place, from, length).equals(content.subarray(from, from + length))).toBe(true);
    }
    verifyBlob(blobs, place, hash(content));
  }
});

test('a file streams in and out with its hash', async () => {
  const folder = tempFolder();
  const content = randomBytes(3 * chunkBytes + 5);
  const file = join(folder, 'original');
  writeFileSync(file, content);
  const blobs = openBlobs(join(folder, 'blobs'), key, nodeCrypto, randomIds);
  const blob = await blobs.writeFile(file);
  expect(blob.sha256.equals(hash(content))).toBe(true);
  verifyBlob(blobs, blob, blob.sha256);
});

test('a flipped bit anywhere, a cut and a missing pack are named errors', async () => {
  const folder = tempFolder();
  const blobs = openBlobs(folder, key, nodeCrypto, randomIds);
  const content = randomBytes(chunkBytes + 100);
  const [place] = await blobs.writePack([content]);
  if (place === undefined) throw new Error('no place');
  const file = join(folder, readdirSync(folder)[0] ?? '');
  const original = Buffer.concat([...blobs.readChunks(place)]);
  for (const position of [0, 5, 40, 1000, chunkBytes + 60, statSync(file).size - 1]) {
    const before = Buffer.alloc(1);
    overwriteBytesAndBack(file, position, before, () => {
      expect(() => verifyBlob(blobs, place, hash(original))).toThrow(expect.objectContaining({ code: 'vault.blob-damaged' }));
    });
    verifyBlob(blobs, place, hash(original));
  }
  rmSync(file);
  expect(() => verifyBlob(blobs, place, hash(original))).toThrow(expect.objectContaining({ code: 'vault.blob-missing' }));
});

test('another key opens nothing, and chunks cannot change places between blobs', async () => {
  const folder = tempFolder();
  const blobs = openBlobs(folder, key, nodeCrypto, randomIds);
  const [first, second] = await blobs.writePack([Buffer.from('first content'), Buffer.from('other content')]);
  if (first === undefined || second === undefined) throw new Error('no place');
  const stranger = openBlobs(folder, Buffer.alloc(32, 8), nodeCrypto, randomIds);
  expect(() => stranger.readRange(first, 0, 5)).toThrow(expect.objectContaining({ code: 'vault.blob-damaged' }));
  const file = join(folder, readdirSync(folder)[0] ?? '');
  const sealed = readBytes(file, second.offset + 36, 29);
  overwriteBytes(file, first.offset + 36, sealed);
  expect(() => blobs.readRange(first, 0, 5)).toThrow(expect.objectContaining({ code: 'vault.blob-damaged' }));
});

function readBytes(file: string, position: number, length: number): Buffer {
  return readFileSync(file).subarray(position, position + length);
}

/** Flips one bit, runs, and flips it back. */
function overwriteBytesAndBack(file: string, position: number, buffer: Buffer, work: () => void): void {
  const value = readFileSync(file)[position] ?? 0;
  buffer[0] = value ^ 1;
  overwriteBytes(file, position, buffer);
  work();
  buffer[0] = value;
  overwriteBytes(file, position, buffer);
}
