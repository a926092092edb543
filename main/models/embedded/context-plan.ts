/** How much a model may take of this computer: tokens of context, and resident memory in MB past which its process is ended. */
export interface ContextPlan {
  readonly contextTokens: number;
  readonly memoryMb: number;
}

/** What the plan is made from; bytes, but for tokens. `wantedTokens` is the profile's word, null without one. */
export interface ContextFacts {
  readonly trainedTokens: number;
  readonly wantedTokens: number | null;
  readonly tokenBytes: number;
  readonly fileBytes: number;
  readonly totalMemoryBytes: number;
}

/** Context costs memory from the start, used or not: without a wish, no more than answering over a few passages takes. */
const usualTokens = 16_384;
const fewestTokens = 256;
/** Share of the computer's memory that a model may have with its context. */
const memoryShare = 0.6;
/** The program, the vocabulary, and what a batch takes while it is worked on. */
const workingBytes = 1024 * 2 ** 20;

/** The context that the file, the profile and the computer's memory allow. */
export function planContext({ trainedTokens, wantedTokens, tokenBytes, fileBytes, totalMemoryBytes }: ContextFacts): ContextPlan {
  const forContext = totalMemoryBytes * memoryShare - fileBytes;
  const fitting = Math.floor(forContext / Math.max(1, tokenBytes));
  const contextTokens = Math.max(Math.min(fewestTokens, trainedTokens), Math.min(trainedTokens, wantedTokens ?? usualTokens, fitting));
  return { contextTokens, memoryMb: Math.ceil((fileBytes * 1.1 + contextTokens * tokenBytes * 1.25 + workingBytes) / 2 ** 20) };
}
