/** Taking a model file into the vault: gigabytes may be copied, so it goes on while another view is shown. One at a time in a window. */
import { create } from 'zustand';
import type { ModelInfo } from '../../../preload/contract/domains/models.ts';
import type { Progress } from '../../../preload/contract/routes.ts';
import { bridge } from '../../lib/bridge.ts';
import { call } from '../../lib/client.ts';
import { queryClient } from '../../lib/queries.ts';

export interface ModelAdding {
  /** True from the choice of a file to the end of its check. */
  readonly isRunning: boolean;
  readonly progress: Progress<'models.add'> | null;
  /** Why the last try ended without a model; null when it did not. */
  readonly fault: string | null;
  readonly added: ModelInfo | null;
}

const nothing: ModelAdding = { isRunning: false, progress: null, fault: null, added: null };

/** How far the window's model file is. */
export const useModelAdding = create<ModelAdding>(() => nothing);

let running: AbortController | null = null;

/** Asks for a file, then takes it in. Nothing happens when the person cancels, or while another is on its way. Never rejects. */
export async function chooseModelFile(): Promise<void> {
  if (running !== null) return;
  const controller = new AbortController();
  running = controller;
  try {
    const [path] = (await bridge.shell('files.choose', { what: 'files' })).paths;
    if (path === undefined) return;
    useModelAdding.setState({ ...nothing, isRunning: true });
    const added = await call('models.add', { path }, { signal: controller.signal, onProgress: (progress) => useModelAdding.setState({ progress }) });
    useModelAdding.setState({ ...nothing, added });
    await queryClient.invalidateQueries({ queryKey: ['models.list'] });
  } catch (error) {
    useModelAdding.setState({ ...nothing, fault: controller.signal.aborted ? null : error instanceof Error ? error.message : String(error) });
  } finally {
    running = null;
  }
}

/** Stops the copy; nothing of it stays. */
export function stopAddingModel(): void {
  running?.abort(new Error('Stopped by the person.'));
}
