/** What words alone do not prove, held against a quote that has them: the same for answers of models, for texts of people and for claims. Pure. */
import type { Claim } from './claim.ts';
import { isOrder, saysTooLittle, speaksOfItself } from './orders.ts';

/** Text before a quote that is looked at for an order to say it. */
const beforeChars = 80;

/** True for a span of a text that says what it says, and does not order somebody to say it. */
export function isSaying(body: string, { start, end }: { readonly start: number; readonly end: number }): boolean {
  return !isOrder(body.slice(start, end), body.slice(Math.max(0, start - beforeChars), start));
}

/** True for a sentence that something else than its own words may bear; `nearness` 1 is its own words. */
export function mayBeBorne(claim: Claim, nearness: number | null): boolean {
  return nearness === 1 || !(saysTooLittle(claim) || speaksOfItself(claim));
}
