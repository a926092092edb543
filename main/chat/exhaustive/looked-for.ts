/** What a question names as looked for ("the spare pumps or BP-7742"), as a part of a query. */
import { stopWords, wordsOf } from '../../search/index.ts';

/** A part of a query, what of the question it is, and what it does not look for. */
export interface QueryPart {
  readonly query: string;
  readonly doubts: readonly string[];
  /** True when nobody could read the words around it as part of it: it stood in quotation marks. */
  readonly isQuoted: boolean;
}

const quoted = /^["“”„'‘’«»](.+)["“”'‘’«»]$/;
const reserved = /^(?:AND|OR|NOT|NEAR.*)$/;

/** Words that say how much, how often or that something is not there: unquoted, they are no part of what is looked for. */
const turning = new RegExp(`^(?:${[
  'neither|nor|no|not|none|nothing|nobody|nowhere|never|cannot|\\w+n[\u2019\']t|except|excepting|excluding|exclude|excludes|without|lacking|minus|besides|apart|unless|instead|rather|but',
  'only|just|solely|exclusively|merely|alone|every|each|all|both|either|everything|everyone|everybody|anything|anyone|anybody|something|someone|somebody|any|some|several|many|multiple|various|most|few|fewer|other|others|else|same|different',
  'once|twice|thrice|times|again|repeatedly|often|frequently|always|sometimes|rarely|ever|exactly|least|more|less|than|together|near|beside|also|too|including|includes?|plus|like|related|similar|synonyms?|variants?|spellings?|versus|vs|xor',
].join('|')})$`, 'i');

/** A doubt when words of an unquoted text turn its meaning. Part of a name (Never Despair Ltd) they turn nothing. */
export function turningDoubts(text: string, isName = false): string[] {
  const words = text.split(/[^\p{L}\p{N}'’]+/u).filter((word) => turning.test(word) && !(isName && /^\p{Lu}\p{Ll}/u.test(word)));
  return words.length === 0 ? [] : [`“${words.join('”, “')}” in “${text}” may say what is not, how often or which: it is looked for as words.`];
}

/** Small words that stand within names: Bank of Lowfen, Harrow on the Hill. */
const withinNames = new Set(['of', 'the', 'for', 'on', 'upon', 'in', 'at']);

/** A word or a phrase as the query language has it. */
export function termOf(text: string): string {
  const inner = text.replace(/["“”„«»]/g, ' ').replace(/\s+/g, ' ').trim();
  return /^[\p{L}\p{N}]+$/u.test(inner) && !reserved.test(inner) ? inner : `"${inner}"`;
}

/** One thing: a quoted text or a name word for word, a few words side by side, else its telling words anywhere. Null when the index keeps nothing of it. */
function oneThing(given: string): QueryPart | null {
  const text = given.replace(/^(?:the |a |an |any |his |her |their |our )+/i, '').replace(/^(?:word|words|phrase|term|terms|name|expression)\s+(?=\S)/i, '').trim();
  const inside = quoted.exec(text)?.[1];
  if (inside !== undefined) return wordsOf(inside).length === 0 ? null : { query: `"${inside.replace(/["“”„«»]/g, ' ').trim()}"`, doubts: [], isQuoted: true };
  const words = wordsOf(text);
  const telling = words.filter(({ folded }) => !stopWords.has(folded));
  if (telling.length === 0) return null;
  const isName = telling.every(({ start }) => /[\p{Lu}\p{N}]/u.test(text[start] ?? ''))
    && words.every((word, at) => !stopWords.has(word.folded) || /\p{Lu}/u.test(text[word.start] ?? '') || (at > 0 && at < words.length - 1 && withinNames.has(word.folded)));
  const odd = [
    ...(/[?;:!<>=]/.test(text) ? [`“${text}” holds marks that are not looked for.`] : []),
    ...turningDoubts(text, isName),
  ];
  if (words.length === 1 || isName || (telling.length === words.length && words.length <= 4)) return { query: termOf(text), doubts: odd, isQuoted: false };
  return { query: `(${telling.map(({ start, end }) => termOf(text.slice(start, end))).join(' ')})`, doubts: [`“${text}” is looked for as its words, anywhere in a document, not as what it says.`, ...odd], isQuoted: false };
}

/** Where a list of things is taken apart, outside of quotation marks. */
const between = /(?:"[^"]*"|“[^”]*”)|(\s*,\s*(?:and |or )?|\s+(?:and|or|as well as)\s+)/gi;

const neitherNor = /^neither\s+(.+?)\s+nor\s+(.+)$/;

/** "no pumps", "neither fuel nor pumps": what is not to be there. With “and” between, nobody knows whether one or both. */
function without(denied: string): QueryPart | null {
  const part = readLookedFor(denied);
  if (part === null) return null;
  const isSeveral = /\s/.test(part.query) && !/^\([^()]*\)$|^"[^"]*"$/.test(part.query);
  return { query: `NOT ${isSeveral ? `(${part.query})` : part.query}`, doubts: [...part.doubts, ...(isSeveral || part.query.includes('NOT ') ? ['What is not to be there can be read in two ways.'] : [])], isQuoted: part.isQuoted };
}

/** Reads what is looked for; null when nothing of it can be. */
export function readLookedFor(given: string): QueryPart | null {
  const denied = /^no\s+(.+)$/.exec(given.trim())?.[1] ?? neitherNor.exec(given.trim())?.slice(1).join(' or ');
  if (denied !== undefined) return without(denied);
  const text = given.trim().replace(/^(?:both|either)\s+/i, '');
  const pieces: string[] = [];
  const joins = new Set<'AND' | 'OR'>();
  let from = 0;
  for (const match of text.matchAll(between)) {
    const [, join] = match;
    if (join === undefined) continue;
    pieces.push(text.slice(from, match.index));
    from = match.index + match[0].length;
    if (/\bor\b/i.test(join)) joins.add('OR');
    else if (/\b(?:and|as well as)\b/i.test(join)) joins.add('AND');
  }
  pieces.push(text.slice(from));
  const parts = pieces.map(oneThing);
  if (parts.some((part) => part === null)) return null;
  const known = parts.filter((part) => part !== null);
  const [only] = known;
  if (known.length === 1 && only !== undefined) return only;
  const join = joins.has('OR') ? 'OR' : 'AND';
  const doubts = known.flatMap((part) => part.doubts);
  if (joins.size === 2) doubts.push('“and” beside “or” can be read in two ways.');
  if (joins.size === 0) doubts.push('Things parted by commas are all looked for.');
  const query = known.map((part) => part.query).join(join === 'OR' ? ' OR ' : ' ');
  return { query: join === 'OR' ? `(${query})` : query, doubts, isQuoted: known.every((part) => part.isQuoted) };
}
