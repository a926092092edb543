/**
 * Triage: the reviewer's decisions on documents, their notes, counts and history, and taking decisions back. Every change is an
 * op with an audit record in one transaction. Queues are ordered sets, which search/ keeps; this folder never ranks.
 */
export { codingCounts, codingHistory, exportCodes, setNote, setVerdict, setVerdicts } from './coding.ts';
export { familyOf, togetherWith } from './together.ts';
export { createUndoStack, type UndoStack } from './undo-stack.ts';
export { describeMarking, markAnswer, markCase, markDocument, markPassages, unmarkPassage } from './marking.ts';
