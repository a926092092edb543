/** Which document stands for a content: the first with its bytes. Known for all contents at once, as a common word asks for all of them. */
import { listFirsts, type ReadDb } from '../store/reader.ts';

/** By content; 0 where none is known. Contents are numbered upwards and keep their first document, so that only new ones are read. */
const knownByDb = new WeakMap<ReadDb, { first: Uint32Array; read: number }>();

function readMore(db: ReadDb, known: { first: Uint32Array; read: number }, after: number): void {
  const { contents, documents } = listFirsts(db, after);
  const last = contents.at(-1);
  if (last === undefined) return;
  if (last >= known.first.length) {
    const wider = new Uint32Array(Math.max(1024, 2 * last));
    wider.set(known.first);
    known.first = wider;
  }
  for (let at = 0; at < contents.length; at += 1) known.first[contents[at] ?? 0] = documents[at] ?? 0;
  known.read = last;
}

/** The first document of each content. A content is committed together with it. */
export function firstDocuments(db: ReadDb, contents: readonly number[]): Uint32Array {
  let known = knownByDb.get(db);
  if (known === undefined) knownByDb.set(db, known = { first: new Uint32Array(0), read: 0 });
  if (contents.some((content) => content > known.read)) readMore(db, known, known.read);
  const { first } = known;
  const documents = new Uint32Array(contents.length);
  for (let at = 0; at < contents.length; at += 1) documents[at] = first[contents[at] ?? 0] ?? 0;
  return documents;
}
