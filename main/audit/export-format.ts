import type { AuditRecord } from '../../preload/contract/domains/audit.ts';
import { cefLine } from './cef.ts';
import { plainJson } from '../base/written-out.ts';
import type { Product } from './event.ts';
import { ocsfEvent } from './ocsf.ts';

/** How a record is written when it leaves: as it is, as an OCSF event, or as a CEF event. */
export const auditFormats = ['jsonl', 'ocsf', 'cef'] as const;
export type AuditFormat = (typeof auditFormats)[number];

/** A record as one line, without the line's end. Hidden characters are JSON's own escapes. */
export function auditLine(record: AuditRecord, format: AuditFormat, product: Product): string {
  switch (format) {
    case 'jsonl': return plainJson(JSON.stringify(record));
    case 'ocsf': return plainJson(JSON.stringify(ocsfEvent(record, product)));
    case 'cef': return cefLine(record, product);
  }
}
