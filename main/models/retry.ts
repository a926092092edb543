import { setTimeout as delay } from 'node:timers/promises';

/** Waits; rejects with the signal's reason as soon as it is given. */
export type Sleep = (ms: number, signal: AbortSignal) => Promise<void>;

/** The computer's timer. */
export const systemSleep: Sleep = async (ms, signal) => {
  await delay(ms, undefined, { signal }).catch((error: unknown) => {
    signal.throwIfAborted();
    throw error;
  });
};

/** How often a request is sent again, at most. */
export const maxRetries = 2;
/** A server that asks for a longer pause is not waited for: the person decides. */
export const longestPauseMs = 10_000;
const firstPauseMs = 500;
const retriedStatuses: ReadonlySet<number> = new Set([408, 429, 500, 502, 503, 504, 529]);

/** True for statuses that another try may cure. */
export function isRetriedStatus(status: number): boolean {
  return retriedStatuses.has(status);
}

/** The pause a response asks for: retry-after-ms, or Retry-After as seconds or a date (RFC 9110, 10.2.3). Null when it asks for none that can be read. */
export function retryAfterMs(header: (name: string) => string | null, nowMs: number): number | null {
  const milliseconds = header('retry-after-ms')?.trim();
  if (milliseconds !== undefined && /^\d+(?:\.\d+)?$/.test(milliseconds)) return Math.ceil(Number(milliseconds));
  const asked = header('retry-after')?.trim();
  if (asked === undefined || asked === '') return null;
  if (/^\d+(?:\.\d+)?$/.test(asked)) return Math.ceil(Number(asked) * 1000);
  const at = /[a-z]/i.test(asked) ? Date.parse(asked) : Number.NaN;
  return Number.isNaN(at) ? null : Math.max(0, at - nowMs);
}

/** How long to wait before the next try, or null when there is to be none. `retry` counts from 0; `random` gives [0, 1). */
export function pauseBeforeRetry(retry: number, askedMs: number | null, random: () => number): number | null {
  if (retry >= maxRetries) return null;
  if (askedMs !== null) return askedMs <= longestPauseMs ? askedMs : null;
  return Math.round(firstPauseMs * 2 ** retry * (0.5 + random() / 2));
}
