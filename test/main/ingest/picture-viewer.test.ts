import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createIngest, createPictureViewer, type PictureViewer } from '../../../main/ingest/index.ts';
import { overWhite, pngOfColours, shrunkTo, uprightColours } from '../../../main/ingest/ocr/colours.ts';
import { tesseractCore } from '../../../main/ingest/ocr/tesseract-core.ts';
import { iterateDocuments } from '../../../main/store/index.ts';
import { nodeProcessHost, type ProcessHost, type TaskLimits } from '../../../main/work/index.ts';
import { sampleHeic } from '../../support/picture-samples.ts';
import { drawnLines, pngOf, tiffOf } from '../../support/pictures.ts';
import { newCase, newVault, tempFolder } from '../../support/vaults.ts';

/** A viewer over files that were brought in, and the content of each by its name. */
async function viewerOf(files: Readonly<Record<string, Uint8Array>>, options: { readonly host?: ProcessHost; readonly limits?: TaskLimits } = {}): Promise<{ readonly viewer: PictureViewer; readonly contentOf: (name: string) => number }> {
  const place = tempFolder();
  const dump = join(place, 'dump');
  mkdirSync(dump);
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(dump, name), bytes);
  const vaultFolder = join(place, 'vault');
  const store = newCase(await newVault(vaultFolder));
  const ingest = createIngest(store, { host: nodeProcessHost(), vaultFolder, onJobs: () => undefined, onDocuments: () => undefined });
  const viewer = createPictureViewer(store, { host: nodeProcessHost(), ...options });
  onTestFinished(async () => {
    await viewer.close();
    await ingest.close();
  });
  const { job } = ingest.start([dump], 1, [], false);
  await ingest.watch(job, () => undefined, new AbortController().signal);
  const documents = [...iterateDocuments(store.read)];
  return { viewer, contentOf: (name) => documents.find((document) => document.name === name)?.content ?? 0 };
}

const still = new AbortController().signal;

test('pages of a TIFF and a HEIC are made PNGs that show what they show, one after the other', async () => {
  const drawn = [await drawnLines('First sheet'), await drawnLines('Second sheet', 'of two')];
  const { viewer, contentOf } = await viewerOf({ 'scan.tif': tiffOf(drawn), 'photo.heic': sampleHeic, 'shown.png': pngOf(await drawnLines('Shown as it is')) });
  const [first, second, photo] = await Promise.all([viewer.draw(contentOf('scan.tif'), 1, still), viewer.draw(contentOf('scan.tif'), 2, still), viewer.draw(contentOf('photo.heic'), 1, still)]);
  const core = await tesseractCore();
  for (const [made, raster] of [[first, drawn[0]], [second, drawn[1]]] as const) {
    expect(made).toMatchObject({ width: raster?.width, height: raster?.height });
    expect(Buffer.from(core.decode(made?.png ?? new Uint8Array())?.pixels ?? []).equals(Buffer.from(raster?.pixels ?? []))).toBe(true);
  }
  expect(photo).toMatchObject({ width: 1500, height: 260 });
  await expect(viewer.draw(contentOf('scan.tif'), 3, still)).rejects.toMatchObject({ code: 'case.no-page' });
  await expect(viewer.draw(contentOf('shown.png'), 1, still)).rejects.toMatchObject({ code: 'case.no-page' });
});

test('a picture that is damaged, or takes the child with it, says that it cannot be drawn, and the next one can', async () => {
  const { viewer, contentOf } = await viewerOf({ 'cut.heic': sampleHeic.slice(0, 2000), 'whole.heic': sampleHeic });
  await expect(viewer.draw(contentOf('cut.heic'), 1, still)).rejects.toMatchObject({ code: 'case.not-drawn', message: 'The picture is damaged and could not be decoded.' });
  expect(await viewer.draw(contentOf('whole.heic'), 1, still)).toMatchObject({ width: 1500 });
  const tight = await viewerOf({ 'whole.heic': sampleHeic }, { limits: { timeMs: 60_000, memoryMb: 16 } });
  await expect(tight.viewer.draw(tight.contentOf('whole.heic'), 1, still)).rejects.toMatchObject({ code: 'case.not-drawn', message: 'Decoding this picture took too much time or memory, or ended the process that did it.' });
});

test('who leaves a picture before it is drawn gets the reason, and the next one is drawn', async () => {
  const { viewer, contentOf } = await viewerOf({ 'whole.heic': sampleHeic });
  const leaving = new AbortController();
  const left = viewer.draw(contentOf('whole.heic'), 1, leaving.signal);
  leaving.abort('left');
  await expect(left).rejects.toBe('left');
  expect(await viewer.draw(contentOf('whole.heic'), 1, still)).toMatchObject({ height: 260 });
});

test('colours are laid over white, turned, made smaller by their means, and come back out of the PNG', async () => {
  const red = [255, 0, 0, 255], clear = [0, 0, 0, 0], blue = [0, 0, 255, 255], half = [0, 255, 0, 51];
  const colours = overWhite(2, 2, [...red, ...clear, ...blue, ...half]);
  expect([...colours.pixels]).toEqual([255, 0, 0, 255, 255, 255, 0, 0, 255, 204, 255, 204]);
  // A turn to the right: the left column becomes the top row, read from below.
  expect([...uprightColours(colours, 6).pixels]).toEqual([0, 0, 255, 255, 0, 0, 204, 255, 204, 255, 255, 255]);
  expect(shrunkTo(colours, 1)).toEqual({ width: 1, height: 1, pixels: Uint8Array.from([178, 127, 178]) });
  expect(shrunkTo(colours, 2)).toBe(colours);
  const core = await tesseractCore();
  expect(core.decodeColours(pngOfColours(colours))).toEqual(colours);
  const grey = overWhite(3, 1, [9, 9, 9, 255, 80, 80, 80, 255, 200, 200, 200, 255]);
  expect(core.decodeColours(pngOfColours(grey))).toEqual(grey);
});
