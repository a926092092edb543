/** What ops of bulk work hold. */
import * as z from 'zod';
import { batchId, bulkRunId, documentId, endpointId, marking, offset, opId, sha256, stateReason } from '../../preload/contract/domains/basics.ts';
import { batchFormat, bulkAnswer, bulkBudget, bulkRunState, bulkScope } from '../../preload/contract/domains/bulk.ts';

/** A run as it was ordered. Everything but the budget stays what it is. */
export const bulkSpec = z.object({
  kind: z.string(), version: z.number().int(), parameters: z.json(),
  endpoint: z.object({ endpoint: endpointId, name: z.string(), model: z.string(), host: z.string().nullable() }),
  scope: bulkScope, parametersMarking: marking.nullable(), isForBatch: z.boolean(),
});
export type BulkSpec = z.infer<typeof bulkSpec>;

/** What every request of a run begins with and asks for. It is kept once, under the SHA-256 of its canonical JSON. */
export const bulkFrame = z.object({ system: z.string(), schema: z.json(), maxTokens: z.number().int().nullable(), temperature: z.number().nullable() });
export type BulkFrame = z.infer<typeof bulkFrame>;

/** A request as it was kept before it left, or before its line went into a batch file. The guard's roll-up is the op's marking. */
export const bulkSent = z.object({
  run: bulkRunId,
  /** Of the item, hex. */
  key: z.string(),
  document: documentId, start: offset, end: offset,
  /** SHA-256 of its frame, hex. */
  frame: sha256,
  /** SHA-256 of instruction and messages, hex: the one in the audit trail. */
  digest: sha256,
  /** The words that are its own, as Brotli of JSON in base 64; or the op that holds the same. */
  words: z.union([z.object({ packed: z.string() }), z.object({ as: opId })]),
  /** The file it went into and its line, from 1; null when the endpoint was asked directly. */
  batch: z.object({ batch: batchId, format: batchFormat, name: z.string(), line: z.number().int() }).nullable(),
});
export type BulkSent = z.infer<typeof bulkSent>;

export const bulkOpValues = {
  'bulk.started': z.object({ spec: bulkSpec, budget: bulkBudget }),
  /** How a run stands from now on, by a person or, with a reason, by the program. */
  'bulk.steered': z.object({ state: bulkRunState, reason: stateReason.nullable(), budget: bulkBudget }),
  /** The entity is `bulk-frame:` and the SHA-256 in hex. */
  'bulk.framed': bulkFrame,
  /** One for each try; its entity, `bulk-sending:` and an id, is of it alone. */
  'bulk.sent': bulkSent,
  /** A model's output that is kept. The entity is `bulk-result:` and the key in hex. */
  'bulk.answered': z.object({ answer: bulkAnswer }),
} as const;
