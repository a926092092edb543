import type { Migration } from '../tools.ts';

/**
 * What belongs together: texts that are nearly alike, each under the first of its group, and messages by thread. Both are computed from the
 * evidence and can be computed again. Why a job failed, how often a file was tried, and the folders that are watched.
 */
export const case0060: Migration = {
  version: 60,
  name: 'groups',
  up: (db) => {
    db.exec(`
      ALTER TABLE jobs ADD COLUMN fault TEXT;
      ALTER TABLE job_items ADD COLUMN tries INTEGER NOT NULL DEFAULT 0;
      UPDATE job_items SET tries = 1 WHERE state <> 'pending' AND location <> x'';
      CREATE INDEX job_items_by_document ON job_items(document) WHERE document IS NOT NULL;
      CREATE TABLE near_texts(
        content INTEGER PRIMARY KEY REFERENCES contents(content),
        pivot INTEGER NOT NULL,
        similarity REAL NOT NULL,
        bands BLOB,
        text_version INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX near_texts_by_pivot ON near_texts(pivot, content) WHERE pivot <> content;
      CREATE INDEX contents_with_text ON contents(content, text_version) WHERE state = 'text';
      CREATE TABLE messages(
        content INTEGER PRIMARY KEY REFERENCES contents(content),
        thread INTEGER NOT NULL,
        ids TEXT NOT NULL,
        subject TEXT NOT NULL,
        people TEXT NOT NULL,
        sent_at INTEGER,
        is_reply INTEGER NOT NULL,
        within INTEGER
      ) STRICT;
      CREATE INDEX messages_by_thread ON messages(thread, content);
      CREATE TABLE watched_folders(
        id BLOB PRIMARY KEY,
        path TEXT NOT NULL UNIQUE,
        since INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE watched_files(folder BLOB NOT NULL, path TEXT NOT NULL, sign TEXT NOT NULL, PRIMARY KEY(folder, path)) STRICT, WITHOUT ROWID;
    `);
  },
};
