import type { Migration } from '../tools.ts';

/** Marked passages, markings of annotations and answers, and what each question was asked of and sent. All are projections of ops. */
export const case0020: Migration = {
  version: 20,
  name: 'markings',
  up: (db) => {
    db.exec(`
      CREATE TABLE passages(
        id BLOB PRIMARY KEY,
        document INTEGER NOT NULL,
        start INTEGER NOT NULL,
        end INTEGER NOT NULL,
        page INTEGER,
        text_version INTEGER NOT NULL,
        marking TEXT,
        reason TEXT NOT NULL,
        actor BLOB NOT NULL,
        marked_at INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX passages_by_document ON passages(document, start);
      ALTER TABLE annotations ADD COLUMN marking TEXT;
      ALTER TABLE turns ADD COLUMN marking TEXT;
      ALTER TABLE turns ADD COLUMN scope TEXT;
      ALTER TABLE turns ADD COLUMN after BLOB;
      UPDATE turns SET after = (
        SELECT before.id FROM turns before WHERE before.conversation = turns.conversation AND (before.asked_at, before.id) < (turns.asked_at, turns.id) ORDER BY before.asked_at DESC, before.id DESC LIMIT 1
      );
      CREATE TABLE sendings(turn BLOB PRIMARY KEY, sending TEXT NOT NULL) STRICT, WITHOUT ROWID;
    `);
  },
};
