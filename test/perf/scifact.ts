/** SciFact's claims with their evidence, and a case of its abstracts, where the data folder is at hand. Claims whose id is a multiple of 3 are held out. */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createCaseDb, type CaseDb } from '../support/case-db.ts';

export interface ScifactClaim {
  readonly id: string;
  readonly text: string;
  /** What the evidence says of it; `NONE` has none. */
  readonly label: 'SUPPORT' | 'CONTRADICT' | 'NONE';
  /** Sentences by abstract. */
  readonly evidence: ReadonlyMap<string, ReadonlySet<number>>;
  /** Abstracts that the claim was written from or looked for in. */
  readonly abstracts: readonly string[];
  readonly isHeldOut: boolean;
}

export interface Scifact {
  readonly claims: readonly ScifactClaim[];
  readonly db: CaseDb;
  /** The abstract of a document. */
  readonly abstractOf: (document: number) => string;
  readonly documentOf: (abstract: string) => number;
  /** The sentence of an abstract that a span of its document lies in for the most part, or -1. */
  readonly sentenceAt: (abstract: string, start: number, end: number) => number;
}

const folder = join(process.env['REDOUBT_DATA'] ?? resolve(import.meta.dirname, '../../../shared/data'), 'search-scifact');

function rows<T>(name: string): T[] {
  return readFileSync(join(folder, name), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as T);
}

/** Whether the data folder has it. */
export const hasScifact = (): boolean => existsSync(join(folder, 'corpus.jsonl'));

/** Builds the case; the caller closes `db`. Abstracts stand as `abstracts/ID.txt`: title, empty line, sentences. */
export function openScifact(): Scifact {
  const spans = new Map<string, [number, number][]>();
  const documents = rows<{ id: string; title: string; sentences: string[] }>('corpus.jsonl').map(({ id, title, sentences }) => {
    let body = `${title}\n\n`;
    spans.set(id, sentences.map((sentence, index) => {
      const text = sentence.trim().replace(/\s+/g, ' ');
      if (index > 0) body += ' ';
      body += text;
      return [body.length - text.length, body.length];
    }));
    return { path: `abstracts/${id}.txt`, body };
  });
  const db = createCaseDb();
  const numbers = db.add(...documents);
  const abstracts = new Map(numbers.map((number, index) => [number, /(\d+)\.txt$/.exec(documents[index]?.path ?? '')?.[1] ?? '']));
  const numberByAbstract = new Map([...abstracts].map(([number, id]) => [id, number]));
  const evidence = new Map<string, { label: 'SUPPORT' | 'CONTRADICT'; sentences: Map<string, Set<number>> }>();
  for (const { claim, doc, label, sentences } of rows<{ claim: string; doc: string; label: 'SUPPORT' | 'CONTRADICT'; sentences: number[] }>('evidence.train.jsonl')) {
    const known = evidence.get(claim) ?? { label, sentences: new Map<string, Set<number>>() };
    evidence.set(claim, known);
    known.sentences.set(doc, new Set([...(known.sentences.get(doc) ?? []), ...sentences]));
  }
  const judged = readFileSync(join(folder, 'qrels.train.tsv'), 'utf8').trim().split('\n').map((line) => line.split('\t'));
  return {
    claims: rows<{ id: string; text: string }>('queries.train.jsonl').map(({ id, text }) => ({
      id, text, label: evidence.get(id)?.label ?? 'NONE', evidence: evidence.get(id)?.sentences ?? new Map<string, Set<number>>(), abstracts: judged.filter(([claim]) => claim === id).map(([, doc]) => doc ?? ''), isHeldOut: Number(id) % 3 === 0,
    })),
    db,
    abstractOf: (document) => abstracts.get(document) ?? '',
    documentOf: (abstract) => numberByAbstract.get(abstract) ?? 0,
    sentenceAt: (abstract, start, end) => (spans.get(abstract) ?? []).findIndex(([from, to]) => Math.min(to, end) - Math.max(from, start) > (end - start) / 2),
  };
}
