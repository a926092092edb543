/** From a question to what it rests on: the extractive reader over generated cases, beside the bare FTS5 query for the same words. */
import Database from 'better-sqlite3';
import { closeSync, existsSync, fdatasyncSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
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

/** The longest time that the engine's thread did not come back to its loop, in milliseconds, with what it worked in it; without the time in which other programs had the processor. */
interface LongestAway {
  readonly ms: number;
  readonly workMs: number;
}

/** How long this thread has waited for a processor, in ms; 0 where the system does not tell. */
function waitedForProcessorMs(): number {
  const file = `/proc/self/task/${process.pid}/schedstat`;
  return existsSync(file) ? Number(readFileSync(file, 'utf8').split(' ')[1]) / 1e6 : 0;
}

function watchLoop(): () => LongestAway {
  let longest: LongestAway = { ms: 0, workMs: 0 };
  const now = (): { readonly ms: number; readonly work: NodeJS.CpuUsage } => ({ ms: performance.now() - waitedForProcessorMs(), work: process.threadCpuUsage() });
  let last = now();
  const timer = setInterval(() => {
    const { user, system } = process.threadCpuUsage(last.work);
    const ms = performance.now() - waitedForProcessorMs() - last.ms - 1;
    if (ms > longest.ms) longest = { ms, workMs: (user + system) / 1000 };
    last = now();
  }, 1);
  return () => {
    clearInterval(timer);
    return longest;
  };
}

/** The longest of as many commits' worth of bytes, written and made durable by themselves in the folder. */
function longestFlushMs(folder: string, times: number): number {
  const file = join(folder, 'flush');
  const open = openSync(file, 'w');
  const bytes = Buffer.alloc(8 * 16_384, 1);
  let longest = 0;
  for (let time = 0; time < times; time += 1) {
    const began = performance.now();
    writeSync(open, bytes);
    fdatasyncSync(open);
    longest = Math.max(longest, performance.now() - began);
  }
  closeSync(open);
  rmSync(file);
  return longest;
}

const underBar = { text: '<= 50 ms', holds: (ms: number) => ms <= 50 };

const awayFigures = (name: string, { ms, workMs }: LongestAway, flushMs: number): Figure[] => [
  { ...measured(`${name}, engine away from its loop at most`, ms, 'ms', underBar), baseline: { name: 'bare flush to disk', value: flushMs } },
  measured(`${name}, of that by its own work`, workMs, 'ms', underBar),
];

/** What would leave for a model elsewhere is shown, with stand-ins for personal data in the question and two dozen passages. Nothing is sent. */
async function previewAll(engine: TestEngine, caseId: CaseId): Promise<void> {
  const { endpoint } = await engine.call('endpoints.add', { name: `Elsewhere ${caseId.slice(0, 8)}`, dialect: 'openai-chat', baseUrl: 'https://models.example', model: 'none', ceiling: 'SECRET//NOFORN' });
  for (const { text } of questions) await engine.call('chat.preview', { case: caseId, conversation: null, question: `${text} Anna Schmidt of Acme Ltd asks.`, endpoint });
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
    const asking = stop();
    const stopPreviews = watchLoop();
    await previewAll(engine, made.case);
    const previewing = stopPreviews();
    const times = runs.flatMap((run) => run.times);
    const flushMs = longestFlushMs(made.vaultFolder, questions.length * 2 * rounds);
    const plain = plainTimes(made.plainFile, rounds);
    log(`${name}: ${times.length} questions, ${runs[0]?.read ?? 0} texts read on the mean`);
    return [
      compared(`${name} documents, question to kept answer, p50`, percentile(times, 0.5), 'ms', 'plain FTS5 query', percentile(plain, 0.5)),
      compared(`${name} documents, question to kept answer, p95`, percentile(times, 0.95), 'ms', 'plain FTS5 query', percentile(plain, 0.95)),
      measured(`${name} documents, texts read for a question, mean`, runs[0]?.read ?? 0, ''),
      ...awayFigures(`${name} documents, asking`, asking, flushMs),
      ...awayFigures(`${name} documents, showing what would leave`, previewing, flushMs),
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
