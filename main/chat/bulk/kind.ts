/** What a kind of bulk work is: what it asks of a chunk of a document, in which form the answer comes, and what is made of it. */
import * as z from 'zod';
import type { BulkJudged } from '../../../preload/contract/domains/bulk.ts';
import { AppError } from '../../base/errors.ts';
import type { JsonSchema } from '../../models/index.ts';
import type { Rarity } from '../check/index.ts';

/** A part of a document that one request is about. */
export interface BulkChunk {
  /** The title, or "Document 12" where the title may not go. */
  readonly title: string;
  /** In a prompt: between two lines with a code that stands nowhere in it, ready to be put among words of ours. When it is judged: word for word as it is stored. */
  readonly text: string;
  /** Offset of the text in its document's canonical text, and the end. */
  readonly start: number;
  readonly end: number;
}

/** What is asked. `system` holds no word of a person or a document (that the text is data is added to it); everything in `user` goes through the finder of personal data. */
export interface BulkPrompt {
  readonly system: string;
  readonly user: string;
  /** The longest answer. */
  readonly maxTokens: number;
}

/** What judging may use. */
export interface JudgeTools {
  readonly rarity: Rarity;
}

/** A kind as it is declared. Any change of prompt or form is a new version: what an older one answered is not taken for an answer of it. */
export interface BulkKindSpec<P extends z.ZodType, O extends z.ZodType> {
  readonly kind: string;
  readonly version: number;
  /** For people. */
  readonly title: string;
  readonly parameters: P;
  /** The model's output: strict objects with every property required, which is what every server takes. */
  readonly output: O;
  /** UTF-16 units of a document in one request, at most. */
  readonly chunkChars?: number;
  readonly toRequest: (chunk: BulkChunk, parameters: z.output<P>) => BulkPrompt;
  /** Makes of an output what is kept. Quotes are placed with `placeQuote`: a quote that does not stand in the text opens nothing. */
  readonly judge: (output: z.output<O>, chunk: BulkChunk, parameters: z.output<P>, tools: JudgeTools) => BulkJudged | Promise<BulkJudged>;
}

/** A kind with its parameters read. */
export interface OpenedKind {
  readonly toRequest: (chunk: BulkChunk) => BulkPrompt;
  /** Null when the value is not of the kind's form. */
  readonly judge: (value: unknown, chunk: BulkChunk, tools: JudgeTools) => Promise<BulkJudged | null>;
}

/** A kind as the queue sees it. */
export interface BulkKind {
  readonly kind: string;
  readonly version: number;
  readonly title: string;
  readonly chunkChars: number;
  /** The form of an answer as JSON schema. */
  readonly schema: JsonSchema;
  /** Throws bulk.bad-parameters. */
  readonly open: (parameters: unknown) => OpenedKind;
}

/** About 1,700 tokens; finding personal data in more holds up the engine for too long. */
const usualChunkChars = 6_000;

/** Declares a kind. */
export function defineKind<P extends z.ZodType, O extends z.ZodType>(spec: BulkKindSpec<P, O>): BulkKind {
  const { $schema: _dialect, ...schema } = z.toJSONSchema(spec.output);
  return {
    kind: spec.kind, version: spec.version, title: spec.title, chunkChars: spec.chunkChars ?? usualChunkChars, schema,
    open: (given) => {
      const parsed = spec.parameters.safeParse(given);
      if (!parsed.success) throw new AppError('bulk.bad-parameters', 'What is asked for is not of the form that this kind of work takes.', { data: { kind: spec.kind, fields: parsed.error.issues.map((issue) => issue.path.join('.')) } });
      return {
        toRequest: (chunk) => spec.toRequest(chunk, parsed.data),
        judge: async (value, chunk, tools) => {
          const output = spec.output.safeParse(value);
          return output.success ? await spec.judge(output.data, chunk, parsed.data, tools) : null;
        },
      };
    },
  };
}
