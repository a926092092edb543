/** How a query was read: its parts in words for the line under the box, and the highlight colour of each part. */
import type { ReadPart } from '../../../preload/contract/domains/sets.ts';
import type { NearTerm, QueryNode } from './ast.ts';

export type Group = 1 | 2 | 3;

/** A word, prefix or phrase that is looked for, with its colour. */
export interface GroupedTerm {
  readonly term: Pick<NearTerm, 'kind' | 'text'> & { readonly prefix?: boolean };
  readonly group: Group;
}

interface Walk {
  readonly parts: ReadPart[];
  readonly terms: GroupedTerm[];
  used: number;
}

/** The colours in turn. A top-level term has one colour; both sides of NEAR have their own. */
function nextGroup(walk: Walk): Group {
  walk.used += 1;
  const turn = walk.used % 3;
  return turn === 0 ? 3 : turn === 1 ? 1 : 2;
}

/** Reads a query aloud. */
export function readParts(node: QueryNode): { readonly parts: readonly ReadPart[]; readonly terms: readonly GroupedTerm[] } {
  const walk: Walk = { parts: [], terms: [], used: 0 };
  if (node.kind === 'and' || node.kind === 'or') joinedParts(walk, node.kind, node.children, null);
  else visit(walk, node, null);
  return walk;
}

function say(walk: Walk, kind: ReadPart['kind'], text: string, field: string | null = null, group: Group | null = null): void {
  walk.parts.push({ kind, text, field, group });
}

function joinedParts(walk: Walk, kind: 'and' | 'or', children: readonly QueryNode[], group: Group | 'none' | null): void {
  for (const [index, child] of children.entries()) {
    if (index > 0) say(walk, kind, kind === 'and' ? 'AND' : 'OR');
    visit(walk, child, group);
  }
}

/** `group` is the colour of the term that this is a part of, 'none' under a NOT, null at the top. */
function visit(walk: Walk, node: QueryNode, group: Group | 'none' | null): void {
  switch (node.kind) {
    case 'word':
    case 'phrase': return term(walk, node, node.field, group ?? nextGroup(walk));
    case 'address': return term(walk, node.term, node.role, group ?? nextGroup(walk));
    case 'filter': return say(walk, 'field', node.value, node.field);
    case 'near': {
      side(walk, node.left, group ?? nextGroup(walk));
      say(walk, 'near', `NEAR/${node.distance}`);
      return side(walk, node.right, group ?? nextGroup(walk));
    }
    case 'not':
      say(walk, 'not', 'NOT');
      return visit(walk, node.child, 'none');
    default: {
      say(walk, 'open', '(');
      joinedParts(walk, node.kind, node.children, group ?? (looksForWords(node) ? nextGroup(walk) : 'none'));
      return say(walk, 'close', ')');
    }
  }
}

function looksForWords(node: QueryNode): boolean {
  if (node.kind === 'and' || node.kind === 'or') return node.children.some(looksForWords);
  return node.kind !== 'filter' && node.kind !== 'not';
}

function side(walk: Walk, terms: readonly NearTerm[], group: Group | 'none'): void {
  if (terms.length > 1) say(walk, 'open', '(');
  for (const [index, each] of terms.entries()) {
    if (index > 0) say(walk, 'or', 'OR');
    term(walk, each, null, group);
  }
  if (terms.length > 1) say(walk, 'close', ')');
}

function term(walk: Walk, node: GroupedTerm['term'], field: string | null, group: Group | 'none'): void {
  const kind = node.kind === 'phrase' ? 'phrase' : node.prefix === true ? 'prefix' : 'term';
  say(walk, kind, node.text, field, group === 'none' ? null : group);
  if (group !== 'none') walk.terms.push({ term: node, group });
}
