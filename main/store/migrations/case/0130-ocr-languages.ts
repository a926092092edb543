import type { Migration } from '../tools.ts';

/** The languages that a person chose for a page, and for a job, as Tesseract writes several (`deu+eng`); null leaves them to each page. */
export const case0130: Migration = {
  version: 130,
  name: 'ocr-languages',
  up: (db) => {
    db.exec(`
      ALTER TABLE ocr_pages ADD COLUMN languages TEXT;
      ALTER TABLE jobs ADD COLUMN ocr_languages TEXT;
    `);
  },
};
