/** A real case database in a temporary folder, filled row by row, for tests of what reads it. */
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DocumentId, DocumentState, DocumentType, Verdict } from '../../preload/contract/domains/basics.ts';
import type { MailHeaders, PageSpan } from '../../preload/contract/domains/documents.ts';
import { idBytes } from '../../main/base/ids.ts';
import { openDatabase, type OpenDatabase, type OpenOptions, type ReadDb } from '../../main/store/connection.ts';
import { migrate } from '../../main/store/migrate.ts';
import { caseMigrations } from '../../main/store/migrations/index.ts';
import { insertContent, insertPages, insertText } from '../../main/store/tables/contents.ts';
import { insertDocument } from '../../main/store/tables/documents.ts';

/** A document to put in. Without `body` it has no text; `sameAs` gives it the bytes of an earlier one. */
export interface CaseDocument {
  readonly path: string;
  readonly body?: string;
  readonly subject?: string;
  readonly mail?: Partial<MailHeaders>;
  readonly type?: DocumentType;
  readonly state?: DocumentState;
  /** As `Date.parse` reads it. */
  readonly date?: string;
  readonly by?: string;
  readonly pages?: readonly PageSpan[];
  readonly sameAs?: number;
  readonly parent?: number;
}

export interface CaseDb {
  readonly read: ReadDb;
  /** How a reader opens the same database. */
  readonly options: OpenOptions;
  /** Adds documents in one transaction; their numbers are the answer. */
  readonly add: (...documents: readonly CaseDocument[]) => number[];
  readonly code: (document: number, verdict: Verdict | null) => void;
  readonly note: (document: number, text: string) => void;
  readonly annotate: (document: number, label: string) => void;
  /** Gives two documents each other's bytes, as though the earlier one had been read at a second try. */
  readonly swapContents: (one: number, other: number) => void;
  readonly id: (document: number) => DocumentId;
  readonly number: (path: string) => number;
  readonly close: () => void;
}

/** The id that the builder gives to the document with this number. */
export function idOfNumber(document: number): DocumentId {
  return document.toString(16).padStart(32, '0') as DocumentId;
}

/** Opens an empty case database. The caller closes it, which removes it. */
export function createCaseDb(): CaseDb {
  const folder = mkdtempSync(join(tmpdir(), 'redoubt-case-'));
  const options: OpenOptions = { file: join(folder, 'case.db'), key: randomBytes(32) };
  const db = openDatabase(options, 'a test');
  migrate(db, options, caseMigrations, 'a test');
  const numberByPath = new Map<string, number>();
  let last = 0;
  const run = (sql: string, ...values: (string | number | Uint8Array | null)[]): void => void db.write((write) => write.run(sql, ...values));
  return {
    read: db.read,
    options: { ...options, readOnly: true },
    add: (...documents) => db.write((write) => documents.map((entry) => {
      last += 1;
      const number = insert(write, entry, last);
      numberByPath.set(entry.path, number);
      return number;
    })),
    code: (document, verdict) => run('INSERT INTO document_state(document, verdict, coded_at) VALUES (?, ?, 1) ON CONFLICT(document) DO UPDATE SET verdict = excluded.verdict', document, verdict),
    note: (document, text) => run('INSERT INTO document_state(document, note) VALUES (?, ?) ON CONFLICT(document) DO UPDATE SET note = excluded.note', document, text),
    annotate: (document, label) => run("INSERT INTO annotations VALUES (?, ?, ?, 'q', '', '', 0, 1, 1, '', x'00', 1, 1, NULL)", randomBytes(16), document, label),
    swapContents: (one, other) => run('UPDATE documents SET content = (SELECT sum(content) FROM documents WHERE document IN (?, ?)) - content WHERE document IN (?, ?)', one, other, one, other),
    id: idOfNumber,
    number: (path) => {
      const found = numberByPath.get(path);
      if (found === undefined) throw new Error(`no document at ${path}`);
      return found;
    },
    close: () => {
      db.close();
      rmSync(folder, { recursive: true });
    },
  };
}

type Write = Parameters<Parameters<OpenDatabase['write']>[0]>[0];

const noMail: MailHeaders = { from: [], to: [], cc: [], subject: '', sentAt: null, sentAsWritten: null, messageId: null, inReplyTo: null };

function insert(write: Write, entry: CaseDocument, number: number): number {
  const { path, body = null, sameAs, parent = null } = entry;
  const type = entry.type ?? (entry.mail === undefined ? 'text' : 'mail');
  const state = entry.state ?? (body === null && sameAs === undefined ? 'no-text' : 'text');
  const mail = entry.mail === undefined ? null : { ...noMail, ...entry.mail };
  const subject = entry.subject ?? mail?.subject ?? '';
  const date = entry.date === undefined ? null : Date.parse(entry.date);
  const content = sameAs === undefined ? addContent(write, path, { type, state, mail, date, chars: body?.length ?? 0, pageCount: entry.pages?.length ?? null }) : contentOf(write, sameAs);
  if (body !== null && sameAs === undefined) {
    insertText(write, content, { subject, people: mail === null ? '' : peopleOf(mail), body });
    if (entry.pages !== undefined) insertPages(write, content, entry.pages, null);
  }
  return insertDocument(write, {
    id: idOfNumber(number), content, parent, duplicateOf: sameAs ?? null, name: path.replace(/^.*\//, ''), path, type, state, reason: null, title: subject === '' ? path : subject, by: entry.by ?? '',
    date, sizeBytes: body?.length ?? null, ingestedAt: number,
  });
}

interface Content {
  readonly type: DocumentType;
  readonly state: DocumentState;
  readonly mail: MailHeaders | null;
  readonly date: number | null;
  readonly chars: number;
  readonly pageCount: number | null;
}

function addContent(write: Write, path: string, { type, state, mail, date, chars, pageCount }: Content): number {
  const hash = createHash('sha256').update(path).digest();
  return insertContent(write, hash, { pack: 'p', offset: 0, sealedBytes: 1, sizeBytes: 1 }, {
    type, mediaType: 'text/plain', state, reason: null, extractor: 'test', title: null, author: null, createdAt: date, modifiedAt: null, mail, chars, pageCount,
  });
}

function contentOf(write: Write, document: number): number {
  const found = write.get('SELECT content FROM documents WHERE id = ?', idBytes(idOfNumber(document)));
  return (found as { content: number }).content; // the column is an integer
}

function peopleOf({ from, to, cc }: MailHeaders): string {
  const lines = (role: string, boxes: MailHeaders['from']): string[] => boxes.map(({ name, address }) => `${role}: ${name} <${address}>`);
  return [...lines('from', from), ...lines('to', to), ...lines('cc', cc)].join('\n');
}
