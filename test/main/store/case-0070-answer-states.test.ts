import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openDatabase } from '../../../main/store/connection.ts';
import { migrate } from '../../../main/store/migrate.ts';
import { caseMigrations } from '../../../main/store/migrations/index.ts';
import { findConversations, listTurns } from '../../../main/store/tables/conversations.ts';
import { tempFolder } from '../../support/vaults.ts';

test('a case of before gains room for what people make of answers, keeps its turns, and is searched by both', () => {
  const options = { file: join(tempFolder(), 'case.db'), key: randomBytes(32) };
  const db = openDatabase(options, 'the test');
  migrate(db, options, caseMigrations.filter(({ version }) => version < 70), 'the test');
  const [conversation, turn] = [Buffer.alloc(16, 2), Buffer.alloc(16, 3)];
  db.write((write) => {
    write.run("INSERT INTO conversations VALUES (?, 'Harbour', 1, 1)", conversation);
    write.run("INSERT INTO turns(id, conversation, question, asked_at) VALUES (?, ?, 'When?', 1)", turn, conversation);
  });
  migrate(db, options, caseMigrations, 'the test');
  expect(listTurns(db.read, '02'.repeat(16) as Parameters<typeof listTurns>[1])).toMatchObject([{ question: 'When?', answer: null }]);
  expect(findConversations(db.read, ['heron'])).toEqual([]);
  db.write((write) => write.run("UPDATE turns SET edited_text = 'A heron waits.'"));
  expect(findConversations(db.read, ['heron', 'when'])).toEqual(['02'.repeat(16)]);
  db.close();
});
