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
import { bulkSent } from './bulk-ops.ts';
import type { ReadDb, SqlValue, WriteDb } from './connection.ts';
import { iterateOps, opValues, type Op, type OpKind, type OpValue } from './ops.ts';

/** Tables that `rebuild` empties and fills again. */
export const projectionTables = ['op_replaces', 'heads', 'document_state', 'annotations', 'passages', 'conversations', 'turns', 'sendings', 'bulk_runs', 'bulk_results', 'bulk_sendings'] as const;

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
  // What an item sent is of one op alone and long: it is found through its own table, and its words stand once.
  if (op.kind !== 'bulk.sent' && db.get('SELECT 1 FROM op_replaces WHERE replaced = ? LIMIT 1', idBytes(op.id)) === undefined) {
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
    case 'conversation.named':
      projectConversation(db, id);
      return;
    case 'turn.asked':
    case 'turn.answered':
    case 'turn.edited':
    case 'turn.marked':
      projectTurn(db, op.entity, id);
      return;
    case 'turn.accepted':
      return; // read from its heads: it holds for one text
    case 'turn.sent':
      db.run('INSERT OR REPLACE INTO sendings(turn, sending) VALUES (?, ?)', idBytes(id), canonicalJson(op.value));
      return;
    case 'passage.marked':
      projectPassage(db, op.entity, id);
      return;
    case 'bulk.started':
    case 'bulk.steered':
      projectBulkRun(db, op.entity, id);
      return;
    case 'bulk.answered': {
      const head = readHeads(db, op.entity, 'bulk.answered')[0];
      if (head === undefined) return;
      const { answer } = head.value;
      db.run('INSERT OR REPLACE INTO bulk_results(key, op, document, kind, answer, at) VALUES (?, ?, ?, ?, ?, ?)', Buffer.from(id, 'hex'), idBytes(head.op), idBytes(answer.document), answer.kind, canonicalJson(answer), head.atMs);
      return;
    }
    case 'bulk.sent': {
      const { key, batch } = bulkSent.parse(op.value);
      db.run('INSERT OR REPLACE INTO bulk_sendings(op, key, batch, at) VALUES (?, ?, ?, ?)', idBytes(op.id), Buffer.from(key, 'hex'), batch === null ? null : idBytes(batch.batch), op.hlc.ms);
      return;
    }
    case 'bulk.framed':
    case 'case.marked':
    case 'turn.listed':
      return; // read from its heads; there is one for each entity
    default:
      bug(`no projection for ${String(op.kind satisfies never)}`);
  }
}

/** A turn as its heads have it. An answer may arrive before its question: it stands once that is there. */
function projectTurn(db: WriteDb, entity: string, id: string): void {
  const [asked] = readHeads(db, entity, 'turn.asked');
  if (asked === undefined) return;
  const { conversation, question, scope, after } = asked.value;
  const [answered] = readHeads(db, entity, 'turn.answered');
  const edit = readHeads(db, entity, 'turn.edited')[0]?.value.edit ?? null;
  // Before there were branches, each went on from the last.
  const before = after === undefined ? lastTurn(db, conversation, id) : after === null ? null : idBytes(after);
  db.run(
    `INSERT INTO turns(id, conversation, question, asked_at, scope, after, answer, edited_text, marking) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT(id) DO UPDATE SET question = excluded.question, scope = excluded.scope, answer = excluded.answer, edited_text = excluded.edited_text, marking = excluded.marking`,
    idBytes(id), idBytes(conversation), question, asked.atMs, canonicalJson(scope), before, answered === undefined ? null : canonicalJson(answered.value.answer),
    edit === null ? null : edit.sentences.map(({ text }) => text).join(' '), readHeads(db, entity, 'turn.marked')[0]?.value.marking ?? null,
  );
  projectConversation(db, conversation);
}

const timesRow = z.object({ created_at: z.number().int().nullable(), updated_at: z.number().int().nullable() });

/** A conversation as its heads have it: begun with its first name, last used when it was last asked in or answered. */
function projectConversation(db: WriteDb, id: string): void {
  const [named] = readHeads(db, `conversation:${id}`, 'conversation.named');
  if (named === undefined) return;
  const times = timesRow.parse(db.get(
    `SELECT (SELECT min(hlc_ms) FROM ops WHERE entity = ? AND kind = 'conversation.named') AS created_at,
      (SELECT max(o.hlc_ms) FROM turns t JOIN ops o ON o.entity = 'turn:' || lower(hex(t.id)) AND o.kind IN ('turn.asked', 'turn.answered') WHERE t.conversation = ?) AS updated_at`,
    `conversation:${id}`, idBytes(id),
  ));
  const created = times.created_at ?? named.atMs;
  db.run('INSERT INTO conversations(id, title, created_at, updated_at) VALUES (?, ?, ?, ?) ON CONFLICT(id) DO UPDATE SET title = excluded.title, created_at = excluded.created_at, updated_at = excluded.updated_at', idBytes(id), named.value.title, created, Math.max(created, times.updated_at ?? created));
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

/** A run is what was ordered and how it was last steered, in whatever order the two came. */
function projectBulkRun(db: WriteDb, entity: string, id: string): void {
  const ordered = readHeads(db, entity, 'bulk.started')[0];
  if (ordered === undefined) return;
  const steered = readHeads(db, entity, 'bulk.steered')[0];
  const { state, reason, budget } = steered?.value ?? { state: 'running' as const, reason: null, budget: ordered.value.budget };
  db.run(
    'INSERT OR REPLACE INTO bulk_runs(id, spec, state, reason, budget, started_at, changed_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
    idBytes(id), canonicalJson(ordered.value.spec), state, reason === null ? null : canonicalJson(reason), canonicalJson(budget), ordered.atMs, steered?.atMs ?? ordered.atMs,
  );
}

/** Empties the projections and applies every op again. */
export function rebuild(db: WriteDb): void {
  for (const table of projectionTables) db.run(`DELETE FROM ${table}`);
  for (const op of iterateOps(db)) project(db, op);
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
