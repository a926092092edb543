import type { Migration } from '../tools.ts';

/** Where the words stand that items of bulk work sent: a projection that finds the op by the item's key. What was sent before has none. */
export const case0110: Migration = {
  version: 110,
  name: 'bulk-sendings',
  up: (db) => {
    db.exec(`
      CREATE TABLE bulk_sendings(
        op BLOB PRIMARY KEY,
        key BLOB NOT NULL,
        batch BLOB,
        at INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX bulk_sendings_by_key ON bulk_sendings(key, at, op);
    `);
  },
};
