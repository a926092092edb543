import type { BulkBudget } from '../../../preload/contract/domains/bulk.ts';

/** What was spent, or may come to be. */
export interface Spent {
  readonly requests: number;
  /** In and out. */
  readonly tokens: number;
}

/** Whether a request may still be made when everything under way costs as much as it can: a budget is never gone over. */
export function fitsBudget(budget: BulkBudget, spent: Spent, underWay: Spent, next: Spent): boolean {
  const within = (limit: number | null, of: keyof Spent): boolean => limit === null || spent[of] + underWay[of] + next[of] <= limit;
  return within(budget.tokens, 'tokens') && within(budget.requests, 'requests');
}
