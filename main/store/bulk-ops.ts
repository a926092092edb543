/** What ops of bulk work hold. */
import * as z from 'zod';
import { endpointId, marking, stateReason } from '../../preload/contract/domains/basics.ts';
import { bulkAnswer, bulkBudget, bulkRunState, bulkScope } from '../../preload/contract/domains/bulk.ts';

/** A run as it was ordered. Everything but the budget stays what it is. */
export const bulkSpec = z.object({
  kind: z.string(), version: z.number().int(), parameters: z.json(),
  endpoint: z.object({ endpoint: endpointId, name: z.string(), model: z.string(), host: z.string().nullable() }),
  scope: bulkScope, parametersMarking: marking.nullable(), isForBatch: z.boolean(),
});
export type BulkSpec = z.infer<typeof bulkSpec>;

export const bulkOpValues = {
  'bulk.started': z.object({ spec: bulkSpec, budget: bulkBudget }),
  /** How a run stands from now on, by a person or, with a reason, by the program. */
  'bulk.steered': z.object({ state: bulkRunState, reason: stateReason.nullable(), budget: bulkBudget }),
  /** A model's output that is kept. The entity is `bulk-result:` and the key in hex. */
  'bulk.answered': z.object({ answer: bulkAnswer }),
} as const;
