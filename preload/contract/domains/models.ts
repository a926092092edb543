/** Model files that the vault keeps: what an `embedded` endpoint runs. */
import * as z from 'zod';
import { route } from '../define.ts';
import { caseErrors, endpointErrors, modelErrors, vaultErrors } from '../errors.ts';
import { modelId, nothing, sha256, timeMs } from './basics.ts';

/** What a model is for: answering, or turning texts into vectors. */
export const modelKind = z.enum(['chat', 'embedding']);
export type ModelKind = z.infer<typeof modelKind>;

/** A model's name in the vault: one line, no path. */
export const modelName = z.string().trim().min(1).max(120).regex(/^[^\p{Cc}/\\]+$/u);

export const modelInfo = z.object({
  model: modelId,
  name: z.string(),
  kind: modelKind,
  sha256,
  sizeBytes: z.number().int().positive(),
  /** The family that the file names, such as llama or bert. */
  architecture: z.string(),
  /** What it was trained for; an endpoint may use less. */
  contextTokens: z.number().int().positive(),
  /** What the file says of its licence; null when it says nothing. */
  licence: z.string().nullable(),
  addedAt: timeMs,
  /** Names of the endpoints that run it. */
  endpoints: z.array(z.string()),
});
export type ModelInfo = z.infer<typeof modelInfo>;

export const modelRoutes = {
  'models.list': route({ input: nothing, output: z.object({ models: z.array(modelInfo) }), errors: [] }),
  /** Copies a GGUF file into the vault, checks its header, then lets the model's own process load it. `name` is the file's when it is null. */
  'models.add': route({
    input: z.strictObject({ path: z.string().min(1).max(4096), name: modelName.nullable().default(null) }),
    progress: z.object({ phase: z.enum(['copying', 'loading']), done: z.number(), total: z.number(), unit: z.literal('bytes') }),
    output: modelInfo,
    errors: [modelErrors.nameTaken, modelErrors.exists, modelErrors.badFile, modelErrors.unsupported, caseErrors.pathAbsent, caseErrors.pathIsVault, vaultErrors.diskFull, vaultErrors.notWritable, endpointErrors.serverFailed],
  }),
  /** Removes a file that no endpoint uses. */
  'models.remove': route({ input: z.strictObject({ model: modelId }), output: nothing, errors: [modelErrors.unknownModel, modelErrors.inUse] }),
};
