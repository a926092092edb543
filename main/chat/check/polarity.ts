/**
 * Which way a sentence points: up or down, for or against, and whether it is denied. Two texts contradict each other when the same
 * thing is said to go the other way. It reads words, not meaning: it finds the plain cases and says which word it was. Pure.
 */
import { stopWords, wordsOf } from '../../search/index.ts';
import { stemOf } from '../stems.ts';
import { keyOf } from './words.ts';

/** Words that point along an axis, plus side and minus side. */
const axes: readonly (readonly [string, string, string])[] = [
  ['amount',
    'increase increased increases increasing increment raise raised raises raising rise rises rising rose risen grow grows grew grown growing more higher greater larger bigger elevated elevate elevates elevation enhance enhances enhanced enhancing enhancement boost boosts boosted expand expanded expands upregulated upregulate upregulation upregulates climbed climb amplify amplifies amplified accelerate accelerates accelerated doubled tripled exceed exceeds exceeded stimulate stimulates stimulated promote promotes promoted promoting encourage encourages faster induce induces induced',
    'decrease decreased decreases decreasing decrement reduce reduced reduces reducing reduction reductions lower lowers lowered fall falls fell fallen falling drop drops dropped decline declines declined declining less fewer smaller lesser diminish diminishes diminished shrink shrank shrunk downregulated downregulate downregulation downregulates lose lost loses losing loss weaken weakens weakened attenuate attenuated attenuates attenuation suppress suppresses suppressed suppression halve halved inhibit inhibits inhibited inhibition impair impairs impaired impairment limited block blocks blocked prevent prevents prevented abolish abolished abolishes slow slower slows slowed restrict restricts deplete depleted depletion blunted hinder hinders discourage '],
  ['quality', 'better best improve improved improves improving improvement superior good benefit beneficial benefits favourable favorable positive positively effective efficacious successful success succeeds succeeded', 'worse worst worsen worsened worsens inferior poor poorer bad harm harmful harms unfavourable unfavorable adverse negative negatively ineffective unsuccessful failure deteriorate deteriorated'],
  ['permission', 'allow allows allowed permit permits permitted approve approves approved approval accept accepts accepted agree agreed agrees confirm confirmed confirms grant granted', 'forbid forbids forbade forbidden prohibit prohibits prohibited refuse refuses refused reject rejects rejected deny denies denied denial disagree disagreed disagrees decline declined dismiss dismissed veto vetoed'],
  ['time', 'after later afterwards', 'before earlier previously'],
  ['state', 'opens start started starts begin begins began begun enter entered arrive arrived arrives arrival win won wins sensitive susceptible sensitivity safe guilty', 'close closed closes stop stopped stops end ended ends finished exit exited left depart departed departs departure lost resistant resistance unsafe dangerous innocent'],
  ['trade', 'buy buys bought purchase purchased ', 'sell sells sold sale '],
];

const denials = new Set('not no never none neither nor without cannot nobody nothing nowhere hardly scarcely unable fail fails failed failing failure lack lacks lacked lacking absence absent unlikely rarely deficient deficiency devoid missing'.split(' '));
/** A denial reaches over this many words. */
const reachWords = 4;
const context = 5;
/** What follows within so many words is what the word is about. */
const behindWords = 3;

interface Pole { readonly axis: string; readonly sign: 1 | -1 }

const polesByStem = new Map<string, Pole[]>();
for (const [axis, plus, minus] of axes) {
  for (const [words, sign] of [[plus, 1], [minus, -1]] as const) {
    for (const word of words.trim().split(' ')) {
      const key = stemOf(word);
      const known = polesByStem.get(key) ?? [];
      if (!known.some((pole) => pole.axis === axis)) polesByStem.set(key, [...known, { axis, sign }]);
    }
  }
}

/** A word that points, with its sign after denials and the stems around it. */
interface Pointer extends Pole {
  /** With the word that denies it: "failed to close". */
  readonly written: string;
  readonly stem: string;
  readonly around: ReadonlySet<string>;
  /** Those that follow it: what is raised or lowered mostly does. */
  readonly behind: ReadonlySet<string>;
}

export interface Polarity {
  readonly pointers: readonly Pointer[];
  /** Denying words that touch no pointer: "did not pay". With the stems they reach. */
  readonly denied: readonly { readonly written: string; readonly reach: ReadonlySet<string> }[];
  readonly stems: ReadonlySet<string>;
  readonly wordByStem: ReadonlyMap<string, string>;
  /** Its telling words, folded. */
  readonly words: ReadonlySet<string>;
}

/** Reads which way a text points. */
export function readPolarity(text: string): Polarity {
  const read = text.replace(/n['’]t\b/g, ' not');
  const words = wordsOf(read);
  const stems = words.map(({ folded }) => stemOf(folded));
  const telling = (index: number): boolean => !stopWords.has(words[index]?.folded ?? 'a');
  const isDenial = words.map(({ folded }, index) => denials.has(folded) && !(folded === 'not' && words[index + 1]?.folded === 'only'));
  const pointers: Pointer[] = [];
  const denied: { written: string; reach: Set<string> }[] = [];
  const spent = new Set<number>();
  for (const [index, word] of words.entries()) {
    const isInCompound = word.start > 0 && /[-‐–]/.test(read[word.start - 1] ?? '');
    const poles = isDenial[index] === true || isInCompound ? undefined : polesByStem.get(stems[index] ?? '');
    if (poles === undefined) continue;
    let flips = 0;
    let from = word.start;
    for (let back = index - 1; back >= Math.max(0, index - reachWords); back -= 1) {
      if (isDenial[back] !== true) continue;
      flips += 1;
      spent.add(back);
      from = words[back]?.start ?? from;
    }
    const around = new Set<string>();
    const behind = new Set<string>();
    for (let at = Math.max(0, index - context); at <= index + context && at < words.length; at += 1) if (at !== index && telling(at) && !polesByStem.has(stems[at] ?? '') && isDenial[at] !== true) {
      around.add(stems[at] ?? '');
      if (at > index && at <= index + behindWords) behind.add(stems[at] ?? '');
    }
    for (const { axis, sign } of poles) pointers.push({ axis, sign: flips % 2 === 1 ? (sign === 1 ? -1 : 1) : sign, written: read.slice(from, word.end), stem: stems[index] ?? '', around, behind });
  }
  for (const [index, word] of words.entries()) {
    if (isDenial[index] !== true || spent.has(index)) continue;
    const reach = new Set<string>();
    for (let at = index + 1; at < words.length && reach.size < reachWords; at += 1) if (telling(at)) reach.add(stems[at] ?? '');
    if (word.folded === 'without' || reach.size > 0) denied.push({ written: word.folded, reach });
  }
  return { pointers, denied, stems: new Set(stems), wordByStem: new Map(words.map(({ folded }, index) => [stems[index] ?? '', folded])), words: new Set(words.flatMap(({ folded }) => (stopWords.has(folded) ? [] : [folded]))) };
}

function shared(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let count = 0;
  for (const word of a) if (b.has(word)) count += 1;
  return count;
}

/** What contradicts: the words of the claim that the evidence turns round; empty when nothing plainly does. */
export function contradictions(claim: Polarity, evidence: Polarity): string[] {
  const out = new Set<string>();
  for (const pointer of claim.pointers) {
    const there = evidence.pointers.filter(({ axis }) => axis === pointer.axis).map((other) => ({ sign: other.sign, near: shared(pointer.around, other.around) + shared(pointer.behind, other.behind) }));
    const nearest = Math.max(0, ...there.map(({ near }) => near));
    const best = there.filter(({ near }) => near === nearest);
    if (nearest > 0 && best.length > 0 && best.every(({ sign }) => sign !== pointer.sign)) out.add(pointer.written);
  }
  for (const { written, reach } of claim.denied) {
    const isThere = shared(reach, evidence.stems) >= Math.max(1, reach.size / 2);
    if (isThere && !evidence.denied.some((other) => shared(other.reach, reach) > 0) && !isTurned(reach, evidence)) out.add(written);
  }
  for (const { written, reach } of evidence.denied) {
    const touched = shared(reach, claim.stems);
    if (touched >= Math.min(2, reach.size) && touched > 0 && !claim.denied.some((other) => shared(other.reach, reach) > 0) && !isTurned(reach, claim)) out.add(written);
  }
  for (const stem of claim.stems) if (!evidence.stems.has(stem) && opposites(stem).some((other) => evidence.stems.has(other) && !claim.stems.has(other))) out.add(claim.wordByStem.get(stem) ?? stem);
  if (out.size === 0) for (const word of claim.words) if (isTurnedWord(word, claim.words, evidence.words)) out.add(word);
  return [...out];
}

/** Turned words that a stemmer parts from what they turn: lawful, unlawful. */
function isTurnedWord(word: string, claim: ReadonlySet<string>, evidence: ReadonlySet<string>): boolean {
  if (word.length < 5 || evidence.has(word) || noOpposites.has(stemOf(word))) return false;
  return ['un', 'in', 'im', 'ir', 'il', 'dis', 'non'].some((turn) => (evidence.has(turn + word) && !claim.has(turn + word) && !noOpposites.has(stemOf(turn + word))) || (word.startsWith(turn) && word.length - turn.length >= 5 && evidence.has(word.slice(turn.length)) && !claim.has(word.slice(turn.length))));
}

const deniesPlainly = /\b(?:not?|never|none|neither|nor|without|cannot|nobody|nothing|hardly|unable|fail(?:s|ed)?|lacks?|lacked|absence|unlikely|rarely)\b|n['’]t\b/i;
/** Whatever may stand for a denial: words of little, of an end, of hindrance, turned words. */
const deniesSomehow = new RegExp(`${deniesPlainly.source}|\\b(?:independent\\w*|un[a-z]{4,}|(?:in|im|ir|dis|non)-?[a-z]{5,}|non|rather than|instead|only|abolish\\w*|block\\w*|prevent\\w*|reduc\\w*|decreas\\w*|inhibit\\w*|lower|less|fewer|resist\\w*|little|few|deplet\\w*|deficien\\w*|absent|refus\\w*|reject\\w*|den(?:y|ies|ied)|declin\\w*|stopped|ended|missing|avoid\\w*|free of|poor\\w*|bar(?:s|red)?|forb\\w+|prohibit\\w*|zero|0)\\b`, 'i');

/** The denial of a claim that its evidence has no word for: what denies is not borne by what denies nothing. */
export function unsaidDenials(claim: string, evidence: string): string[] {
  const said = deniesPlainly.exec(claim.replace(/\bnot only\b/gi, ''))?.[0];
  return said === undefined || deniesSomehow.test(evidence) ? [] : [said];
}

/** Keys of claim words that the evidence says with another word of the same direction: rose, increased. */
export function sameDirection(claim: Polarity, evidence: Polarity): ReadonlySet<string> {
  return new Set(claim.pointers.filter(({ axis, sign }) => evidence.pointers.some((other) => other.axis === axis && other.sign === sign)).map(({ stem }) => keyOf(stem)));
}

/** Words that begin like a turned word and are none. */
const noOpposites = new Set(['discover', 'discharge', 'disorder', 'discount', 'display', 'dispute', 'disease', 'distress', 'inform', 'invest', 'invent', 'intend', 'intense', 'instruct', 'impress', 'import', 'impact', 'inflame', 'inflict', 'infect', 'indicate', 'income', 'inside', 'under', 'until', 'union', 'unite', 'deliver', 'decline', 'describe', 'design', 'detect', 'develop', 'degree', 'depart', 'depress', 'deposit', 'despite', 'inhabit', 'increase'].map(stemOf));
const turns = /^(?:un|non|in|im|ir|il|dis|de)(?=.{5})/;

/** Stems that would turn a stem round: depend, independ. */
function opposites(stem: string): string[] {
  if (noOpposites.has(stem)) return [];
  const bare = turns.test(stem) ? [stem.replace(turns, '')] : [];
  return [...bare, ...(stem.length < 5 ? [] : ['un', 'non', 'in', 'im', 'ir', 'il', 'dis', 'de'].map((turn) => turn + stem).filter((turned) => !noOpposites.has(turned)))];
}

/** True when one of the stems stands beside a pointer that was flipped or points down: a denial in another form. */
function isTurned(reach: ReadonlySet<string>, polarity: Polarity): boolean {
  return polarity.pointers.some(({ sign, around }) => sign === -1 && shared(around, reach) > 0);
}
