import type { Migration } from '../tools.ts';

/** Where the cells of tables stand in their text: per sheet, start, end, row and column as little-endian 32-bit numbers. */
export const case0030: Migration = {
  version: 30,
  name: 'sheets',
  up: (db) => {
    db.exec(`
      CREATE TABLE sheets(
        content INTEGER NOT NULL REFERENCES contents(content),
        page INTEGER NOT NULL,
        name TEXT NOT NULL,
        cells BLOB NOT NULL,
        PRIMARY KEY(content, page)
      ) STRICT;
    `);
  },
};
