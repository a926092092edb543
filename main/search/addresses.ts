import type { Mailbox } from '../../preload/contract/domains/documents.ts';
import { iterateMail, type ReadDb } from '../store/reader.ts';
import type { AddressNode } from './query/ast.ts';
import { quotedTerm } from './query/to-match.ts';
import { wordsOf } from './words.ts';

/**
 * Contents of the messages whose From, or whose To or Cc, has the words side by side, unstemmed, in a name or an address. The
 * index's people column narrows; the headers decide.
 */
export function findByAddress(db: ReadDb, { role, term }: AddressNode): number[] {
  const wanted = wordsOf(term.text).map(({ folded }) => folded);
  const prefix = term.kind === 'word' && term.prefix;
  const out: number[] = [];
  for (const { content, mail } of iterateMail(db, `{people} : ${quotedTerm(term)}`)) {
    const boxes = role === 'from' ? mail.from : [...mail.to, ...mail.cc];
    if (boxes.some((box) => holds(box, wanted, prefix))) out.push(content);
  }
  return out;
}

function holds({ name, address }: Mailbox, wanted: readonly string[], prefix: boolean): boolean {
  const words = wordsOf(`${name} ${address}`).map(({ folded }) => folded);
  return words.some((_word, from) => wanted.every((want, index) => {
    const word = words[from + index];
    return word !== undefined && (prefix && index === wanted.length - 1 ? word.startsWith(want) : word === want);
  }));
}
