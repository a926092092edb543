/** Numbers, dates and sizes as the interface writes them (design rules, "Numbers and dates"). Locale-independent on purpose. */

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;
const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;

const two = (value: number): string => String(value).padStart(2, '0');

/** 41,203 */
export function count(value: number): string {
  return String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** "1 document", "412 documents". */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** 48.2 KB: decimal units, one digit under 100. */
export function size(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  const units = ['KB', 'MB', 'GB', 'TB'] as const;
  let value = bytes / 1000;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${value < 100 ? value.toFixed(1) : String(Math.round(value))} ${units[unit] ?? 'TB'}`;
}

/** 14 Mar 2019, in UTC. */
export function day(timeMs: number): string {
  const date = new Date(timeMs);
  return `${date.getUTCDate()} ${months[date.getUTCMonth()] ?? ''} ${date.getUTCFullYear()}`;
}

/** 14:02:31, in UTC. */
export function clock(timeMs: number): string {
  const date = new Date(timeMs);
  return `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`;
}

/** 22 Nov 2026, 14:02 UTC */
export function dayAndMinute(timeMs: number): string {
  return `${day(timeMs)}, ${clock(timeMs).slice(0, 5)} UTC`;
}

/** Thu 14 Mar 2019, 09:41 UTC: the date of a document. */
export function documentDate(timeMs: number): string {
  const date = new Date(timeMs);
  return `${days[date.getUTCDay()] ?? ''} ${dayAndMinute(timeMs)}`;
}

/** The time today (14:02:31), else the day (21 Nov 2026). */
export function todayOrDay(timeMs: number, nowMs: number): string {
  return day(timeMs) === day(nowMs) ? clock(timeMs) : day(timeMs);
}

/** 0.3 s · 51 s · 1 min 12 s · 2 h 5 min */
export function duration(ms: number): string {
  const seconds = ms / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${Math.round(seconds % 60)} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** 78% */
export function percent(part: number, whole: number): string {
  return whole === 0 ? '0%' : `${Math.round((100 * part) / whole)}%`;
}

/** First 8 and last 6 of a hash; copying gives all. */
export function shortHash(hash: string): string {
  return hash.length <= 16 ? hash : `${hash.slice(0, 8)}…${hash.slice(-6)}`;
}
