import type { AuditRecord } from '../../preload/contract/domains/audit.ts';
import { cefLine } from './cef.ts';
import type { Product } from './event.ts';
import { ocsfEvent } from './ocsf.ts';

/** How a record is written when it leaves: as it is, as an OCSF event, or as a CEF event. */
export const auditFormats = ['jsonl', 'ocsf', 'cef'] as const;
export type AuditFormat = (typeof auditFormats)[number];

/** A record as one line, without the line's end. */
export function auditLine(record: AuditRecord, format: AuditFormat, product: Product): string {
  switch (format) {
    case 'jsonl': return JSON.stringify(record);
    case 'ocsf': return JSON.stringify(ocsfEvent(record, product));
    case 'cef': return cefLine(record, product);
  }
}
