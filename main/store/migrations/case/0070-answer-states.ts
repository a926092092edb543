import type { Migration } from '../tools.ts';

/** The text that a person made of an answer, beside the original: what conversations are searched by too. Who accepted what is in the heads. */
export const case0070: Migration = {
  version: 70,
  name: 'answer-states',
  up: (db) => {
    db.exec('ALTER TABLE turns ADD COLUMN edited_text TEXT;');
  },
};
