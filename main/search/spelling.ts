import { countTextsWith, findText, iterateTerms, readColumns, type IndexTerm, type ReadDb } from '../store/reader.ts';
import { editDistance } from './edit-distance.ts';
import { firstHits, planHits } from './find-hits.ts';
import { stem, wordsOf } from './words.ts';

/** Stems compared at most for one word. */
const maxCompared = 200_000;
/** Characters of a text in which the written form is looked for. */
const sampleChars = 1_000_000;

/**
 * Words of the case that are one or two mistakes away from a word that no text has, as written there: nearest first, then the
 * most frequent. Empty when a text has the word, for several words at once, for short words and for numbers.
 */
export function spellings(db: ReadDb, text: string, limit: number): string[] {
  const [word, ...more] = wordsOf(text);
  if (word === undefined || more.length > 0 || word.folded.length < 4 || /\d/.test(word.folded)) return [];
  const wanted = stem(word.folded);
  if (countTextsWith(db, wanted) > 0) return [];
  const reach = word.folded.length < 6 ? 1 : 2;
  const near = nearTerms(db, wanted, reach);
  const out: string[] = [];
  for (const { term } of near) {
    const written = writtenForm(db, term);
    if (written !== null && !out.includes(written)) out.push(written);
    if (out.length === limit) break;
  }
  return out;
}

/** Only stems with the same first letter: mistakes seldom stand there, and the rest of the index need not be read. */
function nearTerms(db: ReadDb, wanted: string, reach: number): IndexTerm[] {
  const first = String.fromCodePoint(wanted.codePointAt(0) ?? 0);
  const after = String.fromCodePoint((wanted.codePointAt(0) ?? 0) + 1);
  const found: { readonly term: IndexTerm; readonly distance: number }[] = [];
  let compared = 0;
  for (const term of iterateTerms(db, first, after)) {
    compared += 1;
    if (compared > maxCompared) break;
    const distance = editDistance(wanted, term.term, reach);
    if (distance <= reach) found.push({ term, distance });
  }
  found.sort((a, b) => a.distance - b.distance || b.term.documents - a.term.documents);
  return found.map(({ term }) => term);
}

/** A stem as some text of the case writes it, in lower case; null when the stem of the stem is another. */
function writtenForm(db: ReadDb, term: string): string | null {
  const content = findText(db, `"${term.replaceAll('"', ' ')}"`);
  const columns = content === null ? null : readColumns(db, content, sampleChars);
  if (columns === null) return null;
  for (const column of ['body', 'people', 'subject'] as const) {
    const [span] = firstHits(columns[column], planHits({ kind: 'word', text: term, prefix: false, field: null }, column), 1);
    if (span !== undefined) return columns[column].slice(span.start, span.end).toLowerCase();
  }
  return null;
}
