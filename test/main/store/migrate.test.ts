import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openDatabase } from '../../../main/store/connection.ts';
import { migrate, schemaVersion } from '../../../main/store/migrate.ts';
import { caseMigrations, vaultMigrations } from '../../../main/store/migrations/index.ts';
import type { Migration } from '../../../main/store/migrations/tools.ts';
import { tempFolder } from '../../support/vaults.ts';

const key = Buffer.alloc(32, 3);
const step = (version: number, sql: string): Migration => ({ version, name: `step-${version}`, up: (db) => db.exec(sql) });

test('missing steps run in order, and a verified copy of an older database comes first', () => {
  const options = { file: join(tempFolder(), 'test.db'), key };
  const db = openDatabase(options, 'the test');
  const first = step(10, 'CREATE TABLE a(x TEXT) STRICT');
  migrate(db, options, [first], 'the test');
  expect(schemaVersion(db.read)).toBe(10);
  expect(existsSync(`${options.file}.before-10`)).toBe(false);
  db.write((write) => { write.run("INSERT INTO a VALUES ('kept')"); });
  migrate(db, options, [first, step(20, 'ALTER TABLE a ADD COLUMN y TEXT')], 'the test');
  expect(schemaVersion(db.read)).toBe(20);
  const copy = openDatabase({ file: `${options.file}.before-10`, key, readOnly: true }, 'the copy');
  expect(copy.read.all('SELECT * FROM a')).toEqual([{ x: 'kept' }]);
  copy.close();
  db.close();
});

test('a step that fails leaves version and schema as they were', () => {
  const options = { file: join(tempFolder(), 'test.db'), key };
  const db = openDatabase(options, 'the test');
  migrate(db, options, [step(10, 'CREATE TABLE a(x TEXT) STRICT')], 'the test');
  expect(() => migrate(db, options, [step(10, ''), step(20, 'CREATE TABLE b(x TEXT) STRICT; CREATE TABLE a(x TEXT) STRICT')], 'the test')).toThrow('table a already exists');
  expect(schemaVersion(db.read)).toBe(10);
  expect(db.read.all("SELECT name FROM sqlite_master WHERE type = 'table'")).toEqual([{ name: 'a' }]);
  db.close();
});

test('a database of a newer program is refused', () => {
  const options = { file: join(tempFolder(), 'test.db'), key };
  const db = openDatabase(options, 'the test');
  migrate(db, options, [step(10, ''), step(20, '')], 'the test');
  expect(() => migrate(db, options, [step(10, '')], 'the test')).toThrow(expect.objectContaining({ code: 'vault.newer' }));
  db.close();
});

test.each([['vault', vaultMigrations], ['case', caseMigrations]] as const)('the %s schema is STRICT throughout and its versions rise by tens', (_name, migrations) => {
  const options = { file: join(tempFolder(), 'test.db'), key };
  const db = openDatabase(options, 'the test');
  migrate(db, options, migrations, 'the test');
  const versions = migrations.map((migration) => migration.version);
  expect(versions).toEqual([...new Set(versions)].sort((a, b) => a - b));
  expect(versions.filter((version) => version % 10 !== 0)).toEqual([]);
  const loose = db.read.all("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'text_%'");
  expect(loose).toEqual([]);
  db.close();
});

test('another key does not open a database, and its file tells nothing', () => {
  const options = { file: join(tempFolder(), 'test.db'), key };
  const db = openDatabase(options, 'the test');
  db.exec("CREATE TABLE a(x TEXT) STRICT; INSERT INTO a VALUES ('heron-canary')");
  db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  db.close();
  expect(() => openDatabase({ ...options, key: Buffer.alloc(32, 4) }, 'the test')).toThrow(expect.objectContaining({ code: 'vault.database-damaged' }));
  const bytes = readFileSync(options.file);
  expect(bytes.includes('heron-canary')).toBe(false);
  expect(bytes.subarray(0, 15).toString('latin1')).not.toBe('SQLite format 3');
});
