/** From a question to what it rests on: the extractive reader over generated cases, beside the bare FTS5 query for the same words. */
import Database from 'better-sqlite3';
import type { CaseId } from '../../preload/contract/domains/basics.ts';
import { unlockedEngine, type TestEngine } from '../support/engines.ts';
import { vocabularyWord } from './corpus.ts';
import { compared, measured, percentile, type Figure, type PerfOptions, type PerfScript } from './figures.ts';
import { withGeneratedCase, type GeneratedCase } from './generated-case.ts';

/** A question and its telling words. */
interface PerfQuestion {
  readonly text: string;
  readonly words: readonly string[];
}

const word = vocabularyWord;

/** Thirty questions of three to ten telling words, from words of almost every text to words of a few. */
const questions: readonly PerfQuestion[] = Array.from({ length: 30 }, (_, at) => {
  const ranks = [3 + at, 40 + at * 7, 400 + at * 31, 5000 + at * 211, 20_000 + at * 997, 12 + at, 90 + at * 3, 700 + at * 13, 1500 + at * 17, 60 + at].slice(0, 3 + (at % 8));
  const words = ranks.map(word);
  return { text: `When was the ${words.slice(0, 2).join(' ')} of ${words.slice(2).join(' ')}?`, words };
});

/** The best fifty contents of the same words in plain SQLite, encrypted nothing. */
function plainTimes(file: string, rounds: number): number[] {
  const db = new Database(file, { readonly: true });
  db.pragma('cache_size=-65536');
  const statement = db.prepare('SELECT rowid FROM text_index WHERE text_index MATCH ? ORDER BY rank LIMIT 50');
  const times: number[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    for (const { words } of questions) {
      const began = performance.now();
      statement.all(words.join(' OR '));
      if (round > 0) times.push(performance.now() - began); // the first round warms up
    }
  }
  db.close();
  return times;
}

/** Longest time that the engine's thread did not come back to its loop, over the run, in milliseconds. */
function watchLoop(): () => number {
  let longest = 0;
  let last = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    longest = Math.max(longest, now - last - 1);
    last = now;
  }, 1);
  return () => {
    clearInterval(timer);
    return longest;
  };
}

async function askAll(engine: TestEngine, caseId: CaseId): Promise<{ readonly times: number[]; readonly read: number; readonly documents: number }> {
  const times: number[] = [];
  let read = 0;
  let documents = 0;
  for (const { text } of questions) {
    const began = performance.now();
    const { turn } = await engine.call('chat.ask', { case: caseId, conversation: null, question: text, endpoint: null });
    times.push(performance.now() - began);
    read += turn.answer?.coverage.read ?? 0;
    documents = turn.answer?.coverage.documents ?? 0;
  }
  return { times, read: read / questions.length, documents };
}

async function figuresAt(documents: number, made: GeneratedCase, { small, log }: PerfOptions): Promise<Figure[]> {
  const name = documents.toLocaleString('en');
  const engine = await unlockedEngine(made.vaultFolder);
  try {
    await askAll(engine, made.case);
    const stop = watchLoop();
    const rounds = small ? 1 : 3;
    const runs = [];
    for (let round = 0; round < rounds; round += 1) runs.push(await askAll(engine, made.case));
    const longest = stop();
    const times = runs.flatMap((run) => run.times);
    const plain = plainTimes(made.plainFile, rounds);
    log(`${name}: ${times.length} questions, ${runs[0]?.read ?? 0} texts read on the mean`);
    return [
      compared(`${name} documents, question to kept answer, p50`, percentile(times, 0.5), 'ms', 'plain FTS5 query', percentile(plain, 0.5)),
      compared(`${name} documents, question to kept answer, p95`, percentile(times, 0.95), 'ms', 'plain FTS5 query', percentile(plain, 0.95)),
      measured(`${name} documents, texts read for a question, mean`, runs[0]?.read ?? 0, ''),
      measured(`${name} documents, engine away from its loop at most`, longest, 'ms', { text: '<= 50 ms', holds: (ms) => ms <= 50 }),
    ];
  } finally {
    await engine.close();
  }
}

/** Asking, at two sizes. */
export const ask: PerfScript = async (options) => {
  const figures: Figure[] = [];
  for (const documents of options.small ? [10_000] : [10_000, 100_000]) figures.push(...(await withGeneratedCase(documents, options.log, (made) => figuresAt(documents, made, options))));
  return { title: 'ask: the extractive reader, from the question to the kept answer', figures, notes: ['a plain FTS5 query finds and orders texts and reads none of them'] };
};
