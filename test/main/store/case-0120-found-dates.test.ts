import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openDatabase } from '../../../main/store/connection.ts';
import { migrate } from '../../../main/store/migrate.ts';
import { caseMigrations } from '../../../main/store/migrations/index.ts';
import { insertFoundDates, listFoundDates } from '../../../main/store/tables/found-dates.ts';
import { tempFolder } from '../../support/vaults.ts';

test('what was read before has no dates; a date that is there already stays as it is', () => {
  const options = { file: join(tempFolder(), 'case.db'), key: randomBytes(32) };
  const db = openDatabase(options, 'the test');
  migrate(db, options, caseMigrations.filter(({ version }) => version < 120), 'the test');
  db.write((write) => write.run("INSERT INTO contents(content, sha256, size_bytes, pack, pack_offset, sealed_bytes, type, media_type, state, chars) VALUES (7, x'00', 1, 'p', 0, 1, 'text', 'text/plain', 'text', 1)"));
  migrate(db, options, caseMigrations, 'the test');
  expect(listFoundDates(db.read, 7)).toEqual([]);
  db.write((write) => {
    insertFoundDates(write, 7, [{ first: 30, last: 30, isSure: true }, { first: -5, last: 25, isSure: false }]);
    insertFoundDates(write, 7, [{ first: 30, last: 30, isSure: false }]);
  });
  expect(listFoundDates(db.read, 7)).toEqual([{ first: -5, last: 25, isSure: false }, { first: 30, last: 30, isSure: true }]);
  db.close();
});
