/** Cases: one encrypted unit of work each. */
import * as z from 'zod';
import { route } from '../define.ts';
import { caseErrors, policyErrors, vaultErrors } from '../errors.ts';
import { caseId, markingText, markingView, nothing, timeMs } from './basics.ts';

export const caseInfo = z.object({
  case: caseId,
  name: z.string(),
  marking: markingView,
  archived: z.boolean(),
  createdAt: timeMs,
  /** Documents of the case, attachments and duplicates included; 0 when the case is damaged. */
  documents: z.number().int(),
  /** True when its database cannot be opened: it is listed, and the others work. */
  damaged: z.boolean(),
});
export type CaseInfo = z.infer<typeof caseInfo>;

export const caseRoutes = {
  'cases.list': route({ input: z.strictObject({ archived: z.boolean().default(false) }), output: z.object({ cases: z.array(caseInfo) }), errors: [vaultErrors.databaseDamaged] }),
  'cases.create': route({
    input: z.strictObject({ name: z.string().trim().min(1).max(200), marking: markingText }),
    output: caseInfo,
    errors: [caseErrors.nameTaken, policyErrors.badMarking, policyErrors.aboveSystemHigh, vaultErrors.diskFull],
  }),
  'cases.rename': route({ input: z.strictObject({ case: caseId, name: z.string().trim().min(1).max(200) }), output: caseInfo, errors: [caseErrors.unknownCase, caseErrors.nameTaken] }),
  /** Marks the case: what is unmarked in it counts as this from now on. Durable when it answers. */
  'cases.mark': route({ input: z.strictObject({ case: caseId, marking: markingText, reason: z.string().trim().min(1).max(2000) }), output: caseInfo, errors: [caseErrors.unknownCase, caseErrors.archived, policyErrors.badMarking, policyErrors.aboveSystemHigh] }),
  'cases.archive': route({ input: z.strictObject({ case: caseId, archived: z.boolean() }), output: caseInfo, errors: [caseErrors.unknownCase] }),
  /** Opens the case and records that it was opened. `resume` takes up jobs that were at work when the vault was last locked, unless the case is archived. */
  'cases.open': route({ input: z.strictObject({ case: caseId, resume: z.boolean().default(false) }), output: caseInfo, errors: [caseErrors.unknownCase, vaultErrors.databaseDamaged, vaultErrors.newer] }),
  /** Writes the whole case to an empty folder so that it can be read without Redoubt. */
  'cases.export': route({
    input: z.strictObject({ case: caseId, folder: z.string().min(1) }),
    progress: z.object({ phase: z.string(), done: z.number(), total: z.number().nullable(), unit: z.string() }),
    output: z.object({ files: z.number().int() }),
    errors: [caseErrors.unknownCase, caseErrors.folderNotEmpty, caseErrors.pathIsVault, caseErrors.pathAbsent, vaultErrors.blobDamaged, vaultErrors.diskFull],
  }),
};

export const engineEvent = z.object({
  /** What changed. `saved` also carries the time of the last durable write. */
  topic: z.enum(['vault', 'cases', 'documents', 'coding', 'notes', 'markings', 'chat', 'annotations', 'jobs', 'groups', 'ocr', 'texts', 'endpoints', 'models', 'network', 'bulk']),
  case: caseId.nullable(),
  at: timeMs,
});
export type EngineEvent = z.infer<typeof engineEvent>;

export const eventRoutes = {
  /** Emits an event after each change, until it is cancelled. */
  'events.watch': route({ input: nothing, progress: engineEvent, output: nothing, errors: [], whileLocked: true }),
};
