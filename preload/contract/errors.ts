/**
 * Every error code that may cross the bridge, grouped by domain. Zod-free: the renderer imports these as values.
 * A code is a promise to callers and to scripts: never rename one, never reuse one with another meaning.
 */

/** Codes that the transport itself answers with. */
export const bridgeErrors = {
  invalidInput: 'bridge.invalid-input',
  invalidOutput: 'bridge.invalid-output',
  unknownRoute: 'bridge.unknown-route',
  cancelled: 'bridge.cancelled',
  closed: 'bridge.closed',
  internal: 'bridge.internal',
} as const;

/** Codes of opening, creating and checking a vault. */
export const vaultErrors = {
  absent: 'vault.absent',
  exists: 'vault.exists',
  locked: 'vault.locked',
  inUse: 'vault.in-use',
  wrongPassphrase: 'vault.wrong-passphrase',
  wrongRecoveryCode: 'vault.wrong-recovery-code',
  waitBeforeRetry: 'vault.wait-before-retry',
  emptyPassphrase: 'vault.empty-passphrase',
  newer: 'vault.newer',
  slotsDamaged: 'vault.slots-damaged',
  databaseDamaged: 'vault.database-damaged',
  blobDamaged: 'vault.blob-damaged',
  blobMissing: 'vault.blob-missing',
  diskFull: 'vault.disk-full',
  notWritable: 'vault.not-writable',
} as const;

/** Codes of cases and what is in them. */
export const caseErrors = {
  unknownCase: 'case.unknown',
  ambiguousCase: 'case.ambiguous',
  nameTaken: 'case.name-taken',
  archived: 'case.archived',
  unknownDocument: 'case.unknown-document',
  unknownSet: 'case.unknown-set',
  unknownJob: 'case.unknown-job',
  unknownConversation: 'case.unknown-conversation',
  unknownAnnotation: 'case.unknown-annotation',
  unknownPassage: 'case.unknown-passage',
  unknownTurn: 'case.unknown-turn',
  answerChanged: 'case.answer-changed',
  unknownLabel: 'case.unknown-label',
  badPlan: 'case.bad-plan',
  noText: 'case.no-text',
  noPage: 'case.no-page',
  notDrawn: 'case.not-drawn',
  ocrLanguageAbsent: 'case.ocr-language-absent',
  badSpan: 'case.bad-span',
  pathAbsent: 'case.path-absent',
  pathIsVault: 'case.path-is-vault',
  folderWatched: 'case.folder-watched',
  unknownWatch: 'case.unknown-watch',
  groupTooLarge: 'case.group-too-large',
  folderNotEmpty: 'case.folder-not-empty',
} as const;

/** Codes of the query language. `data.at` is the UTF-16 offset of the fault in the query. */
export const searchErrors = {
  badQuery: 'search.bad-query',
} as const;

/** Codes of markings and of the guard. */
export const policyErrors = {
  badMarking: 'policy.bad-marking',
  aboveSystemHigh: 'policy.above-system-high',
  refused: 'policy.refused',
  notAsShown: 'policy.not-as-shown',
} as const;

/** Codes of model endpoints; the end states of an answer are data, not errors. */
export const endpointErrors = {
  unknownEndpoint: 'endpoint.unknown',
  nameTaken: 'endpoint.name-taken',
  badUrl: 'endpoint.bad-url',
  badProfile: 'endpoint.bad-profile',
  unreachable: 'endpoint.unreachable',
  redirected: 'endpoint.redirected',
  unauthorised: 'endpoint.unauthorised',
  notAModel: 'endpoint.not-a-model',
  rateLimited: 'endpoint.rate-limited',
  contextTooLong: 'endpoint.context-too-long',
  rejected: 'endpoint.rejected',
  serverFailed: 'endpoint.server-failed',
  timedOut: 'endpoint.timed-out',
} as const;

/** Codes of model files. `data.why` of a bad file is a word of the header reader's, never the file's. */
export const modelErrors = {
  unknownModel: 'model.unknown',
  nameTaken: 'model.name-taken',
  exists: 'model.exists',
  inUse: 'model.in-use',
  badFile: 'model.bad-file',
  unsupported: 'model.unsupported',
  damaged: 'model.damaged',
} as const;

/** Codes of bulk work. `data.line` of a bad batch file counts from 1. */
export const bulkErrors = {
  unknownRun: 'bulk.unknown-run',
  unknownBatch: 'bulk.unknown-batch',
  unknownSending: 'bulk.unknown-sending',
  unknownKind: 'bulk.unknown-kind',
  badParameters: 'bulk.bad-parameters',
  nothingToDo: 'bulk.nothing-to-do',
  ended: 'bulk.ended',
  atWork: 'bulk.at-work',
  noBatchForm: 'bulk.no-batch-form',
  badBatchFile: 'bulk.bad-batch-file',
} as const;

type Values<T> = T[keyof T];

/** Any code that may cross the bridge. */
export type ErrorCode =
  | Values<typeof bridgeErrors>
  | Values<typeof vaultErrors>
  | Values<typeof caseErrors>
  | Values<typeof searchErrors>
  | Values<typeof policyErrors>
  | Values<typeof endpointErrors>
  | Values<typeof modelErrors>
  | Values<typeof bulkErrors>;

/** A failure as it crosses the bridge: a code to branch on, a sentence to show, and data that never holds document text. */
export interface WireError {
  readonly code: ErrorCode;
  readonly message: string;
  readonly data?: Readonly<Record<string, unknown>> | undefined;
}
