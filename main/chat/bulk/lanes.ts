/** Slots for bulk work at each endpoint. The person's own questions take none: they are never counted, never wait, and bulk work gives way to them. */
import type { BulkLane } from '../../../preload/contract/domains/bulk.ts';
import type { Clock } from '../../base/clock.ts';
import { placeOf, type Presence } from '../../models/index.ts';
import type { EndpointRow } from '../../store/index.ts';
import { afterFailure, closedCircuit, mayAsk, usualCircuit, type Circuit, type CircuitLimits } from './circuit.ts';
import { firstPace, paceAfterOverload, paceAfterSuccess, type Pace } from './pace.ts';

/** How a request went, as far as the endpoint is concerned. `neither`: it was not asked, or the fault was the request's. */
export type SlotOutcome =
  | { readonly kind: 'answered'; readonly tookMs: number }
  | { readonly kind: 'overloaded' | 'failed'; readonly askedMs: number | null }
  | { readonly kind: 'neither' };

/** A slot that is held. */
export interface Slot {
  /** Aborts with `gaveWay` when a person asks a place that answers one at a time. */
  readonly signal: AbortSignal;
  /** Gives it back, once. */
  readonly end: (outcome: SlotOutcome) => void;
}

/** Slots of all endpoints. One for the whole engine: two cases may work at one endpoint. */
export interface Lanes {
  /** Waits for a slot. Rejects with the signal's reason. */
  readonly take: (endpoint: EndpointRow, signal: AbortSignal) => Promise<Slot>;
  readonly state: (endpoint: Pick<EndpointRow, 'id' | 'profile'>) => BulkLane;
  /** Tells when any lane changed. Returns a function that stops it. */
  readonly listen: (listener: () => void) => () => void;
}

/** Why a slot's signal aborts when a person asks: what was under way waits again, and counts as not tried. */
export const gaveWay = Symbol('a person asks');

/** Requests at once, at most: more than a laptop has use for. */
const mostAtOnce = 32;

interface Lane {
  readonly place: string;
  readonly isSingle: boolean;
  pace: Pace;
  circuit: Circuit;
  readonly held: Set<AbortController>;
  readonly waiting: (() => void)[];
  timer: NodeJS.Timeout | null;
}

/** Lanes with nobody in them. */
export function createLanes({ clock, presence, circuit: limits = usualCircuit }: { readonly clock: Clock; readonly presence: Presence; readonly circuit?: CircuitLimits }): Lanes {
  const lanes = new Map<string, Lane>();
  const listeners = new Set<() => void>();
  const tell = (): void => { for (const listener of listeners) listener(); };
  const laneOf = (endpoint: Pick<EndpointRow, 'id' | 'profile'>): Lane => {
    const place = placeOf(endpoint);
    const known = lanes.get(place);
    if (known !== undefined) return known;
    const isSingle = endpoint.profile.dialect === 'embedded';
    const fresh: Lane = { place, isSingle, pace: firstPace(isSingle ? 1 : mostAtOnce), circuit: closedCircuit, held: new Set(), waiting: [], timer: null };
    lanes.set(place, fresh);
    return fresh;
  };
  /** Slots that may be held now. A server that takes but one is left to the person who asks. */
  const slots = (lane: Lane): number => {
    const may = mayAsk(lane.circuit, clock.nowMs());
    if (may === 'none') return 0;
    const given = presence.isThere(lane.place) ? lane.pace.limit - 1 : lane.pace.limit;
    return may === 'one' ? Math.min(1, given) : given;
  };
  const serve = (lane: Lane): void => {
    while (lane.waiting.length > 0 && lane.held.size < slots(lane)) lane.waiting.shift()?.();
    const { circuit } = lane;
    if (lane.waiting.length === 0 || circuit.kind !== 'open' || lane.timer !== null) return;
    lane.timer = setTimeout(() => {
      lane.timer = null;
      serve(lane);
      tell();
    }, Math.max(1, circuit.untilMs - clock.nowMs()));
    lane.timer.unref();
  };
  presence.listen(() => {
    for (const lane of lanes.values()) {
      if (lane.isSingle && presence.isThere(lane.place)) for (const controller of lane.held) controller.abort(gaveWay);
      serve(lane);
    }
    tell();
  });
  const hold = (lane: Lane): Slot => {
    const controller = new AbortController();
    lane.held.add(controller);
    if (mayAsk(lane.circuit, clock.nowMs()) === 'one' && lane.circuit.kind === 'open') lane.circuit = { kind: 'trying', pauseMs: lane.circuit.pauseMs };
    const { generation } = lane.pace;
    return {
      signal: controller.signal,
      end: (outcome) => {
        if (!lane.held.delete(controller)) return;
        if (outcome.kind === 'answered') {
          lane.pace = paceAfterSuccess(lane.pace, outcome.tookMs);
          lane.circuit = closedCircuit;
        } else if (outcome.kind !== 'neither') {
          const isTooMuch = outcome.kind === 'overloaded';
          if (isTooMuch) lane.pace = paceAfterOverload(lane.pace, generation);
          lane.circuit = afterFailure(lane.circuit, clock.nowMs(), outcome.askedMs ?? (isTooMuch ? limits.overloadPauseMs : null), limits);
        } else if (lane.circuit.kind === 'trying') lane.circuit = { kind: 'open', untilMs: clock.nowMs(), pauseMs: lane.circuit.pauseMs };
        serve(lane);
        tell();
      },
    };
  };
  return {
    take: async (endpoint, signal) => {
      signal.throwIfAborted();
      const lane = laneOf(endpoint);
      if (lane.waiting.length === 0 && lane.held.size < slots(lane)) return hold(lane);
      return await new Promise<Slot>((resolve, reject) => {
        const leave = (): void => {
          lane.waiting.splice(lane.waiting.indexOf(begin), 1);
          // oxlint-disable-next-line typescript/prefer-promise-reject-errors -- the signal's own reason is passed on
          reject(signal.reason);
        };
        const begin = (): void => {
          signal.removeEventListener('abort', leave);
          resolve(hold(lane));
        };
        signal.addEventListener('abort', leave, { once: true });
        lane.waiting.push(begin);
        serve(lane);
      });
    },
    state: (endpoint) => {
      const { pace, circuit, held, place } = laneOf(endpoint);
      return { busy: held.size, limit: pace.limit, isPersonAsking: presence.isThere(place), circuit: circuit.kind, retryAt: circuit.kind === 'open' ? circuit.untilMs : null };
    },
    listen: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
