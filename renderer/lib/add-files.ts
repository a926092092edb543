/** Bringing files and folders into the open case, from wherever it was asked: key, button, or a drop on the window. */
import { create } from 'zustand';
import type { JobId } from '../../preload/contract/domains/basics.ts';
import { bridge } from './bridge.ts';
import { call } from './client.ts';
import { keepJob } from './ingest-jobs.ts';
import { useNavigation } from './navigation.ts';

export interface AddFilesState {
  /** Why the last try did not start; null when it did. The ingest view and the case list show it. */
  readonly fault: string | null;
  /** The job that was started last in this window: the ingest view selects it. */
  readonly lastJob: JobId | null;
}

/** How the last try to add files ended. */
export const useAddFiles = create<AddFilesState>(() => ({ fault: null, lastJob: null }));

/** Starts a job over the paths and shows it. Never rejects: a fault is kept for the view that is shown. */
export async function addPaths(paths: readonly string[]): Promise<void> {
  const { case: id, goTo } = useNavigation.getState();
  if (paths.length === 0) return;
  if (id === null) {
    useAddFiles.setState({ fault: 'Nothing was added: no case is open. Open or create one, then drop the files again.' });
    return;
  }
  goTo('ingest');
  try {
    const job = await call('ingest.start', { case: id, paths: [...paths] });
    keepJob(id, job);
    useAddFiles.setState({ fault: null, lastJob: job.job });
  } catch (error) {
    useAddFiles.setState({ fault: error instanceof Error ? error.message : String(error) });
  }
}

/** Asks which folders or files to add, then adds them. Nothing happens when the person cancels. Never rejects. */
export async function chooseAndAdd(what: 'folders' | 'files'): Promise<void> {
  try {
    const { paths } = await bridge.shell('files.choose', { what });
    await addPaths(paths);
  } catch (error) {
    useNavigation.getState().goTo('ingest');
    useAddFiles.setState({ fault: error instanceof Error ? error.message : String(error) });
  }
}
