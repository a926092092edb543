/**
 * Asking the case: retrieval, the extractive reader, answers of models, citations that are compared with the stored text, and
 * conversations as ops. It never opens a socket itself: what goes to a model is cleared by policy/ and sent by models/.
 */
export { askCase, previewQuestion, type AskTools, type Question } from './ask.ts';
export { bulkKinds, createBulk, createLanes, defineKind, exportSendings, placeQuote, supportOf, type BatchFile, type Bulk, type BulkChunk, type BulkKind, type BulkKindSpec, type BulkPrompt, type JudgeTools, type Lanes, type Order } from './bulk/index.ts';
export { checkText, type TextToCheck } from './check-text.ts';
export { listShownConversations, readTurns, renameConversation, rollUpOfTurn, searchConversations } from './conversations.ts';
export { createCounter, listTables, planQuestion, proposeTablePlan, readItems, type Counter } from './exhaustive/index.ts';
export { exportConversation } from './export-conversation.ts';
export { acceptAnswer, editAnswer, reviewOf } from './review.ts';
export { createCaseReader, type CaseReader } from './reader/index.ts';
