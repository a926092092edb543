/** Conversations are what their ops explain, whatever people did, in whatever order the ops come. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openDatabase, type OpenDatabase } from '../../../main/store/connection.ts';
import { dumpProjections, insertOp, listTurns, project, readConversation, readHeads, readSending, rebuild, type Op } from '../../../main/store/index.ts';
import { migrate } from '../../../main/store/migrate.ts';
import { caseMigrations } from '../../../main/store/migrations/index.ts';
import type { ConversationId } from '../../../preload/contract/domains/basics.ts';
import { anyConversation } from '../../support/any-conversation.ts';

/** Runs with a fresh case database into which the ops came one after another. */
function withOps<T>(ops: readonly Op[], look: (db: OpenDatabase) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'redoubt-ops-'));
  const options = { file: join(folder, 'case.db'), key: randomBytes(32) };
  const db = openDatabase(options, 'the test');
  try {
    migrate(db, options, caseMigrations, 'the test');
    for (const op of ops) {
      db.write((write) => {
        insertOp(write, op);
        project(write, op);
      });
    }
    return look(db);
  } finally {
    db.close();
    rmSync(folder, { recursive: true });
  }
}

test('branches, answers, edits, acceptances and markings are the same whatever order their ops come in, and after a rebuild', () => {
  fc.assert(fc.property(anyConversation, ({ ops, shuffled }) => {
    const inOrder = withOps(ops, (db) => {
      const before = dumpProjections(db.read);
      db.write((write) => rebuild(write));
      expect(dumpProjections(db.read)).toEqual(before);
      return before;
    });
    expect(withOps(shuffled, (db) => dumpProjections(db.read))).toEqual(inOrder);
  }), { numRuns: 40 });
}, 120_000);

test('no question, no answer and no edit is lost to a branch, a later edit or an acceptance, and each answer still names who wrote it and how it was asked for', () => {
  fc.assert(fc.property(anyConversation, ({ ops, shuffled }) => withOps(shuffled, (db) => {
    const asked = ops.filter(({ kind }) => kind === 'turn.asked');
    const conversations = [...new Set(ops.filter(({ kind }) => kind === 'conversation.named').map(({ entity }) => entity.slice('conversation:'.length) as ConversationId))];
    const turns = conversations.flatMap((id) => listTurns(db.read, id));
    expect(turns.map(({ id }) => id).sort()).toEqual(asked.map(({ entity }) => entity.slice('turn:'.length)).sort());
    expect(conversations.filter((id) => readConversation(db.read, id) === null)).toEqual([]);
    for (const turn of turns) {
      const own = ops.filter(({ entity }) => entity === `turn:${turn.id}`);
      const answered = own.find((op) => op.kind === 'turn.answered');
      expect(turn.answer).toEqual(answered === undefined ? null : (answered.value as { answer: unknown }).answer);
      if (turn.answer?.model.kind === 'endpoint') {
        expect(turn.answer.model).toEqual({ kind: 'endpoint', name: 'Office', model: 'small-1' });
        expect(readSending(db.read, turn.id)).toMatchObject({ promptVersion: 2, model: 'small-1' });
      }
      // Who made an edit or an acceptance, and when, stands with it.
      for (const kind of ['turn.edited', 'turn.accepted'] as const) {
        for (const head of readHeads(db.read, `turn:${turn.id}`, kind)) expect(own.find(({ id }) => id === head.op)).toMatchObject({ actor: head.actor, hlc: { ms: head.atMs }, value: head.value });
      }
    }
  })), { numRuns: 40 });
}, 120_000);
