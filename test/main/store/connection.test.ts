import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openDatabase, type OpenDatabase } from '../../../main/store/connection.ts';
import { openReader } from '../../../main/store/reader.ts';
import { tempFolder } from '../../support/vaults.ts';

const full = { synchronous: 2 };
const normal = { synchronous: 1 };
const key = randomBytes(32);

function opened(folder: string): OpenDatabase {
  const db = openDatabase({ file: join(folder, 'case.db'), key }, 'a test');
  onTestFinished(() => db.close());
  db.exec('CREATE TABLE noted(n INTEGER PRIMARY KEY) STRICT');
  return db;
}

test('a lazy commit waits for no disk, is there for readers at once, and every other commit is durable', () => {
  const folder = tempFolder();
  const db = opened(folder);
  const within: unknown[] = [];
  const note = (n: number) => (write: Parameters<Parameters<OpenDatabase['write']>[0]>[0]): void => {
    within.push(write.get('PRAGMA synchronous'));
    write.run('INSERT INTO noted VALUES (?)', n);
  };
  db.write(note(1));
  db.writeLazily(note(2));
  db.write(note(3));
  expect(within).toEqual([full, normal, full]);
  const reader = openReader({ file: join(folder, 'case.db'), key, readOnly: true }, 'a test');
  expect(reader.read((read) => read.all('SELECT n FROM noted'))).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
  reader.close();
});

test('lazy work that fails leaves nothing, and the next commit is durable', () => {
  const db = opened(tempFolder());
  expect(() => db.writeLazily((write) => {
    write.run('INSERT INTO noted VALUES (1)');
    throw new Error('no');
  })).toThrow('no');
  expect(db.read.get('PRAGMA synchronous')).toEqual(full);
  expect(db.read.all('SELECT n FROM noted')).toEqual([]);
});
