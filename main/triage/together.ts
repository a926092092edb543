import { mostTogether, type TogetherKind } from '../../preload/contract/domains/groups.ts';
import { AppError } from '../base/errors.ts';
import { listChildren, listNear, listThread, readDocument, type CaseStore, type DocumentRow } from '../store/index.ts';

/** Numbers of a document's whole family, from what it hangs on at the top down; at most one more than a decision may reach. */
export function familyOf(store: CaseStore, document: DocumentRow): number[] {
  let top = document;
  while (top.parent !== null) top = readDocument(store.read, top.parent);
  const found = [top.document];
  for (let at = 0; at < found.length && found.length <= mostTogether; at += 1) found.push(...listChildren(store.read, found[at] ?? 0).map((child) => child.document));
  return found;
}

/** The documents that a decision reaches, that one first: of each content the one that is reviewed. Throws case.group-too-large. */
export function togetherWith(store: CaseStore, document: DocumentRow, kinds: readonly TogetherKind[]): DocumentRow[] {
  const { content } = document;
  const numbers = new Set([document.document]);
  for (const kind of kinds) {
    if (kind === 'family') for (const number of familyOf(store, document)) numbers.add(readDocument(store.read, number).duplicateOf ?? number);
    else if (content !== null) for (const member of kind === 'near' ? listNear(store.read, content) : listThread(store.read, content)) numbers.add(member.document);
  }
  // The document may be at hand as a second copy: the first of its kind carries the code.
  if (document.duplicateOf !== null && kinds.length > 0) numbers.add(document.duplicateOf);
  if (numbers.size > mostTogether) throw new AppError('case.group-too-large', `This would code more than ${mostTogether} documents at once. Code them in smaller groups.`, { data: { most: mostTogether } });
  return [...numbers].map((number) => readDocument(store.read, number));
}
