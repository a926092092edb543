/** Stops asking an endpoint that fails again and again, and lets one request find out whether it is back. Pure. */

/** `open` sends nothing before `untilMs`; `trying` sends one request. */
export type Circuit =
  | { readonly kind: 'closed'; readonly failures: number }
  | { readonly kind: 'open'; readonly untilMs: number; readonly pauseMs: number }
  | { readonly kind: 'trying'; readonly pauseMs: number };

/** Failures in a row that open it; pauses double from the first to the longest. A server that has too much is left alone at once, for `overloadPauseMs` where it names no time. */
export interface CircuitLimits {
  readonly failures: number;
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
  readonly overloadPauseMs: number;
}

export const usualCircuit: CircuitLimits = { failures: 5, firstPauseMs: 15_000, longestPauseMs: 5 * 60_000, overloadPauseMs: 1000 };
export const closedCircuit: Circuit = { kind: 'closed', failures: 0 };

/** After a failure of the endpoint; `askedMs` is the pause that it asked for itself. */
export function afterFailure(circuit: Circuit, nowMs: number, askedMs: number | null, limits: CircuitLimits): Circuit {
  switch (circuit.kind) {
    case 'closed': {
      const failures = circuit.failures + 1;
      if (failures < limits.failures && askedMs === null) return { kind: 'closed', failures };
      return opened(nowMs, askedMs ?? limits.firstPauseMs, limits);
    }
    case 'trying': return opened(nowMs, Math.max(circuit.pauseMs * 2, askedMs ?? 0), limits);
    case 'open': return askedMs !== null && nowMs + askedMs > circuit.untilMs ? opened(nowMs, askedMs, limits) : circuit; // others that were under way fail too
  }
}

function opened(nowMs: number, pauseMs: number, { longestPauseMs }: CircuitLimits): Circuit {
  const bounded = Math.min(longestPauseMs, pauseMs);
  return { kind: 'open', untilMs: nowMs + bounded, pauseMs: bounded };
}

/** What may be sent now: as many as there are slots, one to find out, or none. */
export function mayAsk(circuit: Circuit, nowMs: number): 'all' | 'one' | 'none' {
  switch (circuit.kind) {
    case 'closed': return 'all';
    case 'open': return nowMs >= circuit.untilMs ? 'one' : 'none';
    case 'trying': return 'none';
  }
}
