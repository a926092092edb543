import type { Migration } from '../tools.ts';

/** What documents are found by beside their words: the language that a text is in. What was read before has none until it is read anew. */
export const case0100: Migration = {
  version: 100,
  name: 'metadata',
  up: (db) => {
    db.exec('ALTER TABLE contents ADD COLUMN language TEXT;');
  },
};
