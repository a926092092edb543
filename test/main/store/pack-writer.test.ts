import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { randomIds } from '../../../main/base/ids.ts';
import { openBlobs } from '../../../main/store/blobs.ts';
import { nodeCrypto } from '../../../main/store/crypto.ts';
import { createPackWriter, type PackWriter } from '../../../main/store/pack-writer.ts';
import { tempFolder } from '../../support/vaults.ts';

const key = Buffer.alloc(32, 7);

function writerIn(folder: string): PackWriter {
  const packs = createPackWriter(folder, key, randomIds);
  onTestFinished(() => packs.close());
  return packs;
}

test('packs of the thread are those that the store reads, in the order of their contents', async () => {
  const folder = join(tempFolder(), 'blobs');
  const blobs = openBlobs(folder, key, nodeCrypto, randomIds);
  const contents = Array.from({ length: 40 }, (_, index) => Buffer.alloc(index * 5000, index));
  const held = Buffer.concat([Buffer.from('before'), Buffer.from('seen'), Buffer.from('after')]).subarray(6, 10);
  const [first, second] = await Promise.all([writerIn(folder).writePack(contents), writerIn(folder).writePack([held])]);
  first.forEach((place, index) => expect(blobs.readRange(place, 0, place.sizeBytes)).toEqual(contents[index]));
  expect(second.map((place) => blobs.readRange(place, 0, place.sizeBytes).toString())).toEqual(['seen']);
  expect(readdirSync(folder)).toHaveLength(2);
  expect(key.equals(Buffer.alloc(32, 7))).toBe(true);
});

test('a pack that cannot be written rejects, and the next is written all the same', async () => {
  const folder = join(tempFolder(), 'blobs');
  const packs = writerIn(folder);
  await packs.writePack([Buffer.from('first')]);
  rmSync(folder, { recursive: true });
  await expect(packs.writePack([Buffer.from('lost')])).rejects.toThrow('The pack could not be written.');
  mkdirSync(folder);
  expect(await packs.writePack([Buffer.from('kept')])).toHaveLength(1);
});

test('what was not written when the writer is closed rejects', async () => {
  const packs = createPackWriter(join(tempFolder(), 'blobs'), key, randomIds);
  const asked = packs.writePack([Buffer.alloc(1000)]);
  packs.close();
  await expect(asked).rejects.toThrow('ended');
});
