/** What of a question's material fits a model: the question always, then passages best first, with room left for the answer and some for what was said before. Pure. */
import { AppError } from '../base/errors.ts';

/** Sizes in tokens. */
export interface ToPack {
  /** What the model takes at once, question, passages and answer together. */
  readonly limitTokens: number;
  /** Room that the answer is left. */
  readonly answerTokens: number;
  /** The instruction, the question and the form around them: always sent. */
  readonly fixedTokens: number;
  /** Earlier turns, newest first. */
  readonly turns: readonly number[];
  /** Passages, best first. */
  readonly passages: readonly number[];
}

export interface Packed {
  /** Indices of the passages that go, in order. */
  readonly passages: readonly number[];
  /** How many of the turns go, counted from the newest. */
  readonly turns: number;
  readonly usedTokens: number;
}

/** What earlier turns may have of the room beside the question. */
const turnsShare = 0.25;

/** Fits passages and turns into the room. A passage that is too long is passed over for the next. Throws endpoint.context-too-long when the question alone leaves no room for an answer. */
export function packContext({ limitTokens, answerTokens, fixedTokens, turns, passages }: ToPack, endpoint: string): Packed {
  const room = limitTokens - answerTokens - fixedTokens;
  if (room < 0) throw new AppError('endpoint.context-too-long', `The question is longer than what ${endpoint} takes at once: it takes ${limitTokens} tokens, ${answerTokens} of them for the answer. Shorten the question.`, { data: { endpoint, contextTokens: limitTokens } });
  let turnsUsed = 0;
  let kept = 0;
  for (const tokens of turns) {
    if (turnsUsed + tokens > room * turnsShare) break;
    turnsUsed += tokens;
    kept += 1;
  }
  let used = turnsUsed;
  const chosen: number[] = [];
  for (const [index, tokens] of passages.entries()) {
    if (used + tokens > room) continue;
    used += tokens;
    chosen.push(index);
  }
  return { passages: chosen, turns: kept, usedTokens: fixedTokens + used };
}
