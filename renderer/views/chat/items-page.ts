/** Pages of what an exhaustive answer found. */
import type { CaseId, TurnId } from '../../../preload/contract/domains/basics.ts';
import type { Input } from '../../../preload/contract/routes.ts';

/** Items of a page. */
export const pageItems = 25;

/** The page, from 0, that holds the item with this number, which counts from 1. */
export function pageOf(number: number): number {
  return Math.floor((number - 1) / pageItems);
}

/** What a page is asked for with. */
export function itemsInput(caseId: CaseId, turn: TurnId, page: number): Input<'chat.items'> {
  return { case: caseId, turn, offset: page * pageItems, limit: pageItems };
}
