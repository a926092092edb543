import type { Migration } from '../tools.ts';

/**
 * Pages that are read by OCR: which wait, what was read, where it stands in the canonical text and where its words stand on the page. Also
 * whether a job wants OCR, and what a file says of itself beside its text.
 */
export const case0050: Migration = {
  version: 50,
  name: 'ocr',
  up: (db) => {
    db.exec(`
      CREATE TABLE ocr_pages(
        content INTEGER NOT NULL REFERENCES contents(content),
        page INTEGER NOT NULL,
        state TEXT NOT NULL,
        tries INTEGER NOT NULL DEFAULT 0,
        reason_code TEXT,
        reason_sentence TEXT,
        language TEXT,
        confidence INTEGER,
        text TEXT,
        start INTEGER,
        end INTEGER,
        boxes BLOB,
        PRIMARY KEY(content, page)
      ) STRICT;
      CREATE INDEX ocr_pages_waiting ON ocr_pages(content, page) WHERE state = 'waiting';
      CREATE INDEX ocr_pages_placed ON ocr_pages(content, start) WHERE start IS NOT NULL;
      ALTER TABLE jobs ADD COLUMN ocr INTEGER NOT NULL DEFAULT 1;
      ALTER TABLE contents ADD COLUMN properties TEXT;
    `);
  },
};
