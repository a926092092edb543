import type { Migration } from '../tools.ts';

/** Settings, the person and the device, the register of cases with their wrapped keys, endpoints, the vault's audit chain. */
export const vault0010: Migration = {
  version: 10,
  name: 'vault',
  up: (db) => {
    db.exec(`
      CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
      CREATE TABLE cases(
        id BLOB PRIMARY KEY,
        name TEXT NOT NULL,
        marking TEXT NOT NULL,
        archived INTEGER NOT NULL DEFAULT 0,
        created_at INTEGER NOT NULL,
        key_nonce BLOB NOT NULL,
        key_ciphertext BLOB NOT NULL,
        key_tag BLOB NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE UNIQUE INDEX cases_by_name ON cases(name COLLATE NOCASE);
      CREATE TABLE endpoints(
        id BLOB PRIMARY KEY,
        name TEXT NOT NULL,
        profile TEXT NOT NULL,
        secret TEXT,
        added_at INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE UNIQUE INDEX endpoints_by_name ON endpoints(name COLLATE NOCASE);
      CREATE TABLE audit(
        n INTEGER PRIMARY KEY,
        at INTEGER NOT NULL,
        actor TEXT NOT NULL,
        device TEXT NOT NULL,
        action TEXT NOT NULL,
        objects TEXT NOT NULL,
        marking TEXT NOT NULL,
        outcome TEXT NOT NULL,
        detail TEXT NOT NULL,
        previous BLOB NOT NULL,
        hash BLOB NOT NULL
      ) STRICT;
      CREATE TABLE audit_head(one INTEGER PRIMARY KEY CHECK(one = 1), n INTEGER NOT NULL, hash BLOB NOT NULL, mac BLOB NOT NULL) STRICT;
      CREATE TABLE audit_anchors(chain BLOB PRIMARY KEY, n INTEGER NOT NULL, hash BLOB NOT NULL) STRICT, WITHOUT ROWID;
    `);
  },
};
