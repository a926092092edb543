/** FTS5 expressions. Every word of a person stands between double quotes, so that none is read as syntax. */
import type { LeafNode, NearNode, NearTerm, PhraseNode, QueryNode, WordNode } from './ast.ts';

/** A word, prefix or phrase, quoted; a prefix with its star. */
export function quotedTerm(node: Pick<NearTerm, 'kind' | 'text'> & { readonly prefix?: boolean }): string {
  return `"${node.text.replaceAll('"', ' ')}"${node.prefix === true ? ' *' : ''}`;
}

/** The expression of one leaf. */
export function leafMatch(node: WordNode | PhraseNode | NearNode): string {
  if (node.kind === 'near') {
    const pairs = node.left.flatMap((left) => node.right.map((right) => `NEAR(${quotedTerm(left)} ${quotedTerm(right)}, ${node.distance})`));
    return pairs.length === 1 ? pairs.join('') : `(${pairs.join(' OR ')})`;
  }
  return node.field === null ? quotedTerm(node) : `({${node.field}} : ${quotedTerm(node)})`;
}

/** All of, any of; without parentheses around one. */
export function joinMatches(operator: 'AND' | 'OR', parts: readonly string[]): string {
  return parts.length === 1 ? parts.join('') : `(${parts.join(` ${operator} `)})`;
}

/** Calls `visit` for the leaves that are looked for: those that no NOT takes away. */
export function visitPositive(node: QueryNode, visit: (leaf: LeafNode) => void): void {
  if (node.kind === 'not') return;
  if ('children' in node) for (const child of node.children) visitPositive(child, visit);
  else visit(node);
}

/** An expression that marks everything the query looks for in a text, or null when it looks for no words. */
export function markMatch(node: QueryNode): string | null {
  const parts: string[] = [];
  visitPositive(node, (leaf) => {
    if (leaf.kind === 'word' || leaf.kind === 'phrase' || leaf.kind === 'near') parts.push(leafMatch(leaf));
    if (leaf.kind === 'address') parts.push(`({people} : ${quotedTerm(leaf.term)})`);
  });
  return parts.length === 0 ? null : joinMatches('OR', [...new Set(parts)]);
}
