import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openDatabase } from '../../../main/store/connection.ts';
import { migrate } from '../../../main/store/migrate.ts';
import { caseMigrations } from '../../../main/store/migrations/index.ts';
import { insertContent, readContent } from '../../../main/store/tables/contents.ts';
import { tempFolder } from '../../support/vaults.ts';

test('a case of before gains the language of its texts: what was read before has none, what is read now has its own', () => {
  const options = { file: join(tempFolder(), 'case.db'), key: randomBytes(32) };
  const db = openDatabase(options, 'the test');
  migrate(db, options, caseMigrations.filter(({ version }) => version < 100), 'the test');
  db.write((write) => write.run("INSERT INTO contents(sha256, size_bytes, pack, pack_offset, sealed_bytes, type, media_type, state, chars) VALUES (?, 1, 'p', 0, 1, 'text', 'text/plain', 'text', 1)", Buffer.alloc(32, 1)));
  migrate(db, options, caseMigrations, 'the test');
  expect(readContent(db.read, 1).language).toBeNull();
  const place = { pack: 'p', offset: 0, sealedBytes: 1, sizeBytes: 1 };
  const reading = { type: 'text' as const, mediaType: 'text/plain', state: 'text' as const, reason: null, extractor: 'test', title: null, author: null, createdAt: null, modifiedAt: null, mail: null, language: 'de', chars: 1, pageCount: null };
  const content = db.write((write) => insertContent(write, Buffer.alloc(32, 2), place, reading));
  expect(readContent(db.read, content).language).toBe('de');
  db.close();
});
