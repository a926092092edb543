import type { QueryNode } from './ast.ts';

/** What of a document a query looks at, under a NOT too. */
export interface QueryUses {
  /** Its words or its people: a document without text cannot be looked at. */
  readonly texts: boolean;
  readonly dates: boolean;
  /** Looks for one word or phrase in the text, and for nothing else in any: its places can be counted. */
  readonly isOneTerm: boolean;
}

/** What a query looks at. */
export function queryUses(node: QueryNode): QueryUses {
  let dates = false;
  let terms = 0;
  let others = 0;
  const visit = (each: QueryNode): void => {
    if (each.kind === 'not') visit(each.child);
    else if (each.kind === 'and' || each.kind === 'or') for (const child of each.children) visit(child);
    else if (each.kind === 'filter') dates ||= each.field === 'date';
    else if ((each.kind === 'word' || each.kind === 'phrase') && each.field === null) terms += 1;
    else others += 1;
  };
  visit(node);
  return { texts: terms + others > 0, dates, isOneTerm: terms === 1 && others === 0 && !isTakenAway(node) };
}

/** True when the words stand under a NOT: then there are no places to count. */
function isTakenAway(node: QueryNode): boolean {
  if (node.kind === 'not') return !('children' in node.child) && node.child.kind !== 'filter';
  return 'children' in node && node.children.some(isTakenAway);
}
