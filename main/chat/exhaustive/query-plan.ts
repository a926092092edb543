/**
 * From a question to a query over every document: a small grammar that takes the question apart piece by piece. Whatever it cannot take is
 * named in a doubt, and a plan with doubts is not certain: it is shown, never run by itself.
 */
import type { CountedThing, QueryPlan } from '../../../preload/contract/domains/exhaustive.ts';
import { parseQuery, queryUses } from '../../search/index.ts';
import type { ExhaustiveQuestion } from './classify-question.ts';
import { neighbour, readDatePhrase } from './date-phrase.ts';
import { readLookedFor, termOf, turningDoubts } from './looked-for.ts';

/** A plan by query and what of the question it does not look for. */
export interface DerivedQuery {
  readonly plan: QueryPlan;
  readonly doubts: readonly string[];
}

interface State {
  rest: string;
  of: CountedThing;
  readonly parts: string[];
  readonly doubts: string[];
  /** True behind a text that is looked for and not quoted: words that follow could be its own. */
  isAfterText: boolean;
}

/** What is counted, by the noun that the question begins with. */
const nouns: readonly (readonly [RegExp, CountedThing, string | null])[] = [
  [/^(?:times|mentions?|occurrences?|places|references?)\b/i, 'mentions', null],
  [/^(?:e-?mails?|mails?|messages?)\b/i, 'messages', 'type:mail'],
  [/^pdfs?(?: files?| documents?)?\b/i, 'documents', 'type:pdf'],
  [/^(?:word (?:documents?|files?)|docx?(?: files?)?)\b/i, 'documents', 'type:word'],
  [/^(?:spreadsheets?|workbooks?|csvs?(?: files?)?|excel files?)\b/i, 'documents', 'type:table'],
  [/^(?:web ?pages?|html files?)\b/i, 'documents', 'type:web'],
  [/^(?:images?|pictures?|photos?|scans?)\b/i, 'documents', 'type:image'],
  [/^markdown files?\b/i, 'documents', 'type:markdown'],
  [/^text files?\b/i, 'documents', 'type:text'],
  [/^(?:documents?|files?|texts?)\b/i, 'documents', null],
];

/** Kinds of writing that people name and no file says of itself: which documents are such cannot be told by a query. */
const genres = /^(?:letters?|memos?|memoranda|memorandums?|minutes|reports?|invoices?|contracts?|statements?|notes?|articles?|papers?|transcripts?|certificates?|notices?|forms?|cables?|faxes)(?=\s+(?:that|which|mention|contain|name|includ|refer|cite|say|dated|from|to|in))/i;

const adjectives: readonly (readonly [RegExp, string])[] = [
  [/^not relevant\b|^irrelevant\b/i, 'coded:not-relevant'], [/^relevant\b/i, 'coded:relevant'], [/^uncoded\b/i, 'coded:none'], [/^unread\b/i, 'coded:none'], [/^deferred\b/i, 'coded:deferred'],
  [/^duplicated?\b/i, 'is:duplicate'], [/^annotated\b/i, 'has:annotation'], [/^quarantined\b/i, 'state:quarantined'], [/^(?:different|distinct|other|the|these|those|our|all|single)\b/i, ''],
];

const fillers = /^(?:(?:are|is|were|was) there|there (?:are|is|were|was)|do we have|have we got|exist|in all|altogether|in total|overall|at all|anywhere|ever|please|in (?:the|this|our) (?:whole )?(?:case|collection|dump|archive|set|folder)|of them|in the (?:documents?|files?|texts?|e-?mails?)|that (?:are|were|is|was|have been)|which (?:are|were|is|was)|(?:are|were|is|was|have been|has been|been)|and(?: that| which)?(?: (?:are|were|is|was))?|but|that|which|who|whose|do|does|did|have|has)\b[\s,]*/i;

const speaks = 'mention(?:s|ed|ing)?|contain(?:s|ed|ing)?|nam(?:e|es|ed|ing)|includ(?:e|es|ed|ing)|refer(?:s|red|ring)? to|referenc(?:e|es|ed|ing)|cit(?:e|es|ed|ing)|say(?:s|ing)?|said|use(?:s|d)?|using|hold(?:s)?|with the (?:words?|phrase|term|name)|have the (?:words?|phrase|term|name)';
/** Where a text that is looked for ends: before a condition of another kind. */
const stops = /\s+(?=(?:(?:and|but|that|which) (?:(?:that|which) )?(?:(?:are|were|is|was|have been) )?(?:not |sent|dated|written|received|coded|from |to |do|does|did|mention|contain|name |include|refer|with|without)|sent|dated|received|written (?:by|in|on)|in which|(?:from|to|by|between|since|after|before|until|during|in|on|with|without) )\b)|[\s,]+(?:at all|anywhere|in total|altogether|ever|in the (?:case|documents?|collection|texts?|files?))?$/i;

/** Cuts what is looked for off the front of a text; a quoted one is whole. */
function cutText(text: string): { readonly looked: string; readonly rest: string } {
  const quoted = /^(?:(?:the )?(?:words?|phrase|term|name) )?(?:["“][^"”]+["”](?:\s*(?:,|or|and|,\s*(?:or|and))\s*["“][^"”]+["”])*)/i.exec(text)?.[0];
  if (quoted !== undefined) return { looked: quoted, rest: text.slice(quoted.length) };
  const at = stops.exec(text)?.index ?? text.length;
  return { looked: text.slice(0, at), rest: text.slice(at) };
}

function addText(state: State, text: string, isUnwanted = false): boolean {
  const part = readLookedFor(text);
  if (part === null) return false;
  state.parts.push(isUnwanted ? `NOT ${/^[("]|^\S+$/.test(part.query) ? part.query : `(${part.query})`}` : part.query);
  state.doubts.push(...part.doubts, ...(isUnwanted && part.query.includes('NOT ') ? [`“${text.trim()}” denies twice.`] : []));
  state.isAfterText = !part.isQuoted;
  return true;
}

/** Names are written with capitals, addresses with an @: anything else is no person. */
const person = /^(?:"([^"]+)"|“([^”]+)”|([\w.+-]+@[\w.-]+\w)|((?:\p{Lu}[\p{L}'’.-]*|\d[\p{L}\d-]*)(?: (?:\p{Lu}[\p{L}'’.-]*|\d[\p{L}\d-]*|(?:de|van|von|der|al|el|bin)(?= \p{Lu})))*))/u;

function readPerson(text: string): { readonly name: string; readonly length: number } | null {
  const found = person.exec(text);
  const name = found?.slice(1).find((group) => group !== undefined);
  return found === null || name === undefined || readDatePhrase(text) !== null ? null : { name, length: found[0].length };
}

/** A clause: takes itself off the front of the rest, or leaves it as it is and answers false. */
type Clause = (state: State) => boolean;

function clause(pattern: RegExp, take: (state: State, rest: string, match: RegExpExecArray) => string | null): Clause {
  return (state) => {
    const match = pattern.exec(state.rest);
    if (match === null) return false;
    const rest = take(state, state.rest.slice(match[0].length), match);
    if (rest === null) return false;
    state.rest = rest;
    return true;
  };
}

const ambiguous = (state: State, words: string): void => {
  if (state.isAfterText) state.doubts.push(`“${words.trim()}” could be part of what is looked for; it is read as a condition on the document.`);
};

const address = (role: 'from' | 'to', pattern: RegExp, isPlain: boolean): Clause => clause(pattern, (state, rest, match) => {
  const found = readPerson(rest);
  if (found === null) return null;
  if (isPlain) ambiguous(state, match[0] + rest.slice(0, found.length));
  if (state.of === 'documents') state.doubts.push('Senders and recipients are known of messages only.');
  state.parts.push(`${role}:${termOf(found.name)}`);
  return rest.slice(found.length);
});

const dates = (pattern: RegExp, spanOf: (date: string) => string, isPlain: boolean): Clause => clause(pattern, (state, rest, match) => {
  const found = readDatePhrase(rest);
  if (found === null) return null;
  if (isPlain) ambiguous(state, match[0] + rest.slice(0, found.length));
  state.parts.push(`date:${spanOf(found.date)}`);
  return rest.slice(found.length);
});

const sent = '(?:(?:that (?:are|were) |and )?(?:sent|dated|written|received|created) )';
const clauses: readonly Clause[] = [
  clause(new RegExp(`^(?:that |which |and |but )?(?:(?:do|does|did) not|don['’]t|doesn['’]t|didn['’]t|never|not)\\s+(?:${speaks})\\s+`, 'i'), (state, rest) => {
    const { looked, rest: behind } = cutText(rest);
    return addText(state, looked, true) ? behind : null;
  }),
  clause(/^(?:that |which |and )?(?:without|lacking) (?:the )?(?:word|words|phrase|term|name) /i, (state, rest) => {
    const { looked, rest: behind } = cutText(rest);
    return addText(state, looked, true) ? behind : null;
  }),
  clause(/^(?:that |which |and )?(?:do|does|did|were|are|is|was)?\s*(?:not )?have (?:an |any )?attachments?\b|^with(?: an| any)? attachments?\b/i, (state, rest, match) => {
    state.parts.push(/\bnot\b/i.test(match[0]) ? 'NOT has:attachment' : 'has:attachment');
    return rest;
  }),
  clause(/^without (?:an |any )?attachments?\b/i, (state, rest) => { state.parts.push('NOT has:attachment'); return rest; }),
  clause(/^(?:(?:that|which) )?(?:have|has|with) (?:an? |any )?(annotation|note)s?\b/i, (state, rest, match) => { state.parts.push(`has:${(match[1] ?? '').toLowerCase()}`); return rest; }),
  clause(/^(?:(?:that|which) )?(?:have|has|with) no text\b|^without (?:any )?text\b/i, (state, rest) => { state.parts.push('state:no-text'); return rest; }),
  clause(/^(?:coded|marked) (?:as )?(not relevant|irrelevant|relevant|deferred)\b/i, (state, rest, match) => { state.parts.push(`coded:${/not|irr/i.test(match[1] ?? '') ? 'not-relevant' : (match[1] ?? '').toLowerCase()}`); return rest; }),
  clause(/^not (?:yet )?coded\b/i, (state, rest) => { state.parts.push('coded:none'); return rest; }),
  clause(/^(?:quarantined|in quarantine|held)\b/i, (state, rest) => { state.parts.push('state:quarantined'); return rest; }),
  clause(/^(?:in|under|from) (?:the )?folder (?:"([^"]+)"|“([^”]+)”|(\S+))/i, (state, rest, match) => {
    const path = (match[1] ?? match[2] ?? match[3] ?? '').replaceAll('"', '');
    state.parts.push(`path:"${path.endsWith('/') ? path : `${path}/`}"`);
    return rest;
  }),
  clause(/^(?:with (?:the |a )?subject|whose subject (?:contains|mentions|is|says))\s+/i, (state, rest) => {
    const { looked, rest: behind } = cutText(rest);
    const words = looked.replace(/["“”]/g, '').trim();
    if (words === '') return null;
    if (!/["“”]/.test(looked)) state.doubts.push(...turningDoubts(words));
    state.parts.push(`subject:${termOf(words)}`);
    return behind;
  }),
  clause(/^between /i, (state, rest) => {
    const from = readDatePhrase(rest);
    const then = from === null ? null : /^ and /i.exec(rest.slice(from.length));
    if (from !== null && then !== null) {
      const behind = rest.slice(from.length + then[0].length);
      const to = readDatePhrase(behind);
      if (to === null) return null;
      ambiguous(state, 'between the dates');
      state.parts.push(`date:${from.date}..${to.date}`);
      return behind.slice(to.length);
    }
    const one = readPerson(rest);
    const and = one === null ? null : /^ and /i.exec(rest.slice(one.length));
    const other = one === null || and === null ? null : readPerson(rest.slice(one.length + and[0].length));
    if (one === null || and === null || other === null || state.of !== 'messages') return null;
    ambiguous(state, 'between the two');
    const [a, b] = [termOf(one.name), termOf(other.name)];
    state.parts.push(`(from:${a} to:${b} OR from:${b} to:${a})`);
    return rest.slice(one.length + and[0].length + other.length);
  }),
  clause(new RegExp(`^${sent}?(?:from|between) (?=.* (?:to|until|and) )`, 'i'), (state, rest, match) => {
    const from = readDatePhrase(rest);
    const then = from === null ? null : /^ (?:to|until|and|through) /i.exec(rest.slice(from.length));
    if (from === null || then === null) return null;
    const behind = rest.slice(from.length + then[0].length);
    const to = readDatePhrase(behind);
    if (to === null) return null;
    if (!/sent|dated|written|received|created/i.test(match[0])) ambiguous(state, 'from the one date to the other');
    state.parts.push(`date:${from.date}..${to.date}`);
    return behind.slice(to.length);
  }),
  dates(new RegExp(`^${sent}(?:in|on|during|of)?\\s*`, 'i'), (date) => date, false),
  dates(new RegExp(`^${sent}?since `, 'i'), (date) => `${date}..`, true),
  dates(new RegExp(`^${sent}?(?:after|later than) `, 'i'), (date) => `${neighbour(date, 1)}..`, true),
  dates(new RegExp(`^${sent}?(?:before|earlier than) `, 'i'), (date) => `..${neighbour(date, -1)}`, true),
  dates(new RegExp(`^${sent}?(?:until|up to|by) `, 'i'), (date) => `..${date}`, true),
  dates(/^(?:in|on|during|of|from) /i, (date) => date, true),
  address('from', /^(?:that (?:were |are )?|which (?:were |are )?|and )?(?:sent|written) by /i, false),
  address('to', /^(?:that (?:were |are )?|which (?:were |are )?|and )?(?:sent|written|addressed) to /i, false),
  address('to', /^(?:that (?:were |are )?)?received by /i, false),
  address('from', /^(?:sent )?(?:from|by) /i, true),
  address('to', /^to /i, true),
  clause(/^(?:did|has|have) /i, (state, rest) => {
    const found = readPerson(rest);
    const verb = found === null ? null : /^ (?:ever )?(send|sent|write|written|wrote|receive|received|get|got)\b/i.exec(rest.slice(found.length));
    if (found === null || verb === null || state.of !== 'messages') return null;
    state.parts.push(`${/^(?:rec|g)/i.test(verb[1] ?? '') ? 'to' : 'from'}:${termOf(found.name)}`);
    return rest.slice(found.length + verb[0].length);
  }),
  clause(/^(?:are |is |were |was )?(?:about|concerning|regarding|on the subject of|relat(?:e|ed|ing) to|discuss(?:es|ing)?|deal(?:s|ing)? with|of interest to) /i, (state, rest) => {
    const { looked, rest: behind } = cutText(rest);
    if (!addText(state, looked)) return null;
    state.doubts.push(`What is about “${looked.trim()}” in other words is not found by these words.`);
    return behind;
  }),
  // "is X mentioned", "does X appear": X stands between.
  clause(/^(?:in which |where |that |which )?(?:is|are|was|were|has|have|does|do|did)?\s*(.+?)\s+(?:(?:is|are|was|were|has been|have been|been|ever) )*(?:mentioned|named|referred to|cited|appears?|occurs?|comes? up|shows? up)(?: in)?(?=\s|$)/i, (state, rest, match) => (addText(state, match[1] ?? '') ? rest : null)),
  clause(new RegExp(`^(?:that |which |and |to )?(?:${speaks})\\s+`, 'i'), (state, rest) => {
    const { looked, rest: behind } = cutText(rest);
    return addText(state, looked) ? behind : null;
  }),
];

function readNoun(state: State): boolean {
  for (let again = true; again;) {
    again = false;
    for (const [pattern, query] of adjectives) {
      const found = pattern.exec(state.rest)?.[0];
      if (found === undefined || found.length === state.rest.length) continue;
      if (query !== '') state.parts.push(query);
      if (/^unread$/i.test(found)) state.doubts.push('Who has read a document is not kept: those without a code are counted as unread.');
      state.rest = state.rest.slice(found.length).trimStart();
      again = true;
    }
  }
  for (const [pattern, of, query] of nouns) {
    const found = pattern.exec(state.rest)?.[0];
    if (found === undefined) continue;
    state.of = of;
    if (query !== null) state.parts.push(query);
    state.rest = state.rest.slice(found.length).replace(/^[\s,]+/, '');
    return true;
  }
  const genre = genres.exec(state.rest)?.[0];
  if (genre === undefined) return false;
  state.rest = state.rest.slice(genre.length).trimStart();
  state.doubts.push(`Documents of every kind are counted: which of them are ${genre.toLowerCase()} is not known.`);
  return true;
}

/** The whole collection, in the query language. */
const everything = 'state:text OR state:no-text OR state:quarantined';

/**
 * Derives a query from a question. Null when what it asks for is no document, message or mention. With doubts, the query looks for less or
 * other than was asked.
 */
export function deriveQuery({ wanted, rest }: ExhaustiveQuestion): DerivedQuery | null {
  const state: State = { rest: rest.replace(/[\s?!.]+$/, ''), of: 'documents', parts: [], doubts: [], isAfterText: false };
  const begins = /^(?:(?:any(?:one|body|thing)) )/i.exec(state.rest) === null && readNoun(state);
  if (!begins && !/(?:mentioned|named|referred to|appear|occur|come up)/i.test(state.rest)) return null;
  if (state.of === 'mentions') state.rest = state.rest.replace(/^(?:of|to|where|at which)\s+/i, (word) => (/where|which/i.test(word) ? '' : 'mention '));
  while (state.rest.trim() !== '') {
    state.rest = state.rest.replace(/^[\s,]+/, '');
    if (clauses.some((take) => take(state))) continue;
    const filled = fillers.exec(state.rest)?.[0];
    if (filled === undefined) break;
    state.rest = state.rest.slice(filled.length);
  }
  const left = state.rest.trim();
  if (left !== '') state.doubts.push(`“${left}” was not understood and is not looked for.`);
  if (!begins) state.doubts.push(...(wanted === 'exists' ? [] : ['What is to be counted was not understood: documents are.']));
  const query = state.parts.length === 0 ? everything : state.parts.map((part) => (/ OR /.test(part) && !/^(?:NOT )?\(/.test(part) ? `(${part})` : part)).join(' ');
  if (state.of === 'mentions' && !queryUses(parseQuery(query)).isOneTerm) state.doubts.push('Mentions can be counted of one word or phrase.');
  return { plan: { kind: 'query', wanted, of: state.of, query }, doubts: state.doubts };
}
