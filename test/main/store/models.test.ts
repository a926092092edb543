import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openDatabase } from '../../../main/store/connection.ts';
import { migrate } from '../../../main/store/migrate.ts';
import { vaultMigrations } from '../../../main/store/migrations/index.ts';
import { deleteModel, insertModel, listModels, modelFiles, readModel, readModelByName, type ModelRow } from '../../../main/store/index.ts';
import type { ModelId } from '../../../preload/contract/domains/basics.ts';
import { overwriteBytes } from '../../support/damage.ts';
import { tempFolder } from '../../support/vaults.ts';

const never = new AbortController().signal;
const quiet = (): void => undefined;
const sha = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const row = (more: Partial<ModelRow> = {}): ModelRow => ({ id: '1f'.repeat(16) as ModelId, name: 'Heron', sha256: 'ab'.repeat(32), sizeBytes: 5_000_000_000, architecture: 'llama', kind: 'chat', contextTokens: 8192, contextTokenBytes: 23_040, licence: null, addedAt: 7, ...more });

describe('migration 0020 of the vault', () => {
  const options = (): { file: string; key: Buffer } => ({ file: join(tempFolder(), 'vault.db'), key: Buffer.alloc(32, 5) });

  test('keeps what was there and adds an empty register of models, after a copy', () => {
    const at = options();
    const db = openDatabase(at, 'the test');
    migrate(db, at, vaultMigrations.slice(0, 1), 'the test');
    db.write((write) => { write.run("INSERT INTO endpoints(id, name, profile, secret, added_at) VALUES (x'01', 'Quay', '{}', NULL, 3)"); });
    migrate(db, at, vaultMigrations.slice(0, 2), 'the test');
    expect(db.read.all('SELECT name FROM endpoints')).toEqual([{ name: 'Quay' }]);
    expect(listModels(db.read)).toEqual([]);
    expect(existsSync(`${at.file}.before-10`)).toBe(true);
    db.close();
  });

  test('keeps each file and each name once, and only kinds that there are', () => {
    const at = options();
    const db = openDatabase(at, 'the test');
    migrate(db, at, vaultMigrations, 'the test');
    db.write((write) => { insertModel(write, row()); });
    expect(readModelByName(db.read, 'HERON')).toEqual(row());
    expect(readModel(db.read, row().id)).toEqual(row());
    const other = { id: '2f'.repeat(16) as ModelId };
    expect(() => db.write((write) => { insertModel(write, row({ ...other, name: 'heron', sha256: 'cd'.repeat(32) })); })).toThrow('UNIQUE');
    expect(() => db.write((write) => { insertModel(write, row({ ...other, name: 'Egret' })); })).toThrow('UNIQUE');
    expect(() => db.write((write) => { insertModel(write, row({ ...other, name: 'Egret', sha256: 'cd'.repeat(32), kind: 'ranking' as 'chat' })); })).toThrow('CHECK');
    db.write((write) => { deleteModel(write, row().id); });
    expect(listModels(db.read)).toEqual([]);
    db.close();
  });
});

describe('model files', () => {
  const bytes = Buffer.alloc(3_000_001, 'heron');

  test('are copied in piece by piece, named by what they hold, and found whole', async () => {
    const folder = tempFolder();
    writeFileSync(join(folder, 'source.gguf'), bytes);
    const files = modelFiles(join(folder, 'vault'));
    const seen: number[] = [];
    const copy = await files.copyIn(join(folder, 'source.gguf'), never, (done, total) => {
      seen.push(done);
      expect(total).toBe(bytes.length);
    });
    expect(copy).toMatchObject({ sha256: sha(bytes), sizeBytes: bytes.length });
    expect(seen.length).toBeGreaterThan(2);
    await copy.keep();
    await copy.discard();
    expect(readdirSync(join(folder, 'vault', 'models'))).toEqual([`${sha(bytes)}.gguf`]);
    expect(readFileSync(files.path(copy.sha256)).equals(bytes)).toBe(true);
    await modelFiles(join(folder, 'vault')).verify(copy.sha256);
    expect(files.strangers(new Set())).toEqual([`${sha(bytes)}.gguf`]);
    await files.remove(copy.sha256);
    expect(files.strangers(new Set())).toEqual([]);
  });

  test('that were changed, cut, lengthened or taken away are found before they are used, also after they were found whole', async () => {
    const damages: readonly (readonly [string, (file: string) => void])[] = [
      ['sha256', (file) => overwriteBytes(file, 1_000_000, Buffer.from('x'))],
      ['sha256', (file) => appendFileSync(file, 'x')],
      ['sha256', (file) => writeFileSync(file, bytes.subarray(1))],
    ];
    for (const [why, damage] of damages) {
      const folder = tempFolder();
      writeFileSync(join(folder, 'source.gguf'), bytes);
      const files = modelFiles(join(folder, 'vault'));
      const copy = await files.copyIn(join(folder, 'source.gguf'), never, quiet);
      await copy.keep();
      await files.verify(copy.sha256);
      damage(files.path(copy.sha256));
      await expect(files.verify(copy.sha256)).rejects.toMatchObject({ code: 'model.damaged', data: { why } });
      await files.remove(copy.sha256);
      await expect(files.verify(copy.sha256)).rejects.toMatchObject({ code: 'model.damaged', data: { why: 'missing' } });
    }
  });

  test('that are not there, are no files, or whose copying is stopped leave nothing', async () => {
    const folder = tempFolder();
    const files = modelFiles(join(folder, 'vault'));
    await expect(files.copyIn(join(folder, 'absent.gguf'), never, quiet)).rejects.toMatchObject({ code: 'case.path-absent' });
    await expect(files.copyIn(folder, never, quiet)).rejects.toMatchObject({ code: 'case.path-absent' });
    writeFileSync(join(folder, 'source.gguf'), bytes);
    const controller = new AbortController();
    const reason = new Error('asked no more');
    await expect(files.copyIn(join(folder, 'source.gguf'), controller.signal, () => controller.abort(reason))).rejects.toBe(reason);
    expect(files.strangers(new Set())).toEqual([]);
  });
});
