/** What every format for other systems says of a record. */
import type { AuditRecord } from '../../preload/contract/domains/audit.ts';

/** The program that writes, as receivers are told. */
export interface Product {
  readonly vendor: string;
  readonly name: string;
  readonly version: string;
}

/** When it happened, milliseconds since 1970: failed unlocks are recorded at the next unlock, and say their own time. */
export function happenedAtMs({ action, outcome, detail, at }: AuditRecord): number {
  const own = detail['at'];
  return action === 'vault.unlock' && outcome === 'refused' && typeof own === 'number' ? own : at;
}

/** "turn answered": the name of an action, for people. */
export function actionName(action: string): string {
  return action.replaceAll(/[.-]+/g, ' ').trim();
}

/** How much an event matters: OCSF's severity_id, and CEF's scale of 0 to 10. */
export interface Severity {
  readonly ocsf: number;
  readonly cef: number;
}

const informational: Severity = { ocsf: 1, cef: 1 };
const low: Severity = { ocsf: 2, cef: 3 };
const medium: Severity = { ocsf: 3, cef: 5 };
const high: Severity = { ocsf: 4, cef: 8 };

/** A refusal counts more than a failure; a vault that does not verify counts most: it was damaged or tampered with. */
export function severityOf({ action, outcome }: AuditRecord): Severity {
  if (outcome === 'done') return informational;
  if (outcome === 'refused') return medium;
  return action === 'vault.verified' ? high : low;
}
