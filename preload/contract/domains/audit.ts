/** Reading and checking the audit trail. Records never hold content. */
import * as z from 'zod';
import { route } from '../define.ts';
import { caseErrors } from '../errors.ts';
import { caseId, timeMs } from './basics.ts';

export const auditRecord = z.object({
  /** The chain: a case's, or null for the vault's own. */
  case: caseId.nullable(),
  record: z.number().int(),
  at: timeMs,
  who: z.string(),
  device: z.string(),
  action: z.string(),
  /** Ids of what it was done to. */
  objects: z.array(z.string()),
  marking: z.string(),
  outcome: z.enum(['done', 'refused', 'failed']),
  /** Numbers and codes that describe the action, never text of a document. */
  detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  hash: z.string(),
  previous: z.string(),
});
export type AuditRecord = z.infer<typeof auditRecord>;

const scope = { case: caseId.nullable() };

export const auditRoutes = {
  /** Newest first. */
  'audit.list': route({ input: z.strictObject({ ...scope, offset: z.number().int().min(0), limit: z.number().int().min(1).max(500) }), output: z.object({ total: z.number().int(), records: z.array(auditRecord) }), errors: [caseErrors.unknownCase] }),
  /** Checks the vault's chain and every case's. `firstBad` names the first record that does not fit. */
  'audit.verify': route({
    input: z.strictObject({}),
    output: z.object({ ok: z.boolean(), records: z.number().int(), firstBad: z.object({ case: caseId.nullable(), record: z.number().int(), why: z.string() }).nullable() }),
    errors: [],
  }),
  /** All records of all chains, each chain oldest first, in batches. `unreadable` names cases whose chain could not be opened. */
  'audit.export': route({ input: z.strictObject({}), progress: z.object({ records: z.array(auditRecord) }), output: z.object({ records: z.number().int(), unreadable: z.array(caseId) }), errors: [] }),
};
