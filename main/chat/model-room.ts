/** How much an endpoint takes at once, and what of it an answer is left. */
import { isOutside } from '../models/index.ts';
import type { EndpointRow } from '../store/index.ts';
import { usualOutputTokens } from './prompt.ts';

/** What a server takes that says nothing of it: most take more, and one that takes less says so. */
const assumedTokens = 8192;
/** An answer is left at most this share of what the model takes. */
const answerShare = 0.25;
/** Passages given at most. A model on this laptop reads each of them slowly. */
const mostPassages = { outside: 24, here: 12 } as const;

export interface ModelRoom {
  readonly limitTokens: number;
  readonly answerTokens: number;
  readonly mostPassages: number;
}

/** The room at an endpoint. `toldTokens` is what it said when it was sent too much; null when it was not. */
export function roomOf({ profile }: Pick<EndpointRow, 'profile'>, toldTokens: number | null = null): ModelRoom {
  const known = [profile.contextTokens, profile.capabilities?.contextTokens ?? null, toldTokens].filter((tokens) => tokens !== null);
  const limitTokens = known.length === 0 ? Math.max(assumedTokens, (profile.maxOutputTokens ?? 0) / answerShare) : Math.min(...known);
  return { limitTokens, answerTokens: Math.min(profile.maxOutputTokens ?? usualOutputTokens, Math.floor(limitTokens * answerShare)), mostPassages: isOutside(profile) ? mostPassages.outside : mostPassages.here };
}
