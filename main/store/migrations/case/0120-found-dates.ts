import type { Migration } from '../tools.ts';

/** Dates that stand in texts, as days since 1970, both ends inclusive: a month is all of its days. `is_sure` 0: day and month may be meant the other way round. */
export const case0120: Migration = {
  version: 120,
  name: 'found-dates',
  up: (db) => {
    db.exec(`
      CREATE TABLE found_dates(
        content INTEGER NOT NULL REFERENCES contents(content),
        first_day INTEGER NOT NULL,
        last_day INTEGER NOT NULL,
        is_sure INTEGER NOT NULL,
        PRIMARY KEY(content, first_day, last_day)
      ) STRICT, WITHOUT ROWID;
    `);
  },
};
