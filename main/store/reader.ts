/**
 * The store's door for reading threads: a connection that cannot write, and the queries that such threads run. Nothing here
 * reaches the writing connection. What is read together sees the case at one moment; no transaction outlives it, or the log could
 * not be folded back.
 */
import { openSqlite, prepareStatements, type OpenOptions, type ReadDb } from './sqlite.ts';

export type { OpenOptions, ReadDb, SqlValue } from './sqlite.ts';
export { conditionOf, type DocumentFilter } from './tables/document-filter.ts';
export { listSheets, readSheet, type SheetCells, type SheetPlace } from './tables/sheet-cells.ts';
export { countScope, firstsOf, type ScopeCount } from './tables/scope-counts.ts';
export {
  countByLanguage, countByTypeAndVerdict, countFirsts, countMatching, findMember, firstUncoded, listFirsts, listMatching, listMatchingContents, readMembers, type MemberRow,
} from './tables/sets.ts';
export { iterateMessages, listAttachedContents, readForGroups, type MessageRow } from './tables/messages.ts';
export { iteratePivots, listUngrouped, type UngroupedText } from './tables/near-texts.ts';
export {
  countTexts, countTextsWith, countTextsWithin, findText, iterateMail, iterateTerms, markEnd, markStart, pageOf, rankContents, rankDocuments, readColumns, readMarked, readPathsOf, readSource,
  textBytes, topContents, topContentsWithin, type IndexTerm, type MarkedText, type Ranked, type SourceText,
} from './tables/text-index.ts';

export interface Reader {
  /** Runs `work` over the case as it is now. After a commit by the writer SQLite drops every cached page at the next snapshot: one for all of it. */
  readonly read: <T>(work: (db: ReadDb) => T) => T;
  readonly close: () => void;
}

/** Opens an existing database for reading only. Throws vault.database-damaged or vault.not-writable. `what` names it for people. */
export function openReader(options: OpenOptions, what: string): Reader {
  const db = openSqlite({ ...options, readOnly: true }, what);
  const { read, guarded, clear } = prepareStatements(db, what);
  return {
    read: (work) => {
      guarded(() => db.exec('BEGIN'));
      try {
        return work(read);
      } finally {
        if (db.inTransaction) db.exec('ROLLBACK'); // it only read
      }
    },
    close: () => {
      clear();
      db.close();
    },
  };
}
