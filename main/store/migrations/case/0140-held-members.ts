import type { Migration } from '../tools.ts';

/** Members of containers that are held, found without looking at every document. */
export const case0140: Migration = {
  version: 140,
  name: 'held-members',
  up: (db) => {
    db.exec(`CREATE INDEX documents_held_members ON documents(document) WHERE parent IS NOT NULL AND state = 'quarantined'`);
  },
};
