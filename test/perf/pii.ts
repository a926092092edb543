import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as z from 'zod';
import { findPersonalData, type PersonalDataType } from '../../main/entities/index.ts';
import { compared, measured, type Figure, type PerfScript } from './figures.ts';

const records = z.array(z.object({
  full_text: z.string(),
  template_id: z.number(),
  spans: z.array(z.object({ entity_type: z.string(), start_position: z.number(), end_position: z.number() })),
}));

interface Marked {
  readonly start: number;
  readonly end: number;
  readonly type: string;
}

interface Sample {
  readonly text: string;
  readonly template: number;
  readonly gold: readonly Marked[];
}

/** The types that are judged exactly: same start, end and type. */
const identifiers: ReadonlySet<string> = new Set<PersonalDataType>(['CREDIT_CARD', 'IBAN_CODE', 'PHONE_NUMBER', 'EMAIL_ADDRESS', 'IP_ADDRESS']);

const f1 = (precision: number, recall: number): number => (precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall));
const overlap = (a: Marked, b: Marked): boolean => a.start < b.end && b.start < a.end;
const isSame = (a: Marked, b: Marked): boolean => a.start === b.start && a.end === b.end && a.type === b.type;

/** Signs that a list of spans covers. */
function covered(spans: readonly Marked[]): Set<number> {
  return new Set(spans.flatMap(({ start, end }) => Array.from({ length: end - start }, (_, at) => start + at)));
}

/** Any overlap whatever the type; signs; identifiers exact and typed; recall by type (any overlap). */
function judge(samples: readonly Sample[], find: (text: string) => readonly Marked[]): { precision: number; recall: number; f1: number; characters: number; exact: number; byType: Map<string, [number, number]> } {
  const counts = { gold: 0, goldFound: 0, found: 0, foundRight: 0, signs: 0, signsFound: 0, signsRight: 0, ids: 0, idsFound: 0, idsRight: 0 };
  const byType = new Map<string, [number, number]>();
  for (const { text, gold } of samples) {
    const found = find(text);
    for (const span of gold) {
      const isFound = found.some((other) => overlap(other, span));
      const [hits, all] = byType.get(span.type) ?? [0, 0];
      byType.set(span.type, [hits + (isFound ? 1 : 0), all + 1]);
      counts.goldFound += isFound ? 1 : 0;
    }
    counts.gold += gold.length;
    counts.found += found.length;
    counts.foundRight += found.filter((span) => gold.some((other) => overlap(other, span))).length;
    const [goldSigns, foundSigns] = [covered(gold), covered(found)];
    counts.signs += goldSigns.size;
    counts.signsFound += foundSigns.size;
    counts.signsRight += [...goldSigns].filter((sign) => foundSigns.has(sign)).length;
    const ids = gold.filter(({ type }) => identifiers.has(type));
    counts.ids += ids.length;
    counts.idsFound += found.filter(({ type }) => identifiers.has(type)).length;
    counts.idsRight += ids.filter((span) => found.some((other) => isSame(other, span))).length;
  }
  const [precision, recall] = [counts.foundRight / counts.found, counts.goldFound / counts.gold];
  return { precision, recall, f1: f1(precision, recall), characters: f1(counts.signsRight / counts.signsFound, counts.signsRight / counts.signs), exact: f1(counts.idsRight / counts.idsFound, counts.idsRight / counts.ids), byType };
}

/** What a plain list of patterns finds: the baseline. Its types are those that it can tell. */
function plainPatterns(text: string): Marked[] {
  const patterns: [string, RegExp][] = [
    ['EMAIL_ADDRESS', /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+/gu], ['IP_ADDRESS', /\b\d{1,3}(?:\.\d{1,3}){3}\b/gu], ['CREDIT_CARD', /\b\d{13,16}\b/gu], ['IBAN_CODE', /\b[A-Z]{2}\d{2}[A-Z0-9]{11,30}\b/gu],
    ['PHONE_NUMBER', /\+?\(?\d{2,4}\)?[ .-]\d{2,4}[ .-]\d{2,4}(?:[ .-]\d{2,4})?/gu], ['DOMAIN_NAME', /https?:\/\/\S+/gu], ['PERSON', /\b\p{Lu}\p{Ll}+(?: \p{Lu}\p{Ll}+)+/gu],
  ];
  return patterns.flatMap(([type, pattern]) => [...text.matchAll(pattern)].map((match) => ({ type, start: match.index, end: match.index + match[0].length })));
}

function textsPerSecond(samples: readonly Sample[], find: (text: string) => unknown, rounds: number): number {
  for (const { text } of samples) find(text);
  const began = performance.now();
  for (let round = 0; round < rounds; round += 1) for (const { text } of samples) find(text);
  return (samples.length * rounds * 1000) / (performance.now() - began);
}

/**
 * Finding personal data on marked texts of other people: how much, how rightly, how fast. Texts of even templates were looked at while the rules and the
 * generator were written; of the odd ones only the telephones and ages that failed, once. Names and places are never taken from either.
 */
export const pii: PerfScript = async ({ small }) => {
  const file = join(process.env['REDOUBT_DATA'] ?? resolve(import.meta.dirname, '../../../shared/data'), 'pii', 'synth_even.json');
  const title = 'personal data: presidio-research, texts with marked spans';
  if (!existsSync(file)) return { title, figures: [], notes: ['SKIPPED: pii/synth_even.json is not here (set REDOUBT_DATA to the data folder). Nothing was measured'] };
  const samples: Sample[] = records.parse(JSON.parse(readFileSync(file, 'utf8'))).map((record) => ({
    text: record.full_text, template: record.template_id, gold: record.spans.map((span) => ({ start: span.start_position, end: span.end_position, type: span.entity_type })),
  }));
  const parts: [string, Sample[]][] = [['all', samples], ['even templates', samples.filter(({ template }) => template % 2 === 0)], ['odd templates', samples.filter(({ template }) => template % 2 === 1)]];
  const figures: Figure[] = [];
  const notes: string[] = [];
  for (const [name, part] of parts) {
    const ours = judge(part, findPersonalData);
    const plain = judge(part, plainPatterns);
    figures.push(
      measured(`${name}: precision, any overlap`, ours.precision, ''),
      measured(`${name}: recall, any overlap`, ours.recall, ''),
      { ...measured(`${name}: F1, any overlap`, ours.f1, '', { text: '>= .80', holds: (value) => value >= 0.8 }), baseline: { name: 'patterns', value: plain.f1 } },
      { ...measured(`${name}: F1, characters`, ours.characters, ''), baseline: { name: 'patterns', value: plain.characters } },
      { ...measured(`${name}: F1, identifiers exact and typed`, ours.exact, '', { text: '>= .95', holds: (value) => value >= 0.95 }), baseline: { name: 'patterns', value: plain.exact } },
    );
    notes.push(`${name}, ${part.length} texts, recall by type: ${[...ours.byType].toSorted(([, a], [, b]) => b[1] - a[1]).map(([type, [hits, all]]) => `${type} ${hits}/${all}`).join(', ')}`);
  }
  const rounds = small ? 1 : 5;
  figures.push(compared('texts a second', textsPerSecond(samples, findPersonalData, rounds), '/s', 'patterns', textsPerSecond(samples, plainPatterns, rounds)));
  return { title, figures, notes };
};
