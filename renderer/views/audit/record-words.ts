/** The words of an audit record. */
import type { AuditRecord } from '../../../preload/contract/domains/audit.ts';
import { clock, day } from '../../lib/format.ts';

/** 21 Nov 2026, 14:02:31 */
export function when(timeMs: number): string {
  return `${day(timeMs)}, ${clock(timeMs)}`;
}

/** The action with the numbers that describe it: "coding.set · verdict relevant". */
export function actionWords(record: AuditRecord): string {
  const detail = Object.entries(record.detail).slice(0, 3).map(([name, value]) => `${name} ${value === null ? 'none' : String(value)}`);
  return [record.action, ...detail].join(' · ');
}
