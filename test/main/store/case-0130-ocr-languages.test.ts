import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openDatabase } from '../../../main/store/connection.ts';
import { migrate } from '../../../main/store/migrate.ts';
import { caseMigrations } from '../../../main/store/migrations/index.ts';
import { listJobs } from '../../../main/store/tables/jobs.ts';
import { askForOcr, insertOcrPages, listWaitingPages } from '../../../main/store/tables/ocr.ts';
import { tempFolder } from '../../support/vaults.ts';

test('pages and jobs of before are read in what each page shows; pages with a choice are read together with those of the same choice', () => {
  const options = { file: join(tempFolder(), 'case.db'), key: randomBytes(32) };
  const db = openDatabase(options, 'the test');
  migrate(db, options, caseMigrations.filter(({ version }) => version < 130), 'the test');
  db.write((write) => {
    write.run("INSERT INTO jobs(id, label, roots, state, finding, workers, started_at) VALUES (x'00000000000000000000000000000000', 'a', '[]', 'done', 0, 1, 0)");
    write.run("INSERT INTO contents(content, sha256, size_bytes, pack, pack_offset, sealed_bytes, type, media_type, state, chars) VALUES (7, x'00', 1, 'p', 0, 1, 'pdf', 'application/pdf', 'no-text', 0)");
    write.run("INSERT INTO ocr_pages(content, page, state) VALUES (7, 1, 'waiting')");
  });
  migrate(db, options, caseMigrations, 'the test');
  expect(listJobs(db.read).map((job) => job.ocr_languages)).toEqual([null]);
  db.write((write) => insertOcrPages(write, 7, [2, 3], 'waiting', ['deu', 'eng']));
  expect(listWaitingPages(db.read, 7)).toEqual({ pages: [1], languages: null });
  expect(db.write((write) => askForOcr(write, 7, ['fra']))).toBe(3);
  expect(listWaitingPages(db.read, 7)).toEqual({ pages: [1, 2, 3], languages: ['fra'] });
  db.close();
});
