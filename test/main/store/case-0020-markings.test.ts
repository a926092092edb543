import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openDatabase } from '../../../main/store/connection.ts';
import { migrate } from '../../../main/store/migrate.ts';
import { caseMigrations } from '../../../main/store/migrations/index.ts';
import { listOps } from '../../../main/store/ops.ts';
import { listAnnotations } from '../../../main/store/tables/annotations.ts';
import { listTurns } from '../../../main/store/tables/conversations.ts';
import { listPassages } from '../../../main/store/tables/passages.ts';
import { tempFolder } from '../../support/vaults.ts';

test('a case of before gains room for markings, and keeps what it had, markings of the former kind included', () => {
  const options = { file: join(tempFolder(), 'case.db'), key: randomBytes(32) };
  const db = openDatabase(options, 'the test');
  migrate(db, options, caseMigrations.filter(({ version }) => version < 20), 'the test');
  const [annotation, conversation, turn, op] = [1, 2, 3, 4].map((byte) => Buffer.alloc(16, byte));
  db.write((write) => {
    write.run("INSERT INTO annotations VALUES (?, 1, 'person', 'q', '', '', 0, 1, 1, 'seen', x'00000000000000000000000000000000', 1, 1)", annotation ?? null);
    write.run("INSERT INTO conversations VALUES (?, 'Harbour', 1, 1)", conversation ?? null);
    write.run("INSERT INTO turns VALUES (?, ?, 'When?', 1, NULL)", turn ?? null, conversation ?? null);
    write.run("INSERT INTO ops(id, actor, device, hlc_ms, hlc_n, entity, kind, value, preds, marking) VALUES (?, ?, ?, 1, 0, 'case', 'case.marked', ?, '[]', NULL)", op ?? null, op ?? null, op ?? null, JSON.stringify({ marking: { scheme: 'us', level: 'S', controls: ['NOFORN'] }, reason: 'set at creation' }));
  });
  migrate(db, options, caseMigrations, 'the test');
  expect(listAnnotations(db.read, null, null, 0, 9)).toMatchObject([{ note: 'seen', marking: null }]);
  expect(listTurns(db.read, '02'.repeat(16) as Parameters<typeof listTurns>[1])).toMatchObject([{ question: 'When?', marking: null }]);
  expect(listPassages(db.read, 1)).toEqual([]);
  expect(listOps(db.read, 'case')).toMatchObject([{ value: { marking: 'SECRET//NOFORN' } }]);
  db.close();
});
