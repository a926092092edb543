import type { Migration } from '../tools.ts';

/**
 * Bulk work. bulk_runs and bulk_results are projections of ops; bulk_items, bulk_queues and bulk_batches are bookkeeping of the queue: what
 * waits, what is under way, what was spent, what lies in a batch file.
 */
export const case0040: Migration = {
  version: 40,
  name: 'bulk',
  up: (db) => {
    db.exec(`
      CREATE TABLE bulk_runs(
        id BLOB PRIMARY KEY,
        spec TEXT NOT NULL,
        state TEXT NOT NULL,
        reason TEXT,
        budget TEXT NOT NULL,
        started_at INTEGER NOT NULL,
        changed_at INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE bulk_results(
        key BLOB PRIMARY KEY,
        op BLOB NOT NULL,
        document BLOB NOT NULL,
        kind TEXT NOT NULL,
        answer TEXT NOT NULL,
        at INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX bulk_results_by_document ON bulk_results(document, kind, at);
      CREATE TABLE bulk_items(
        item INTEGER PRIMARY KEY,
        run BLOB NOT NULL,
        key BLOB NOT NULL,
        document INTEGER NOT NULL,
        start INTEGER NOT NULL,
        end INTEGER NOT NULL,
        state TEXT NOT NULL,
        reason_code TEXT,
        reason_sentence TEXT,
        attempts INTEGER NOT NULL DEFAULT 0,
        lease_until INTEGER,
        batch BLOB,
        request BLOB,
        at INTEGER NOT NULL,
        UNIQUE(run, document, start)
      ) STRICT;
      CREATE INDEX bulk_items_by_state ON bulk_items(run, state, item);
      CREATE INDEX bulk_items_by_batch ON bulk_items(batch, request) WHERE batch IS NOT NULL;
      CREATE TABLE bulk_queues(
        run BLOB PRIMARY KEY,
        is_listed INTEGER NOT NULL DEFAULT 0,
        requests INTEGER NOT NULL DEFAULT 0,
        prompt_tokens INTEGER NOT NULL DEFAULT 0,
        completion_tokens INTEGER NOT NULL DEFAULT 0
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE bulk_batches(
        id BLOB PRIMARY KEY,
        run BLOB NOT NULL,
        format TEXT NOT NULL,
        name TEXT NOT NULL,
        requests INTEGER NOT NULL,
        sha256 BLOB NOT NULL,
        model TEXT NOT NULL,
        exported_at INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
    `);
  },
};
