/**
 * A query as a tree. The constructors keep it canonical, so that printing and parsing give the same tree: conjunctions are flat
 * and have two children or more, nothing is negated twice, words hold at least one character that the index keeps.
 */
import type { DocumentFilter } from '../../store/reader.ts';

/** Columns that a word can be narrowed to; null is all of them. */
export type TextField = 'subject' | 'people';

export interface WordNode {
  readonly kind: 'word';
  readonly text: string;
  /** Any word that begins so. */
  readonly prefix: boolean;
  readonly field: TextField | null;
}

export interface PhraseNode {
  readonly kind: 'phrase';
  readonly text: string;
  readonly field: TextField | null;
}

/** A word or a phrase without a field. */
export type NearTerm = (WordNode | PhraseNode) & { readonly field: null };

/** Any of `left` at most `distance` words from any of `right`. */
export interface NearNode {
  readonly kind: 'near';
  readonly left: readonly NearTerm[];
  readonly right: readonly NearTerm[];
  readonly distance: number;
}

/** A name or an address in one header of a message. */
export interface AddressNode {
  readonly kind: 'address';
  readonly role: 'from' | 'to';
  readonly term: NearTerm;
}

/** What a document is, as `field:value`. `value` is canonical. */
export interface FilterNode {
  readonly kind: 'filter';
  readonly field: string;
  readonly value: string;
  readonly filter: DocumentFilter;
}

/** What is looked for, without what joins it. */
export type LeafNode = WordNode | PhraseNode | NearNode | AddressNode | FilterNode;

export type QueryNode =
  | LeafNode
  | { readonly kind: 'and' | 'or'; readonly children: readonly QueryNode[] }
  | { readonly kind: 'not'; readonly child: QueryNode };

/** All of, or any of, the nodes; one node is itself. */
export function joined(kind: 'and' | 'or', nodes: readonly QueryNode[]): QueryNode | null {
  const children = nodes.flatMap((node) => (node.kind === kind ? node.children : [node]));
  const [first] = children;
  if (first === undefined) return null;
  return children.length === 1 ? first : { kind, children };
}

/** Everything but the node. */
export function negated(node: QueryNode): QueryNode {
  return node.kind === 'not' ? node.child : { kind: 'not', child: node };
}

/** True for what can stand beside NEAR. */
export function isNearTerm(node: QueryNode): node is NearTerm {
  return (node.kind === 'word' || node.kind === 'phrase') && node.field === null;
}
