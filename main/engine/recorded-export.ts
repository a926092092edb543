import { audited } from '../audit/index.ts';
import type { CaseStore } from '../store/index.ts';

/**
 * Runs an export of a case between two records: that it began, before the first byte goes out, and how it ended. An export that is
 * cancelled, or that runs out of disk, has left something outside: the trail says so.
 */
export async function recordedExport<T>(store: CaseStore, what: string, work: () => T | Promise<T>, describe: (result: T) => Readonly<Record<string, number>>): Promise<T> {
  const record = (action: string, outcome: 'done' | 'failed', detail: Readonly<Record<string, number>>): void => {
    audited(store, () => undefined, () => ({ action, objects: [store.id], marking: store.marking, outcome, detail }));
  };
  record(`${what}.export-started`, 'done', {});
  try {
    const result = await work();
    record(`${what}.exported`, 'done', describe(result));
    return result;
  } catch (error) {
    record(`${what}.exported`, 'failed', {});
    throw error;
  }
}
