/** Bringing files into a case. */
import * as z from 'zod';
import { route } from '../define.ts';
import { caseErrors, vaultErrors } from '../errors.ts';
import { caseId, documentId, documentState, jobId, nothing, stateReason, timeMs, watchId } from './basics.ts';
import { ocrLanguages } from './ocr.ts';

/** Files of one job by how they ended. The five sum to `done`; members of containers are counted apart, in `children`. */
export const ingestCounts = z.object({
  seen: z.number().int(),
  done: z.number().int(),
  added: z.number().int(),
  unchanged: z.number().int(),
  duplicates: z.number().int(),
  noText: z.number().int(),
  quarantined: z.number().int(),
  children: z.number().int(),
  /** The files' sizes when they were found: of all, and of those that are done. */
  bytesSeen: z.number(),
  bytesDone: z.number(),
});
export type IngestCounts = z.infer<typeof ingestCounts>;

export const ingestJob = z.object({
  job: jobId,
  /** Names of what was dropped, without their folders. */
  label: z.string(),
  state: z.enum(['running', 'paused', 'done', 'cancelled', 'failed']),
  /** True until every file of the job has been found: totals still grow. */
  finding: z.boolean(),
  counts: ingestCounts,
  /** Files per second over the last ten seconds of work; null before the first. */
  rate: z.number().nullable(),
  /** Estimated milliseconds left at that rate; null while finding, paused or unknown. */
  leftMs: z.number().nullable(),
  elapsedMs: z.number(),
  startedAt: timeMs,
  endedAt: timeMs.nullable(),
  workers: z.number().int(),
  /** The file that has been read for the longest; null when none is. */
  reading: z.string().nullable(),
  /** Why a failed job stopped, in a sentence; null otherwise. */
  fault: z.string().nullable(),
});
export type IngestJob = z.infer<typeof ingestJob>;

/** Files of a job that ended for one reason. `advice` says what a person can do. */
/** A reason, and how many files of a job it holds, or members of containers among them. `canUnlock`: a password may open them. */
export const ingestFailure = z.object({ reason: stateReason, files: z.number().int(), members: z.number().int(), firstPath: z.string(), canRetry: z.boolean(), canUnlock: z.boolean(), advice: z.string() });
export type IngestFailure = z.infer<typeof ingestFailure>;

export const ingestItem = z.object({
  path: z.string(),
  /** True for what lies in one of the job's files: it is read with that file. */
  isMember: z.boolean(),
  /** A password may open it. */
  canUnlock: z.boolean(),
  document: documentId.nullable(),
  state: documentState,
  reason: stateReason,
  advice: z.string(),
  sizeBytes: z.number().int().nullable(),
  at: timeMs,
  /** How often it was read; 0 for what was never opened. */
  tries: z.number().int(),
});
export type IngestItem = z.infer<typeof ingestItem>;

/** Which walls stand around the processes that read files, on this computer and under this host (main/work says what each is). */
export const ingestWalls = z.object({
  network: z.enum(['namespace', 'blocked-in-process']),
  files: z.enum(['own-root', 'permission-model', 'permission-model-but-native', 'none']),
  limits: z.enum(['kernel', 'watched']),
  memory: z.enum(['resident', 'reported']),
});
export type IngestWalls = z.infer<typeof ingestWalls>;

/** Passwords of files, tried in their order on what is encrypted. */
const filePasswords = z.array(z.string().min(1).max(1024)).max(1000);

/** A folder whose new and changed files are taken in by themselves while the case is open. `off`: it is not looked at until the case is opened again. */
export const watchedFolder = z.object({
  watch: watchId,
  path: z.string(),
  label: z.string(),
  since: timeMs,
  /** When it was last looked at since the case was opened; null before. */
  lookedAt: timeMs.nullable(),
  state: z.enum(['waiting', 'taking-in', 'absent', 'off']),
});
export type WatchedFolder = z.infer<typeof watchedFolder>;

const jobRef = z.strictObject({ case: caseId, job: jobId });

export const ingestRoutes = {
  /** Starts a job over files and folders of this computer and answers before the first is read. `ocr`: whether pictures are read, and in which languages; left out, as the case has it. */
  'ingest.start': route({
    input: z.strictObject({ case: caseId, paths: z.array(z.string().min(1)).min(1), workers: z.number().int().min(1).max(16).optional(), passwords: filePasswords.optional(), ocr: z.boolean().optional(), ocrLanguages: ocrLanguages.optional() }),
    output: ingestJob,
    errors: [caseErrors.unknownCase, caseErrors.archived, caseErrors.pathAbsent, caseErrors.pathIsVault, caseErrors.ocrLanguageAbsent, vaultErrors.diskFull],
  }),
  'ingest.jobs': route({ input: z.strictObject({ case: caseId }), output: z.object({ jobs: z.array(ingestJob) }), errors: [caseErrors.unknownCase] }),
  /** Emits the job's state at most ten times a second; ends with it when the job is done, cancelled or failed. */
  'ingest.watch': route({ input: jobRef, progress: ingestJob, output: ingestJob, errors: [caseErrors.unknownJob] }),
  'ingest.pause': route({ input: jobRef, output: ingestJob, errors: [caseErrors.unknownJob] }),
  'ingest.resume': route({ input: jobRef, output: ingestJob, errors: [caseErrors.unknownJob] }),
  'ingest.cancel': route({ input: jobRef, output: ingestJob, errors: [caseErrors.unknownJob] }),
  /** Tries the quarantined files of the job again. Passwords are held while the case is open and are never kept. */
  'ingest.retry': route({ input: jobRef.extend({ passwords: filePasswords.optional() }), output: ingestJob, errors: [caseErrors.unknownJob] }),
  'ingest.failures': route({ input: jobRef, output: z.object({ failures: z.array(ingestFailure) }), errors: [caseErrors.unknownJob] }),
  /** Members of containers in the job's files that are held, by path. */
  'ingest.held-members': route({
    input: z.strictObject({ case: caseId, job: jobId, offset: z.number().int().min(0), limit: z.number().int().min(1).max(500) }),
    output: z.object({ total: z.number().int(), items: z.array(ingestItem) }),
    errors: [caseErrors.unknownJob],
  }),
  /** Files of the job that ended without text or in quarantine, by path. */
  'ingest.items': route({
    input: z.strictObject({ case: caseId, job: jobId, state: z.enum(['no-text', 'quarantined']), offset: z.number().int().min(0), limit: z.number().int().min(1).max(500) }),
    output: z.object({ total: z.number().int(), items: z.array(ingestItem) }),
    errors: [caseErrors.unknownJob],
  }),
  /**
   * Every file of the case without text or held, members of containers too, as CSV: into a new file of a folder outside, or, without a
   * folder, in pieces. Recorded as an export.
   */
  'ingest.failures-csv': route({
    input: z.strictObject({ case: caseId, folder: z.string().min(1).nullable() }),
    progress: z.object({ text: z.string() }),
    /** `marking` is the banner line that every row carries; `file` is the new file's name. */
    output: z.object({ total: z.number().int(), file: z.string().nullable(), marking: z.string() }),
    errors: [caseErrors.unknownCase, caseErrors.pathAbsent, caseErrors.pathIsVault, vaultErrors.diskFull],
  }),
  'ingest.watched': route({ input: z.strictObject({ case: caseId }), output: z.object({ folders: z.array(watchedFolder) }), errors: [caseErrors.unknownCase] }),
  /** Turns watching of a folder on; what is in it is taken in first. Files must stand still before they are read. */
  'ingest.watch-folder': route({ input: z.strictObject({ case: caseId, path: z.string().min(1) }), output: watchedFolder, errors: [caseErrors.unknownCase, caseErrors.archived, caseErrors.pathAbsent, caseErrors.pathIsVault, caseErrors.folderWatched] }),
  /** Turns it off; what came in stays. */
  'ingest.unwatch-folder': route({ input: z.strictObject({ case: caseId, watch: watchId }), output: z.object({}), errors: [caseErrors.unknownCase, caseErrors.unknownWatch] }),
  /** What stands between a file that attacks its reader and everything else. */
  'ingest.walls': route({ input: nothing, output: ingestWalls, errors: [], whileLocked: true }),
  /** Formats that are read today, for the empty state. */
  'ingest.formats': route({ input: nothing, output: z.object({ formats: z.array(z.string()) }), errors: [], whileLocked: true }),
};
