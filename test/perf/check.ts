/** How far the checker's word can be trusted, on claims that its weights were not fitted on, and how many claims it checks a second. */
import { readClaim } from '../../main/chat/check/claim.ts';
import { judgeSentence } from '../../main/chat/check/evidence.ts';
import { readText } from '../../main/chat/check/rank-sentences.ts';
import { checkInCase, rarityIn, rememberTexts } from '../../main/chat/check/read-claims.ts';
import { readCase } from '../../main/chat/reader/read-case.ts';
import { splitSentences } from '../../main/chat/reader/sentences.ts';
import { searchPlainWords } from '../../main/search/index.ts';
import { readSource } from '../../main/store/reader.ts';
import { compared, measured, type Figure, type PerfScript } from './figures.ts';
import { hasScifact, openScifact, type Scifact, type ScifactClaim } from './scifact.ts';

interface Tally {
  said: number;
  right: number;
  wanted: number;
  evidenced: number;
  first: number;
  firstThree: number;
}

/** Checks claims over the whole case, or over the abstracts that each was looked for in. */
function judgeAll(scifact: Scifact, claims: readonly ScifactClaim[], isScoped: boolean): Tally {
  const { db, documentOf, abstractOf, sentenceAt } = scifact;
  const texts = rememberTexts();
  const tally: Tally = { said: 0, right: 0, wanted: 0, evidenced: 0, first: 0, firstThree: 0 };
  for (const { text, label, evidence, abstracts } of claims) {
    const scope = isScoped ? abstracts.map(documentOf).filter((document) => document > 0).map((document) => ({ document, content: document })) : null;
    const { support, quotes } = checkInCase(db.read, text, scope, { texts });
    if (support === 'supported') tally.said += 1;
    if (label === 'SUPPORT') tally.wanted += 1;
    if (support === 'supported' && label === 'SUPPORT') tally.right += 1;
    if (label === 'NONE') continue;
    tally.evidenced += 1;
    const isEvidence = quotes.map(({ document, start, end }) => evidence.get(abstractOf(document))?.has(sentenceAt(abstractOf(document), start, end)) === true);
    if (isEvidence[0] === true) tally.first += 1;
    if (isEvidence.slice(0, 3).includes(true)) tally.firstThree += 1;
  }
  return tally;
}

type PairKind = 'support' | 'contradict' | 'same' | 'other';

/** How many single sentences of each kind are called `supported`: evidence for, evidence against, the rest of the same abstract, and an abstract of another matter that the index finds. */
function judgePairs({ db, abstractOf, documentOf, sentenceAt }: Scifact, claims: readonly ScifactClaim[]): Record<PairKind, { said: number; all: number }> {
  const rarity = rarityIn(db.read);
  const counts: Record<PairKind, { said: number; all: number }> = { support: { said: 0, all: 0 }, contradict: { said: 0, all: 0 }, same: { said: 0, all: 0 }, other: { said: 0, all: 0 } };
  for (const { text: written, label, evidence, abstracts } of claims) {
    if (label === 'NONE') continue;
    const claim = readClaim(written, rarity);
    const stranger = searchPlainWords(db.read, written, 20).map(({ number }) => abstractOf(number)).find((abstract) => !abstracts.includes(abstract) && !evidence.has(abstract));
    for (const abstract of [...evidence.keys(), ...(stranger === undefined ? [] : [stranger])]) {
      const source = readSource(db.read, documentOf(abstract));
      if (source === null) continue;
      const text = readText(source.body, splitSentences(source.body), source.subject);
      for (const [index, { start, end }] of text.sentences.entries()) {
        const sentence = sentenceAt(abstract, start, end);
        if (sentence < 0) continue;
        const kind = evidence.get(abstract)?.has(sentence) === true ? (label === 'SUPPORT' ? 'support' : 'contradict') : evidence.has(abstract) ? 'same' : 'other';
        counts[kind].all += 1;
        if (judgeSentence(claim, { text, index, rank: 0 }).alone.support === 'supported') counts[kind].said += 1;
      }
    }
  }
  return counts;
}

function pairFigures(counts: Record<PairKind, { said: number; all: number }>): Figure[] {
  const said = Object.values(counts).reduce((sum, kind) => sum + kind.said, 0);
  const precision = counts.support.said / Math.max(1, said);
  const recall = counts.support.said / counts.support.all;
  const called = (what: string, { said: of, all }: { said: number; all: number }): Figure => measured(`${what}, of ${all} called supported`, of / Math.max(1, all), '');
  return [
    compared('precision of "supported", sentence by sentence', precision, '', 'calling all so', counts.support.all / Object.values(counts).reduce((sum, { all }) => sum + all, 0)),
    measured('recall of "supported", sentence by sentence', recall, ''),
    measured('F of "supported", sentence by sentence', (2 * precision * recall) / (precision + recall), ''),
    called('evidence against', counts.contradict), called('other sentences of the abstract', counts.same), called('sentences of an abstract of another matter', counts.other),
  ];
}

/** The share of claims that would be right if every one were called supported is the precision to beat. */
function figures(where: string, { said, right, wanted, evidenced, first, firstThree }: Tally, claims: number): Figure[] {
  const precision = right / Math.max(1, said);
  const recall = right / wanted;
  return [
    compared(`precision of "supported", ${where}`, precision, '', 'calling all so', wanted / claims),
    measured(`recall of "supported", ${where}`, recall, ''),
    measured(`F of "supported", ${where}`, (2 * precision * recall) / (precision + recall), ''),
    measured(`first citation is evidence, ${where}`, first / evidenced, ''),
    measured(`one of the first three is evidence, ${where}`, firstThree / evidenced, ''),
  ];
}

/** Sentences of an extractive answer, as the chat asks for them. */
const answerSentences = 4;

/** How the extractive reader answers claims that have evidence: how many it answers, and in how many answers the first citation holds evidence. */
function readerFigures({ db, abstractOf, sentenceAt }: Scifact, claims: readonly ScifactClaim[]): Figure[] {
  const texts = rememberTexts();
  const evidenced = claims.filter(({ label }) => label !== 'NONE');
  let [answered, first] = [0, 0];
  for (const { text, evidence } of evidenced) {
    const [cited] = readCase(db.read, text, { limit: answerSentences, texts }).sentences;
    if (cited === undefined) continue;
    answered += 1;
    const abstract = abstractOf(cited.document);
    if (evidence.get(abstract)?.has(sentenceAt(abstract, cited.start, cited.end)) === true) first += 1;
  }
  return [measured('extractive answers to claims with evidence', answered / evidenced.length, ''), measured('of all such claims, first citation holds evidence', first / evidenced.length, ''), measured('of answers, first citation holds evidence', first / Math.max(1, answered), '')];
}

export const check: PerfScript = async ({ small, log }) => {
  if (!hasScifact()) return { title: 'check: no claims', figures: [], notes: ['search-scifact is not here (set REDOUBT_DATA to the data folder): nothing was measured'] };
  log('building the case');
  const scifact = openScifact();
  try {
    const all = scifact.claims.filter(({ isHeldOut }) => isHeldOut);
    const held = small ? all.slice(0, 60) : all;
    const fitted = scifact.claims.filter(({ isHeldOut }) => !isHeldOut).slice(0, small ? 60 : undefined);
    for (const { text } of held.slice(0, 20)) checkInCase(scifact.db.read, text, null);
    log(`${held.length} held-out claims over the whole case`);
    const began = performance.now();
    const open = judgeAll(scifact, held, false);
    const openSeconds = (performance.now() - began) / 1000;
    const searchBegan = performance.now();
    for (const { text } of held) searchPlainWords(scifact.db.read, text, 20);
    const searchSeconds = (performance.now() - searchBegan) / 1000;
    log('the same over the abstracts of each');
    const scopedBegan = performance.now();
    const scoped = judgeAll(scifact, held, true);
    const scopedSeconds = (performance.now() - scopedBegan) / 1000;
    log(`${fitted.length} claims of the fit, to see how much was learnt by heart`);
    const own = judgeAll(scifact, fitted, false);
    return {
      title: `check: SciFact, ${held.length} claims held out of the fit, case of 5,183 abstracts`,
      figures: [
        ...figures('whole case', open, held.length), ...figures('abstracts named', scoped, held.length), ...figures('whole case, claims of the fit', own, fitted.length), ...pairFigures(judgePairs(scifact, held)), ...readerFigures(scifact, held),
        measured('claims checked, abstracts named', held.length / scopedSeconds, 'a second'),
        compared('claims checked', held.length / openSeconds, 'a second', 'texts found for them, a second', held.length / searchSeconds),
      ],
      notes: ['claims without evidence count as not supported; precision and recall are those of the label over claims, evidence is counted over claims that have some'],
    };
  } finally {
    scifact.db.close();
  }
};
