/** The "Read as" line: the engine's parts of a query, gathered into chips and the words between them. */
import type { ReadPart } from '../../../preload/contract/domains/sets.ts';

/** A chip holds what is looked for; a word stands between chips. */
export type ReadPiece =
  | { readonly kind: 'chip'; readonly text: string; readonly field: string | null; readonly group: 1 | 2 | 3 | null }
  | { readonly kind: 'word'; readonly text: string };

function groupOf(part: ReadPart): 1 | 2 | 3 | null {
  return part.group === 1 || part.group === 2 || part.group === 3 ? part.group : null;
}

/** `NEAR/5` reads "within 5 words of"; without a number, "near". */
function nearWords(text: string): string {
  const distance = /\d+/.exec(text)?.[0];
  if (distance === undefined) return 'near';
  return `within ${distance} ${distance === '1' ? 'word' : 'words'} of`;
}

/** Turns the parts into what is drawn, in order. */
export function readPieces(parts: readonly ReadPart[]): readonly ReadPiece[] {
  return parts.map((part): ReadPiece => {
    switch (part.kind) {
      case 'and': return { kind: 'word', text: 'and' };
      case 'or': return { kind: 'word', text: 'or' };
      case 'not': return { kind: 'word', text: 'not' };
      case 'near': return { kind: 'word', text: nearWords(part.text) };
      case 'open': return { kind: 'word', text: '(' };
      case 'close': return { kind: 'word', text: ')' };
      case 'phrase': return { kind: 'chip', text: `“${part.text.replace(/^"|"$/g, '')}”`, field: part.field, group: groupOf(part) };
      case 'prefix': return { kind: 'chip', text: part.text.endsWith('*') ? part.text : `${part.text}*`, field: part.field, group: groupOf(part) };
      case 'term':
      case 'field': return { kind: 'chip', text: part.text, field: part.field, group: groupOf(part) };
    }
  });
}
