/** The telling words of a text and how nearly two of them are the same: stems, spellings, irregular forms, a few plain synonyms. Pure. */
import { stopWords, wordsOf, type Word } from '../../search/index.ts';
import { stemOf } from '../stems.ts';

/** How rare a stem is in the case: its inverse document frequency, larger for rarer. */
export type Rarity = (stem: string) => number;

/** Forms that a stemmer does not bring together, and everyday words that say the same; the first stands for all. */
const alike = `
mouse mice murine|man men male males|woman women female females|child children kid kids|person people persons|foot feet|tooth teeth|datum data|criterion criteria|analysis analyses|hypothesis hypotheses
pay paid pays|send sent sends|buy bought purchase purchased|sell sold|write wrote written|say said says state stated states|tell told|give gave given|take took taken|make made makes|see saw seen|know knew known|go went gone|come came
begin began begun start started commence|end ended finish finished|meet met|hold held|lead led leads|find found finds|think thought|bring brought|build built construct constructed|keep kept|leave left|lose lost loss|win won|grow grew grown growth|rise rose risen|fall fell fallen|bind binds bound binding|become became
show shows shown demonstrate demonstrated demonstrates reveal revealed reveals|help helps aid aids assist assisted|need needs require required requires requirement|use uses used using utilize utilise employ|cause causes caused causing|ask asked request requested|answer answered reply replied|get got obtain obtained receive received
big large|quick fast rapid rapidly|illness disease diseases|drug drugs medication medications medicine|tumour tumor tumours tumors cancer cancers carcinoma|death deaths die died dies mortality|car cars vehicle vehicles|ship vessel ships vessels|firm company companies|job jobs position
important essential crucial critical vital|risk risks|treat treatment treated therapy|worker workers employee employees staff|ill sick|near close|whole entire|yearly annual annually|per cent percent|not never no none neither nor without nobody nothing|baby infant infants newborn newborns|elderly old older|danger risk|speed pace|mistake error errors|contract agreement
survive survival survived|strong strength|long length|deep depth|wide width|high height|able ability|absent absence|present presence|resist resistant resistance|different difference differ differs|dependent depend depends dependence|efficient efficiency efficacy effective effectiveness`;

const keyByStem = new Map<string, string>();
const groupByWord = new Map<string, readonly string[]>();
for (const group of alike.trim().split(/[|\n]/)) {
  const words = group.trim().split(' ');
  const [head = '', ...others] = words;
  for (const word of others) if (!keyByStem.has(stemOf(word))) keyByStem.set(stemOf(word), stemOf(head));
  for (const word of words) groupByWord.set(word, words);
}

/** Other words that say the same as a folded word and that an index of stems keeps apart, one for each stem; none for words that tell little. */
export function likeWordsOf(folded: string): string[] {
  if (light.has(stemOf(folded))) return [];
  const known = new Set([stemOf(folded)]);
  return (groupByWord.get(folded) ?? []).filter((word) => !stopWords.has(word) && !known.has(stemOf(word)) && known.add(stemOf(word)).size > 0);
}

/** What a stem is compared by: one spelling (colour, color; organis, organiz), one of several like words. */
export function keyOf(stem: string): string {
  const known = keyByStem.get(stem);
  if (known !== undefined) return known;
  if (stem.length < 5) return stem;
  const spelt = stem.replace(/our(?=$|s$)/, 'or').replace(/is$/, 'iz').replace(/ae|oe/g, 'e').replace(/ys$/, 'yz');
  return keyByStem.get(spelt) ?? spelt;
}

/** A telling word of a sentence, what it is compared by, and how much it counts. */
export interface TellingWord {
  readonly written: string;
  readonly key: string;
  readonly weight: number;
}

/** Words of the machinery of sentences that stand in no list of stop words but tell nothing of what is said. */
const light = new Set('not no never none neither nor nobody nothing cannot without use used using show shows shown associated associate related relate result results lead leads led cause causes caused play plays role involve involved via per et al'.split(' ').map(stemOf));
const lightShare = 0.35;

/** The telling words of a text, each once, in order. */
export function tellingWords(text: string, rarity: Rarity, words: readonly Word[] = wordsOf(text)): TellingWord[] {
  const out = new Map<string, TellingWord>();
  for (const { folded, start, end } of words) {
    if (stopWords.has(folded) || (folded.length === 1 && !/[\p{N}\p{L}]/u.test(folded))) continue;
    const stem = stemOf(folded);
    const key = keyOf(stem);
    if (!out.has(key)) out.set(key, { written: text.slice(start, end), key, weight: rarity(stem) * (light.has(stem) ? lightShare : 1) });
  }
  return [...out.values()];
}

const keyByWord = new Map<string, string>();
const rememberedWords = 50_000;

/** What words are compared by, in order, stop words too: they part neighbours. */
export function keysOf(text: string): string[] {
  return wordsOf(text).map(({ folded }) => {
    let key = keyByWord.get(folded);
    if (key === undefined) {
      if (keyByWord.size > rememberedWords) keyByWord.clear();
      key = keyOf(stemOf(folded));
      keyByWord.set(folded, key);
    }
    return key;
  });
}

/** How nearly the word stands among keys: 1 the same, `nearShare` one begins with the other (regul, regulatori), else 0. */
export function nearness(key: string, keys: ReadonlySet<string>): number {
  if (keys.has(key)) return 1;
  if (key.length < leastStem || /\d/.test(key)) return 0;
  for (const other of keys) if (isNear(key, other)) return nearShare;
  return 0;
}

const nearShare = 0.75;
const leastStem = 5;

function isNear(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (short.length < leastStem) return false;
  if (long.length - short.length <= 5 && long.startsWith(short)) return true;
  // Two derivations of one word: activ(ation), activ(ator).
  const same = Math.max(leastStem + 1, Math.ceil(short.length * 0.75));
  return short.length > leastStem + 1 && long.length - short.length <= 4 && long.startsWith(short.slice(0, same));
}
