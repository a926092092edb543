/** Where people wait for answers just now: work in the background looks here before it takes a place. */
export interface Presence {
  /** A person begins to wait at a place; the function that it answers ends it, once. */
  readonly enter: (place: string) => () => void;
  readonly isThere: (place: string) => boolean;
  /** Tells when somebody begins or ends to wait anywhere. Returns a function that stops it. */
  readonly listen: (listener: () => void) => () => void;
}

/** Nobody waits. */
export function createPresence(): Presence {
  const waiting = new Map<string, number>();
  const listeners = new Set<() => void>();
  const tell = (): void => { for (const listener of listeners) listener(); };
  return {
    enter: (place) => {
      waiting.set(place, (waiting.get(place) ?? 0) + 1);
      tell();
      let isHere = true;
      return () => {
        if (!isHere) return;
        isHere = false;
        waiting.set(place, (waiting.get(place) ?? 1) - 1);
        tell();
      };
    },
    isThere: (place) => (waiting.get(place) ?? 0) > 0,
    listen: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
