import type { Migration } from '../tools.ts';

/** The register of model files; the files lie in the vault's folder `models`, named by their SHA-256. */
export const vault0020: Migration = {
  version: 20,
  name: 'models',
  up: (db) => {
    db.exec(`
      CREATE TABLE models(
        id BLOB PRIMARY KEY,
        name TEXT NOT NULL,
        sha256 BLOB NOT NULL,
        size_bytes INTEGER NOT NULL,
        architecture TEXT NOT NULL,
        kind TEXT NOT NULL CHECK(kind IN ('chat', 'embedding')),
        context_tokens INTEGER NOT NULL,
        context_token_bytes INTEGER NOT NULL,
        licence TEXT,
        added_at INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE UNIQUE INDEX models_by_name ON models(name COLLATE NOCASE);
      CREATE UNIQUE INDEX models_by_sha256 ON models(sha256);
    `);
  },
};
