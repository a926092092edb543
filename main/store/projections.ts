/**
 * Projections: the tables that ops explain. A register (a coding, a note, an annotation ...) keeps its heads: the ops that no
 * other op replaces. With more than one head, two people decided apart; the latest is shown, none is lost. Applying the same
 * ops in any order that respects what they replace gives the same tables.
 */
import * as z from 'zod';
import type { OpId } from '../../preload/contract/domains/basics.ts';
import { bug } from '../base/errors.ts';
import { idBytes, idOf } from '../base/ids.ts';
import { canonicalJson } from '../base/json.ts';
import type { ReadDb, SqlValue, WriteDb } from './connection.ts';
import { iterateOps, opValues, type Op, type OpKind, type OpValue } from './ops.ts';

/** Tables that `rebuild` empties and fills again. */
export const projectionTables = ['op_replaces', 'heads', 'document_state', 'annotations', 'passages', 'conversations', 'turns', 'sendings'] as const;

const headRow = z.object({ op: z.instanceof(Uint8Array), actor: z.instanceof(Uint8Array), hlc_ms: z.number(), hlc_n: z.number(), value: z.string() });

/** An op that nothing replaces, with its value. */
export interface Head<K extends OpKind> {
  readonly op: OpId;
  readonly actor: string;
  readonly atMs: number;
  readonly value: OpValue<K>;
}

/** The heads of a register, the one that is shown first. */
export function readHeads<K extends OpKind>(db: ReadDb, entity: string, kind: K): Head<K>[] {
  return db.all('SELECT op, actor, hlc_ms, hlc_n, value FROM heads WHERE entity = ? AND kind = ? ORDER BY hlc_ms DESC, hlc_n DESC, op DESC', entity, kind).map((found) => {
    const head = headRow.parse(found);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the schema of this very kind
    return { op: idOf(head.op), actor: idOf(head.actor), atMs: head.hlc_ms, value: opValues[kind].parse(JSON.parse(head.value)) as OpValue<K> };
  });
}

/** Moves the projections by one op. The op is already in the log. */
export function project(db: WriteDb, op: Op): void {
  for (const replaced of op.preds) {
    db.run('INSERT OR IGNORE INTO op_replaces(replaced, op) VALUES (?, ?)', idBytes(replaced), idBytes(op.id));
    db.run('DELETE FROM heads WHERE entity = ? AND kind = ? AND op = ?', op.entity, op.kind, idBytes(replaced));
  }
  if (db.get('SELECT 1 FROM op_replaces WHERE replaced = ? LIMIT 1', idBytes(op.id)) === undefined) {
    db.run('INSERT INTO heads(entity, kind, op, actor, hlc_ms, hlc_n, value) VALUES (?,?,?,?,?,?,?)', op.entity, op.kind, idBytes(op.id), idBytes(op.actor), op.hlc.ms, op.hlc.n, canonicalJson(op.value));
  }
  projectEntity(db, op);
}

function projectEntity(db: WriteDb, op: Op): void {
  const id = op.entity.slice(op.entity.indexOf(':') + 1);
  switch (op.kind) {
    case 'document.coded': {
      const head = readHeads(db, op.entity, 'document.coded')[0];
      const coded = head?.value.verdict ?? null;
      setDocument(db, id, 'verdict = excluded.verdict, coded_at = excluded.coded_at', 'verdict, coded_at', [coded, coded === null ? null : (head?.atMs ?? null)]);
      return;
    }
    case 'document.noted': {
      const text = readHeads(db, op.entity, 'document.noted')[0]?.value.text ?? '';
      setDocument(db, id, 'note = excluded.note', 'note', [text === '' ? null : text]);
      return;
    }
    case 'document.marked': {
      const value = readHeads(db, op.entity, 'document.marked')[0]?.value.marking ?? null;
      setDocument(db, id, 'marking = excluded.marking', 'marking', [value === null ? null : canonicalJson(value)]);
      return;
    }
    case 'annotation.set':
      projectAnnotation(db, op.entity, id);
      return;
    case 'conversation.named': {
      const head = readHeads(db, op.entity, 'conversation.named')[0];
      if (head !== undefined) db.run('INSERT INTO conversations(id, title, created_at, updated_at) VALUES (?, ?, ?, ?) ON CONFLICT(id) DO UPDATE SET title = excluded.title', idBytes(id), head.value.title, op.hlc.ms, op.hlc.ms);
      return;
    }
    case 'turn.asked': {
      const value = opValues['turn.asked'].parse(op.value);
      // Before there were branches, each went on from the last.
      const after = value.after === undefined ? lastTurn(db, value.conversation, id) : value.after === null ? null : idBytes(value.after);
      db.run('INSERT INTO turns(id, conversation, question, asked_at, scope, after) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT(id) DO UPDATE SET question = excluded.question, scope = excluded.scope, after = excluded.after', idBytes(id), idBytes(value.conversation), value.question, op.hlc.ms, canonicalJson(value.scope), after);
      db.run('UPDATE conversations SET updated_at = max(updated_at, ?) WHERE id = ?', op.hlc.ms, idBytes(value.conversation));
      return;
    }
    case 'turn.sent':
      db.run('INSERT OR REPLACE INTO sendings(turn, sending) VALUES (?, ?)', idBytes(id), canonicalJson(op.value));
      return;
    case 'turn.answered': {
      const value = opValues['turn.answered'].parse(op.value);
      db.run('UPDATE turns SET answer = ? WHERE id = ?', canonicalJson(value.answer), idBytes(id));
      db.run('UPDATE conversations SET updated_at = max(updated_at, ?) WHERE id = ?', op.hlc.ms, idBytes(value.conversation));
      return;
    }
    case 'turn.marked': {
      const value = readHeads(db, op.entity, 'turn.marked')[0]?.value.marking ?? null;
      db.run('UPDATE turns SET marking = ? WHERE id = ?', value, idBytes(id));
      return;
    }
    case 'passage.marked':
      projectPassage(db, op.entity, id);
      return;
    case 'case.marked':
      return; // read from its heads; there is one entity
    default:
      bug(`no projection for ${String(op.kind satisfies never)}`);
  }
}

const turnRow = z.object({ id: z.instanceof(Uint8Array) });

function lastTurn(db: ReadDb, conversation: string, except: string): Uint8Array | null {
  const found = db.get('SELECT id FROM turns WHERE conversation = ? AND id <> ? ORDER BY asked_at DESC, id DESC LIMIT 1', idBytes(conversation), idBytes(except));
  return found === undefined ? null : turnRow.parse(found).id;
}

/** Sets columns of a document's state. A document that is not here yet (ops may arrive before evidence) is projected by `rebuild`. */
function setDocument(db: WriteDb, document: string, update: string, columns: string, values: readonly SqlValue[]): void {
  const marks = values.map(() => '?').join(', ');
  db.run(`INSERT INTO document_state(document, ${columns}) SELECT document, ${marks} FROM documents WHERE id = ? ON CONFLICT(document) DO UPDATE SET ${update}`, ...values, idBytes(document));
}

function projectAnnotation(db: WriteDb, entity: string, id: string): void {
  const head = readHeads(db, entity, 'annotation.set')[0];
  if (head === undefined || head.value === null) {
    db.run('DELETE FROM annotations WHERE id = ?', idBytes(id));
    return;
  }
  const { document, label, quote, prefix, suffix, start, end, textVersion, note, createdAt, marking } = head.value;
  db.run(
    `INSERT OR REPLACE INTO annotations(id, document, label, quote, prefix, suffix, start, end, text_version, note, actor, created_at, changed_at, marking)
     SELECT ?, document, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? FROM documents WHERE id = ?`,
    idBytes(id), label, quote, prefix, suffix, start, end, textVersion, note, idBytes(head.actor), createdAt, head.atMs, marking, idBytes(document),
  );
}

function projectPassage(db: WriteDb, entity: string, id: string): void {
  const head = readHeads(db, entity, 'passage.marked')[0];
  if (head === undefined || head.value === null) {
    db.run('DELETE FROM passages WHERE id = ?', idBytes(id));
    return;
  }
  const { document, start, end, page, textVersion, marking, reason } = head.value;
  db.run(
    `INSERT OR REPLACE INTO passages(id, document, start, end, page, text_version, marking, reason, actor, marked_at)
     SELECT ?, document, ?, ?, ?, ?, ?, ?, ?, ? FROM documents WHERE id = ?`,
    idBytes(id), start, end, page, textVersion, marking, reason, idBytes(head.actor), head.atMs, idBytes(document),
  );
}

/** Empties the projections and applies every op again. */
export function rebuild(db: WriteDb): void {
  for (const table of projectionTables) db.run(`DELETE FROM ${table}`);
  for (const op of Array.from(iterateOps(db))) project(db, op); // read whole first: the driver refuses to write while it iterates
}

/** Every row of every projection as text, in a fixed order: equal dumps mean equal tables. */
export function dumpProjections(db: ReadDb): string[] {
  const out: string[] = [];
  for (const table of projectionTables) {
    const rows = db.all(`SELECT * FROM ${table}`).map((row) => canonicalJson(row));
    rows.sort();
    out.push(...rows.map((text) => `${table} ${text}`));
  }
  return out;
}
