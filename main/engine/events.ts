import type { EngineEvent } from '../../preload/contract/domains/cases.ts';
import type { Clock } from '../base/clock.ts';
import type { CaseId } from '../../preload/contract/domains/basics.ts';

/** What changed, told to every window. */
export interface Events {
  readonly emit: (topic: EngineEvent['topic'], of?: CaseId | null) => void;
  /** Returns a function that stops it. */
  readonly listen: (listener: (event: EngineEvent) => void) => () => void;
}

/** An emitter without listeners. */
export function createEvents(clock: Clock): Events {
  const listeners = new Set<(event: EngineEvent) => void>();
  return {
    emit: (topic, of = null) => {
      const event: EngineEvent = { topic, case: of, at: clock.nowMs() };
      for (const listener of listeners) listener(event);
    },
    listen: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
