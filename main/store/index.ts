/**
 * The encrypted store: the vault with its key slots, one database and one folder of originals per case, the op log and its
 * projections. It owns every line of SQL and the only use of the SQLite driver and of node:crypto. It decides nothing: whether
 * something may happen is policy/, that it happened is audit/. Formats: DESIGN.md "Store"; SQLCipher 4 page format (legacy=4), so
 * that a case can be opened without this program.
 *
 * Decision. There is one writing connection for what a case holds; the thread of checkpointer.ts has a second one that only folds the
 * log into the database, because at the writer's own commit that holds the engine up for a tenth of a second.
 */
export { appendOp, invertOp, type Decision } from './append.ts';
export type { BlobPlace, BlobStore, StreamedBlob } from './blobs.ts';
export { chunkBytes, verifyBlob } from './blobs.ts';
export type { Actor, AuditedStore, CaseStore } from './case-store.ts';
export type { OpenOptions, ReadDb, WriteDb } from './connection.ts';
export { nodeCrypto, type CryptoProvider } from './crypto.ts';
export { insertOp, iterateOps, listOps, readOp, type Op, type OpKind, type OpValue } from './ops.ts';
export { dumpProjections, project, readHeads, rebuild, type Head } from './projections.ts';
export { recoverySecret, type Unlocking } from './slots.ts';
export { countAnnotations, listAnnotations, readAnnotation, type AnnotationRow } from './tables/annotations.ts';
export { countAudit, insertAudit, iterateAudit, listAudit, readAnchor, readAuditHead, setAnchor, type AuditRow } from './tables/audit.ts';
export {
  addBulkSpent, countBulkItems, endBulkItem, findBatchItem, giveBackBulkItem, hasBulkAnswer, insertBulkBatch, insertBulkItem, leaseBulkItem, listBulkAnswers, listBulkBatches, listBulkReasons, listBulkResults, listBulkRuns, listUnnamedBatches, nameBulkBatch, withdrawBulkBatch,
  listQueuedItems, readBulkAnswer, readBulkItem, readBulkQueue, readBulkRun, releaseBulkLeases, requeueBulkItems, setBulkListed, type BulkItemRow, type BulkQueueRow, type BulkResultRow, type BulkRunRow,
} from './tables/bulk.ts';
export { findBatchSending, listAllBulkSendings, listBulkSendings } from './tables/bulk-sendings.ts';
export type { BulkFrame, BulkSent, BulkSpec } from './bulk-ops.ts';
export { listCases, readCase, readCaseByName, updateCase, type CaseRow } from './tables/cases.ts';
export { insertFoundDates, listFoundDates, type FoundDateRow } from './tables/found-dates.ts';
export { findContent, growText, insertContent, insertPages, insertText, iterateContents, pageAt, readBody, readContent, readPageItems, readPages, changeReason, replaceReading, type ContentReading, type ContentRow } from './tables/contents.ts';
export { findConversations, listConversations, listTurns, readConversation, readPromptVersion, readSending, readTurn, type ConversationRow, type TurnRow } from './tables/conversations.ts';
export {
  attachContent, countCodedSince, countDocuments, countVerdicts, findAtPath, findDocument, firstOfContent, childAt, insertDocument, iterateDocuments, listAtPath, listByContent, listChildren, listDecided,
  readDocument, readDocumentState, updateDocuments, updateDocumentReason, updateDocumentStates, type DocumentRow,
} from './tables/documents.ts';
export { deleteEndpoint, insertEndpoint, listEndpoints, readEndpoint, updateEndpoint, endpointProfile, type EndpointProfile, type EndpointRow, type EndpointSecrets } from './tables/endpoints.ts';
export { listContentsAbove, listFailedDocuments, listFailedItems, listHeldMembers, listHeldReasons, type FailureRow } from './tables/failures.ts';
export { countItems, documentItem, endItem, findJob, endWaitingItems, insertItem, insertJob, listFailures, listItems, listJobs, listPending, requeueHolding, requeueQuarantined, updateJob, type ItemCounts, type ItemRow, type ItemState, type JobRow, type JobState } from './tables/jobs.ts';
export { readMeta, writeMeta } from './tables/meta.ts';
export {
  countOcrContents, countOcrTry, endOcrPage, firstOcrFailure, insertOcrPages, keepOcrReading, listUnplacedPages, listWaitingPages, nextForOcr, ocrLanguages, placeOcrPage, readOcrPage, tallyOcr, wantFamilyOcr, askForOcr, wantOcr,
  type OcrTally,
} from './tables/ocr.ts';
export { confirmNearText, keepMessage, keepNearText, keepWithin, mergeThreads } from './tables/keep-groups.ts';
export { listThread, listThreads } from './tables/messages.ts';
export { countGrouped, listNear, listNearGroups } from './tables/near-texts.ts';
export { modelFiles, type ModelCopy, type ModelFiles } from './model-files.ts';
export { deleteModel, insertModel, listModels, readModel, readModelByName, type ModelRow } from './tables/models.ts';
export { listPassages, readPassage, type PassageRow } from './tables/passages.ts';
export { cellAt, insertSheets, type CellPlace, type SheetRow } from './tables/sheets.ts';
export { deleteWatchedFolder, insertWatchedFolder, iterateWatchedFiles, keepWatchedFiles, listWatchedFolders, type WatchedFolderRow } from './tables/watched-folders.ts';
export { checkDatabase } from './check.ts';
export { isDataFault } from './sqlite.ts';
export { createVault, forgetAttempts, lookAtVault, openEveryCase, unlockVault, type NewVault, type Vault, type VaultFace, type VaultTools } from './vault.ts';
