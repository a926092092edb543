/** A batch into the case, so that one file that cannot be kept does not cost the others. */
import { basename } from 'node:path';
import { isDataFault, type CaseStore } from '../store/index.ts';
import { commitFamilies, noOriginals, type CommitJob, type Ended, type Originals, type ReadItem } from './commit-families.ts';
import { reasons } from './extracted.ts';

/** A file in the place of one that could not be kept: quarantined, with a reason that holds nothing of it. */
export function notKept<T extends Pick<ReadItem, 'path'>>(item: T): T & Pick<ReadItem, 'family'> {
  return { ...item, family: { kind: 'unreadable', name: basename(item.path), reason: reasons.commitFailed } };
}

/**
 * Commits families as commitFamilies does, when their originals are written. When that fails for what one of them is like, each is committed by itself and only the culprit is
 * quarantined (`commit.failed`). `workedMs` is null then: it says nothing about the next batch. Throws what commitFamilies throws when the
 * store itself fails, the signal's reason when it aborts, and what refuses even the note of the quarantine.
 */
export async function commitBatch(store: CaseStore, job: CommitJob, items: readonly ReadItem[], originals: Promise<Originals>, signal: AbortSignal): Promise<{ readonly ended: readonly Ended[]; readonly workedMs: number | null }> {
  try {
    return await commitFamilies(store, job, items, await originals);
  } catch (error) {
    if (!isDataFault(error)) throw error;
  }
  const [written] = await Promise.allSettled([originals]);
  const ended: Ended[] = [];
  for (const item of items) {
    signal.throwIfAborted(); // what is committed so far stands; the rest is pending
    ended.push(...(await commitAlone(store, job, item, written.status === 'fulfilled' ? written.value : noOriginals)));
    await new Promise((resolve) => { setImmediate(resolve); }); // the engine answers between two files
  }
  return { ended, workedMs: null };
}

async function commitAlone(store: CaseStore, job: CommitJob, item: ReadItem, written: Originals): Promise<readonly Ended[]> {
  try {
    return (await commitFamilies(store, job, [item], written)).ended;
  } catch (error) {
    if (!isDataFault(error)) throw error;
    return (await commitFamilies(store, job, [notKept(item)])).ended;
  }
}
