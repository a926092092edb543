/**
 * Bulk work: a durable queue that asks a model one thing of every document of a scope. It owns the kinds of work and the form of their
 * answers, the queue with its leases, the slots at each endpoint, budgets, and batch files. It never codes a document: what a model says is a
 * proposal, kept as an op with its quotes compared with the stored text. It opens no socket itself, and whatever leaves has been cleared, item by item.
 *
 * Decisions. An item is a document, or a chunk of a long one. Its key is a hash over profile, model, prompt version, input and parameters: what
 * has a kept answer under that key is never asked again, in whatever run. A lease is on disk, with the guard's record, before its request
 * leaves; after a crash what was leased waits again, so that an answer that was not kept may be asked for twice, and one that was kept never.
 * A person's question takes no slot and waits for none: bulk work has `limit` slots beside it, gives one up while somebody asks,
 * and at the one process that runs model files breaks off. Answers are asked for at temperature 0 with their schema; one that is not of that
 * form is a failed item that is counted and shown, and is not asked again unless a person says so. Pausing lets what is under way end; locking does not.
 * Source of the limits: additive increase and multiplicative decrease (Chiu and Jain, 1989); circuit breaker (Nygard, Release It!).
 */
export type { BatchFile } from './batch-export.ts';
export { createBulk, type Bulk, type BulkTools, type Order } from './create-bulk.ts';
export { defineKind, type BulkChunk, type BulkKind, type BulkKindSpec, type BulkPrompt, type JudgeTools } from './kind.ts';
export { bulkKinds } from './kinds/index.ts';
export { createLanes, type Lanes } from './lanes.ts';
export { placeQuote, supportOf } from './quotes.ts';
export { exportSendings, readBulkSending } from './sending.ts';
