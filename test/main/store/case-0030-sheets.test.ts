import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openDatabase } from '../../../main/store/connection.ts';
import { migrate } from '../../../main/store/migrate.ts';
import { caseMigrations } from '../../../main/store/migrations/index.ts';
import { cellAt, insertSheets } from '../../../main/store/tables/sheets.ts';
import { tempFolder } from '../../support/vaults.ts';

test('a case of before gains room for cells, and finds each by any offset within it', () => {
  const options = { file: join(tempFolder(), 'case.db'), key: randomBytes(32) };
  const db = openDatabase(options, 'the test');
  migrate(db, options, caseMigrations.filter(({ version }) => version < 30), 'the test');
  db.write((write) => {
    write.run("INSERT INTO contents(content, sha256, size_bytes, pack, pack_offset, sealed_bytes, type, media_type, state, chars) VALUES (7, x'00', 1, 'p', 0, 1, 'table', 'text/csv', 'text', 9)");
  });
  migrate(db, options, caseMigrations, 'the test');
  db.write((write) => insertSheets(write, 7, [{ page: 1, name: 'One', cells: Uint32Array.from([4, 7, 0, 0, 8, 8, 0, 1, 9, 12, 2, 3]) }]));
  expect([3, 4, 6, 7, 8, 9, 11, 12].map((offset) => cellAt(db.read, 7, 1, offset))).toEqual([
    null, { sheet: 'One', row: 1, column: 1 }, { sheet: 'One', row: 1, column: 1 }, null, null, { sheet: 'One', row: 3, column: 4 }, { sheet: 'One', row: 3, column: 4 }, null,
  ]);
  expect(cellAt(db.read, 7, 2, 4)).toBeNull();
  db.close();
});
