/** What a walk comes upon and never reads: links and what is no file. Each has a document that says so, so that no list of the case leaves it out. */
import { basename, dirname } from 'node:path';
import type { DocumentId, StateReason } from '../../preload/contract/domains/basics.ts';
import { audited } from '../audit/index.ts';
import { newId } from '../base/ids.ts';
import { documentItem, findAtPath, insertDocument, type CaseStore, type JobRow, type WriteDb } from '../store/index.ts';

/** A path that a job found and will not read. */
export interface UnreadPath {
  readonly root: number;
  readonly path: string;
  readonly reason: StateReason;
}

/** True for what a second look cannot read either. What is absent or shut to us has no document: it is forgotten and looked for again on a retry. */
export function staysUnread(reason: StateReason): boolean {
  return reason.code === 'path.link' || reason.code === 'path.special';
}

/**
 * Notes what was found (`note`), and a quarantined document for each path that stays unread, in one transaction with its record. A path that
 * has its document from another job keeps that one, and so its id: scripts join by it. Answers what `note` does.
 */
export function keepUnread<T>(store: CaseStore, job: JobRow, note: (db: WriteDb) => T, unread: readonly UnreadPath[]): T {
  const at = store.clock.nowMs();
  return audited(
    store,
    (db) => {
      const noted = note(db);
      const made: DocumentId[] = [];
      for (const { root, path, reason } of unread) {
        let document = findAtPath(db, path, null);
        if (document === null) {
          const id = newId<DocumentId>(store.ids);
          made.push(id);
          const [name, folder] = [basename(path), dirname(path)];
          document = insertDocument(db, { id, content: null, parent: null, duplicateOf: null, name, path, type: 'other', state: 'quarantined', reason, title: name, by: folder === '.' ? '' : folder, date: null, sizeBytes: null, ingestedAt: at });
        }
        documentItem(db, job.job, root, path, document);
      }
      return { noted, made };
    },
    ({ made }) => ({ action: 'ingest.committed', objects: [job.id, ...made], marking: store.marking, detail: { files: 0, documents: made.length } }),
  ).result.noted;
}
