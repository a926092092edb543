import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { overwriteBytes } from '../../support/damage.ts';
import { addCase, createdEngine, ingested } from '../../support/engines.ts';
import { tempFolder } from '../../support/vaults.ts';

const sizeBytes = 96 * 2 ** 20;

test('an export that is stopped writes nothing more, and says so in the trail', async () => {
  const place = tempFolder();
  const engine = await createdEngine(join(place, 'vault'));
  const id = await addCase(engine, 'Large');
  const file = join(place, 'large.bin');
  writeFileSync(file, Buffer.alloc(sizeBytes, 7));
  await ingested(engine, id, [file], 1);
  rmSync(file);
  const controller = new AbortController();
  const out = join(place, 'out');
  const exported = engine.call('cases.export', { case: id, folder: out }, undefined, controller.signal);
  const written = (): number => statSync(join(out, 'originals', '000001.bin'), { throwIfNoEntry: false })?.size ?? 0;
  while (written() === 0) await wait(1);
  controller.abort(new Error('stopped'));
  await expect(exported).rejects.toThrow(/cases\.export/);
  const left = written();
  expect(left).toBeLessThan(sizeBytes);
  await wait(200);
  expect(written()).toBe(left);
  const actions: string[] = [];
  await engine.call('audit.export', {}, ({ records }) => actions.push(...records.map(({ action, outcome }) => `${action} ${outcome}`)));
  expect(actions).toEqual(expect.arrayContaining(['case.export-started done', 'case.exported failed']));
  await engine.close();
}, 60_000);

test('an export tells how far it is to the last document, has every note, and names a damaged original as the vault’s fault', async () => {
  const place = tempFolder();
  const engine = await createdEngine(join(place, 'vault'));
  const id = await addCase(engine, 'Small');
  const file = join(place, 'a.txt');
  writeFileSync(file, 'some text');
  await ingested(engine, id, [file], 1);
  const { set } = await engine.call('sets.open', { case: id, source: { kind: 'queue', coding: 'any' } });
  const [row] = (await engine.call('sets.rows', { case: id, set, offset: 0, limit: 1 })).rows;
  if (row === undefined) throw new Error('no document');
  await engine.call('notes.set', { case: id, document: row.document, text: 'Not coded, but noted.' });
  const told: number[] = [];
  await engine.call('cases.export', { case: id, folder: join(place, 'out') }, ({ done }) => told.push(done));
  expect(told.at(-1)).toBe(1);
  expect(JSON.parse(readFileSync(join(place, 'out', 'notes.jsonl'), 'utf8'))).toMatchObject({ document: row.document, path: 'a.txt', note: 'Not coded, but noted.' });
  const packs = join(place, 'vault', 'cases', id, 'blobs');
  for (const pack of readdirSync(packs)) overwriteBytes(join(packs, pack), 60, Buffer.from([1, 2, 3, 4]));
  await expect(engine.call('cases.export', { case: id, folder: join(place, 'again') })).rejects.toMatchObject({ wire: { code: 'vault.blob-damaged' } });
  await engine.close();
});
