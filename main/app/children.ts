import type { ChildEntry } from '../engine/shell-link.ts';
import type { ChildProcess, ChildStarter } from './engine-process.ts';

/** The child processes of one engine, extractors and the model's: the shell alone can start them, the engine says when. */
export interface Children {
  /** Starts one and joins it with the engine, which hears `child`, then once `child-exit`. */
  readonly start: (id: number, entry: ChildEntry, heapMb: number) => void;
  /** Ends one; nothing happens when it is gone already. */
  readonly end: (id: number) => void;
  readonly endAll: () => void;
}

/** Keeps the children of an engine. They end with it: the caller runs `endAll` when the engine is gone. */
export function createChildren(starter: ChildStarter, engine: ChildProcess): Children {
  const childrenById = new Map<number, ChildProcess>();
  return {
    start: (id, entry, heapMb) => {
      const child = starter.start({ entry, heapMb });
      childrenById.set(id, child);
      const [forEngine, forChild] = starter.channel();
      child.postMessage({ t: 'port' }, [forChild]);
      child.onStarted(() => {
        if (child.pid !== undefined && childrenById.has(id)) engine.postMessage({ t: 'child', id, pid: child.pid }, [forEngine]);
      });
      child.onExit((code) => {
        if (childrenById.delete(id)) engine.postMessage({ t: 'child-exit', id, code });
      });
    },
    end: (id) => childrenById.get(id)?.end(),
    endAll: () => {
      const children = [...childrenById.values()];
      childrenById.clear(); // the engine that would hear of their exits is gone
      for (const child of children) child.end();
    },
  };
}
