/** Fields as servers send them, lenient on purpose: what has an unexpected shape counts as absent, so that an extension of some server does not lose an answer. */
import * as z from 'zod';

/** A string, or null. */
export const text = z.string().nullish().transform((value) => value ?? null).catch(null);
/** A number of tokens, or null. */
export const count = z.number().int().nonnegative().nullish().transform((value) => value ?? null).catch(null);
/** A size that is at least one, or undefined. */
export const size = z.number().int().positive().optional().catch(undefined);
