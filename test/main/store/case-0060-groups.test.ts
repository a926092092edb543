import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openDatabase } from '../../../main/store/connection.ts';
import { migrate } from '../../../main/store/migrate.ts';
import { caseMigrations } from '../../../main/store/migrations/index.ts';
import { countItems, listItems } from '../../../main/store/tables/jobs.ts';
import { tempFolder } from '../../support/vaults.ts';

test('files of before count as tried once when they were read, and not at all when they wait or were never opened', () => {
  const options = { file: join(tempFolder(), 'case.db'), key: randomBytes(32) };
  const db = openDatabase(options, 'the test');
  migrate(db, options, caseMigrations.filter(({ version }) => version < 60), 'the test');
  db.write((write) => {
    write.run("INSERT INTO jobs(job, id, label, roots, state, finding, workers, started_at) VALUES (1, x'00112233445566778899aabbccddeeff', 'dump', '[]', 'done', 0, 1, 5)");
    const item = (path: string, location: string, state: string, size: number | null): unknown => write.run('INSERT INTO job_items(job, root, path, location, size_bytes, state, at) VALUES (1, 0, ?, ?, ?, ?, 5)', path, Buffer.from(location), size, state);
    item('a', '/a', 'quarantined', 10);
    item('b', '', 'quarantined', null);
    item('c', '/c', 'pending', 4);
    item('d', '/d', 'added', 6);
  });
  migrate(db, options, caseMigrations, 'the test');
  const triesOf = (state: Parameters<typeof listItems>[2]): number[] => listItems(db.read, 1, state, 0, 10).map(({ tries }) => tries);
  expect([triesOf('quarantined'), triesOf('pending'), triesOf('added')]).toEqual([[1, 0], [0], [1]]);
  expect(countItems(db.read, 1)).toMatchObject({ bytesSeen: 20, bytesDone: 16 });
  db.close();
});
