import type { NearTerm, QueryNode } from './ast.ts';

/** The query in the language's canonical spelling: parsing it gives the same tree. */
export function printQuery(node: QueryNode): string {
  switch (node.kind) {
    case 'word':
    case 'phrase': return `${node.field === null ? '' : `${node.field}:`}${term(node)}`;
    case 'address': return `${node.role}:${term(node.term)}`;
    case 'filter': return `${node.field}:${/[\s()]/.test(node.value) ? `"${node.value}"` : node.value}`;
    case 'near': return `${group(node.left)} NEAR/${node.distance} ${group(node.right)}`;
    case 'not': return `NOT ${within(node.child, node.child.kind === 'and' || node.child.kind === 'or')}`;
    case 'and': return node.children.map((child) => within(child, child.kind === 'or')).join(' ');
    case 'or': return node.children.map(printQuery).join(' OR ');
  }
}

function term(node: Pick<NearTerm, 'kind' | 'text'> & { readonly prefix?: boolean }): string {
  if (node.kind === 'phrase') return `"${node.text}"`;
  return node.prefix === true ? `${node.text}*` : node.text;
}

function group(terms: readonly NearTerm[]): string {
  const text = terms.map(term).join(' OR ');
  return terms.length === 1 ? text : `(${text})`;
}

function within(node: QueryNode, parentheses: boolean): string {
  return parentheses ? `(${printQuery(node)})` : printQuery(node);
}
