/**
 * `node resources/personal-data/train.ts [texts] [rounds]`: makes the word lists and the weights of main/entities anew, from the generator beside this
 * file and its packaged sources. The same numbers give the same files. An averaged perceptron (Collins 2002) over the features that the program reads.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { featureCount, featureRows, rowCount } from '../../main/entities/features.ts';
import { findIdentifiers } from '../../main/entities/identifiers.ts';
import { listings, packLexicon } from '../../main/entities/lexicon.ts';
import { beginTag, contextTypes, insideTag, tagCount } from '../../main/entities/tags.ts';
import { tokenise, type Token } from '../../main/entities/tokens.ts';
import { bestTags } from '../../main/entities/viterbi.ts';
import { packWeights } from '../../main/entities/weights.ts';
import { chanceOf, type Chance } from './chance.ts';
import { makeText, type MadeText } from './fill.ts';
import { makeLexicon } from './make-lexicon.ts';

const entities = join(import.meta.dirname, '../../main/entities');
const textCount = Number(process.argv[2] ?? 60_000);
const rounds = Number(process.argv[3] ?? 6);

/** A row of the lexicon is hidden so often, so that the tagger learns to do without it. */
const hiddenShare = 0.3;

function goldTags(tokens: readonly Token[], { spans }: MadeText): Uint8Array {
  const tags = new Uint8Array(tokens.length);
  let at = 0;
  for (const { start, end, type } of spans) {
    const typeIndex = contextTypes.findIndex((known) => known === type);
    while (at < tokens.length && (tokens[at]?.end ?? 0) <= start) at += 1;
    for (let inside = false; at < tokens.length && (tokens[at]?.start ?? 0) < end; at += 1) {
      if (tokens[at]?.kind === 'found' || typeIndex === -1) { inside = false; continue; }
      tags[at] = inside ? insideTag(typeIndex) : beginTag(typeIndex);
      inside = true;
    }
  }
  return tags;
}

function prepare(made: MadeText, lexicon: ReadonlyMap<string, number>, chance: Chance): { rows: Uint32Array; gold: Uint8Array; fixed: Uint8Array } {
  const { certain, perhapsPhones } = findIdentifiers(made.text);
  const tokens = tokenise(made.text, certain, perhapsPhones);
  const hidden = new Map<string, boolean>();
  const listed = (word: string): number => {
    const flags = lexicon.get(word) ?? 0;
    if (flags === 0 || flags === listings.common) return flags;
    if (!hidden.has(word)) hidden.set(word, chance.happens(hiddenShare));
    return hidden.get(word) === true ? flags & listings.common : flags;
  };
  return { rows: featureRows(tokens, listed), gold: goldTags(tokens, made), fixed: Uint8Array.from(tokens, ({ kind }) => (kind === 'found' ? 1 : 0)) };
}

/** Averages by the trick of Daumé: a second table with each change times its moment. */
function train(lexicon: ReadonlyMap<string, number>): { rows: Float32Array; transitions: Float32Array } {
  const rows = new Float32Array(rowCount * tagCount);
  const transitions = new Float32Array(tagCount * tagCount);
  const [laterRows, laterTransitions] = [new Float64Array(rows.length), new Float64Array(transitions.length)];
  let moment = 1;
  for (let round = 0; round < rounds; round += 1) {
    const chance = chanceOf(1000 + round);
    let wrong = 0;
    let all = 0;
    for (let index = 0; index < textCount; index += 1) {
      const { rows: features, gold, fixed } = prepare(makeText(chance), lexicon, chance);
      const guess = bestTags(features, fixed, { rows, transitions });
      moment += 1;
      const change = (token: number, tags: Uint8Array, by: number): void => {
        const tag = tags[token] ?? 0;
        for (let feature = 0; feature < featureCount; feature += 1) {
          const cell = (features[token * featureCount + feature] ?? 0) * tagCount + tag;
          rows[cell] = (rows[cell] ?? 0) + by;
          laterRows[cell] = (laterRows[cell] ?? 0) + by * moment;
        }
      };
      for (let token = 0; token < gold.length; token += 1) {
        all += 1;
        if (guess[token] !== gold[token]) { wrong += 1; change(token, gold, 1); change(token, guess, -1); }
        const [right, taken] = [(token === 0 ? 0 : gold[token - 1] ?? 0) * tagCount + (gold[token] ?? 0), (token === 0 ? 0 : guess[token - 1] ?? 0) * tagCount + (guess[token] ?? 0)];
        if (right === taken) continue;
        for (const [cell, by] of [[right, 1], [taken, -1]] as const) {
          transitions[cell] = (transitions[cell] ?? 0) + by;
          laterTransitions[cell] = (laterTransitions[cell] ?? 0) + by * moment;
        }
      }
    }
    console.log(`round ${round + 1}: ${((wrong / all) * 100).toFixed(2)} % of ${all} tokens wrong`);
  }
  return { rows: rows.map((weight, cell) => weight - (laterRows[cell] ?? 0) / moment), transitions: transitions.map((weight, cell) => weight - (laterTransitions[cell] ?? 0) / moment) };
}

/** Whole numbers from -127 to 127; weights that would be small are left out. */
function rounded(weights: Float32Array, scale: number, least: number): Int8Array {
  return Int8Array.from(weights, (weight) => (Math.abs(weight) < least ? 0 : Math.max(-127, Math.min(127, Math.round(weight * scale)))));
}

function packed(bytes: string | Uint8Array): string {
  return brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 22 } }).toString('base64');
}

const startedMs = performance.now();
const lexicon = makeLexicon();
writeFileSync(join(entities, 'lexicon.json'), `${JSON.stringify({ words: packed(packLexicon(lexicon)) })}\n`);
const { rows, transitions } = train(lexicon);
const largest = rows.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0);
const least = Number(process.argv[4] ?? 1.5);
const scale = 4;
const bytes = packWeights({ rows: rounded(rows, scale, least), transitions: rounded(transitions, scale, 0) });
const text = packed(bytes);
writeFileSync(join(entities, 'weights.json'), `${JSON.stringify({ weights: text })}\n`);
if (process.env['RAW']) for (const l of [0.5,1,1.5,2,2.5,3]) console.log(l, packed(packWeights({ rows: rounded(rows, scale, l), transitions: rounded(transitions, scale, 0) })).length);
console.log(`${lexicon.size} words; largest weight ${largest.toFixed(1)}, scale ${scale.toFixed(2)}; weights ${bytes.length} bytes, ${text.length} packed; ${((performance.now() - startedMs) / 1000).toFixed(0)} s`);
