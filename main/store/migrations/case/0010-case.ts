import type { Migration } from '../tools.ts';

/**
 * A case. Evidence (contents, texts, documents, jobs) is written by ingest; decisions are ops, and heads, document_state,
 * annotations, conversations and turns are projections of the ops.
 */
export const case0010: Migration = {
  version: 10,
  name: 'case',
  up: (db) => {
    db.exec(`
      CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

      CREATE TABLE contents(
        content INTEGER PRIMARY KEY,
        sha256 BLOB NOT NULL UNIQUE,
        size_bytes INTEGER NOT NULL,
        pack TEXT NOT NULL,
        pack_offset INTEGER NOT NULL,
        sealed_bytes INTEGER NOT NULL,
        type TEXT NOT NULL,
        media_type TEXT NOT NULL,
        state TEXT NOT NULL,
        reason_code TEXT,
        reason_sentence TEXT,
        extractor TEXT,
        title TEXT,
        author TEXT,
        created_at INTEGER,
        modified_at INTEGER,
        mail TEXT,
        chars INTEGER NOT NULL,
        page_count INTEGER,
        text_version INTEGER NOT NULL DEFAULT 1
      ) STRICT;
      CREATE TABLE texts(
        content INTEGER PRIMARY KEY REFERENCES contents(content),
        subject TEXT NOT NULL,
        people TEXT NOT NULL,
        body TEXT NOT NULL
      ) STRICT;
      CREATE TABLE pages(
        content INTEGER NOT NULL REFERENCES contents(content),
        page INTEGER NOT NULL,
        start INTEGER NOT NULL,
        end INTEGER NOT NULL,
        items BLOB,
        PRIMARY KEY(content, page)
      ) STRICT, WITHOUT ROWID;
      CREATE VIRTUAL TABLE text_index USING fts5(subject, people, body, content='texts', content_rowid='content', tokenize='porter unicode61 remove_diacritics 2');
      INSERT INTO text_index(text_index, rank) VALUES('secure-delete', 1);
      CREATE VIRTUAL TABLE text_terms USING fts5vocab(text_index, row);

      CREATE TABLE jobs(
        job INTEGER PRIMARY KEY,
        id BLOB NOT NULL UNIQUE,
        label TEXT NOT NULL,
        roots TEXT NOT NULL,
        state TEXT NOT NULL,
        finding INTEGER NOT NULL,
        workers INTEGER NOT NULL,
        started_at INTEGER NOT NULL,
        ended_at INTEGER,
        worked_ms INTEGER NOT NULL DEFAULT 0
      ) STRICT;
      CREATE TABLE job_items(
        item INTEGER PRIMARY KEY,
        job INTEGER NOT NULL REFERENCES jobs(job),
        root INTEGER NOT NULL,
        path TEXT NOT NULL,
        location BLOB NOT NULL,
        size_bytes INTEGER,
        state TEXT NOT NULL,
        reason_code TEXT,
        reason_sentence TEXT,
        document INTEGER,
        children INTEGER NOT NULL DEFAULT 0,
        at INTEGER NOT NULL,
        UNIQUE(job, root, path)
      ) STRICT;
      CREATE INDEX job_items_by_state ON job_items(job, state, item);

      CREATE TABLE documents(
        document INTEGER PRIMARY KEY,
        id BLOB NOT NULL UNIQUE,
        content INTEGER REFERENCES contents(content),
        parent INTEGER REFERENCES documents(document),
        duplicate_of INTEGER REFERENCES documents(document),
        name TEXT NOT NULL,
        path TEXT NOT NULL,
        type TEXT NOT NULL,
        state TEXT NOT NULL,
        reason_code TEXT,
        reason_sentence TEXT,
        title TEXT NOT NULL,
        by TEXT NOT NULL,
        date INTEGER,
        size_bytes INTEGER,
        attachments INTEGER NOT NULL DEFAULT 0,
        duplicates INTEGER NOT NULL DEFAULT 0,
        ingested_at INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX documents_by_path ON documents(path);
      -- From a hit to its document, with what a search narrows by: no look into the wide rows for each of 100,000 hits.
      CREATE INDEX documents_by_content ON documents(content, duplicate_of, type, date, state);
      CREATE INDEX documents_by_parent ON documents(parent) WHERE parent IS NOT NULL;
      CREATE INDEX documents_by_date ON documents(date) WHERE duplicate_of IS NULL;
      CREATE INDEX documents_first ON documents(document) WHERE duplicate_of IS NULL;

      CREATE TABLE ops(
        seq INTEGER PRIMARY KEY,
        id BLOB NOT NULL UNIQUE,
        actor BLOB NOT NULL,
        device BLOB NOT NULL,
        hlc_ms INTEGER NOT NULL,
        hlc_n INTEGER NOT NULL,
        entity TEXT NOT NULL,
        kind TEXT NOT NULL,
        value TEXT NOT NULL,
        preds TEXT NOT NULL,
        marking TEXT,
        undoes BLOB
      ) STRICT;
      CREATE INDEX ops_by_entity ON ops(entity, seq);
      CREATE TABLE op_replaces(replaced BLOB NOT NULL, op BLOB NOT NULL, PRIMARY KEY(replaced, op)) STRICT, WITHOUT ROWID;

      CREATE TABLE heads(
        entity TEXT NOT NULL,
        kind TEXT NOT NULL,
        op BLOB NOT NULL,
        actor BLOB NOT NULL,
        hlc_ms INTEGER NOT NULL,
        hlc_n INTEGER NOT NULL,
        value TEXT NOT NULL,
        PRIMARY KEY(entity, kind, op)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE document_state(
        document INTEGER PRIMARY KEY,
        verdict TEXT,
        coded_at INTEGER,
        note TEXT,
        marking TEXT
      ) STRICT;
      CREATE INDEX document_state_by_verdict ON document_state(verdict, document) WHERE verdict IS NOT NULL;
      CREATE INDEX document_state_by_time ON document_state(coded_at) WHERE coded_at IS NOT NULL;
      CREATE TABLE annotations(
        id BLOB PRIMARY KEY,
        document INTEGER NOT NULL,
        label TEXT NOT NULL,
        quote TEXT NOT NULL,
        prefix TEXT NOT NULL,
        suffix TEXT NOT NULL,
        start INTEGER NOT NULL,
        end INTEGER NOT NULL,
        text_version INTEGER NOT NULL,
        note TEXT NOT NULL,
        actor BLOB NOT NULL,
        created_at INTEGER NOT NULL,
        changed_at INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX annotations_by_document ON annotations(document, start);
      CREATE TABLE conversations(
        id BLOB PRIMARY KEY,
        title TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        updated_at INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE turns(
        id BLOB PRIMARY KEY,
        conversation BLOB NOT NULL,
        question TEXT NOT NULL,
        asked_at INTEGER NOT NULL,
        answer TEXT
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX turns_by_conversation ON turns(conversation, asked_at, id);

      CREATE TABLE audit(
        n INTEGER PRIMARY KEY,
        at INTEGER NOT NULL,
        actor TEXT NOT NULL,
        device TEXT NOT NULL,
        action TEXT NOT NULL,
        objects TEXT NOT NULL,
        marking TEXT NOT NULL,
        outcome TEXT NOT NULL,
        detail TEXT NOT NULL,
        previous BLOB NOT NULL,
        hash BLOB NOT NULL
      ) STRICT;
      CREATE TABLE audit_head(one INTEGER PRIMARY KEY CHECK(one = 1), n INTEGER NOT NULL, hash BLOB NOT NULL, mac BLOB NOT NULL) STRICT;
    `);
  },
};
