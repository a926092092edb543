import type { Clock } from '../base/clock.ts';

/** Whether a person is at work in the window, as far as calls tell. */
export interface Attendance {
  /** A route was called. */
  readonly noteCall: (route: string) => void;
  /** True within a few seconds of a call that a person waits for. */
  readonly isAttended: () => boolean;
}

/** Domains whose calls come of what a person does: reading, searching, deciding, asking. Others the window makes by itself to stay current, or they begin long work. */
const ofPersons: ReadonlySet<string> = new Set(['documents', 'sets', 'search', 'coding', 'notes', 'ops', 'annotations', 'markings', 'chat', 'bulk']);
const attendedMs = 3000;

/** Attendance that has seen no call yet. */
export function createAttendance(clock: Clock): Attendance {
  let lastMs = Number.NEGATIVE_INFINITY;
  return {
    noteCall: (route) => {
      if (ofPersons.has(route.slice(0, route.indexOf('.')))) lastMs = clock.nowMs();
    },
    isAttended: () => clock.nowMs() - lastMs < attendedMs,
  };
}
