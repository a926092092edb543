import Database from 'better-sqlite3';
import { fork, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { mailCorpus, type Corpus } from './corpus.ts';
import { compared, measured, median, type Figure, type PerfScript } from './figures.ts';

interface Ran {
  readonly files: number;
  readonly seconds: number;
  readonly blockedP99Ms: number;
  readonly blockedMaxMs: number;
}

function ours(folder: string, workers: number, mode: 'encrypted' | 'plain'): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(new URL('ingest-child.ts', import.meta.url)), [folder, String(workers), mode], { execArgv: [] });
    let ran: Ran | null = null;
    child.on('message', (message) => { ran = message as Ran; }); // our own program
    child.once('exit', (code) => (ran === null ? reject(new Error(`the ingest ended with ${String(code)}`)) : resolve(ran)));
  });
}

/** Files per second of Recoll over the same folder, cold, with a configuration of its own; null where it is not installed. */
function recoll(place: string, corpus: Corpus): number | null {
  if (spawnSync('recollindex', ['-h'], { stdio: 'ignore' }).error !== undefined) return null;
  const config = mkdtempSync(join(place, 'recoll-'));
  writeFileSync(join(config, 'recoll.conf'), `topdirs = ${corpus.folder}\nindexstemminglanguages = english\nloglevel = 1\n`);
  const began = performance.now();
  const { status } = spawnSync('recollindex', ['-c', config, '-z'], { stdio: 'ignore', env: { ...process.env, HOME: config, RECOLL_CONFDIR: config } });
  const seconds = (performance.now() - began) / 1000;
  rmSync(config, { recursive: true });
  return status === 0 ? corpus.files.length / seconds : null;
}

/** Texts per second into an encrypted FTS5 table with the store's settings and nothing else: no walk, no process, no originals, no ids. */
function bareInserts(place: string, texts: readonly string[]): number {
  const file = join(place, 'bare.db');
  const db = new Database(file);
  db.pragma("cipher='sqlcipher'");
  db.pragma('legacy=4');
  db.pragma('legacy_page_size=16384');
  db.key(Buffer.from(`raw:${'5a'.repeat(32)}`));
  for (const setting of ['temp_store=MEMORY', 'journal_mode=WAL', 'synchronous=FULL', 'secure_delete=ON', 'cache_size=-65536']) db.pragma(setting);
  db.exec("CREATE VIRTUAL TABLE texts USING fts5(body, tokenize='porter unicode61 remove_diacritics 2')");
  const insert = db.prepare('INSERT INTO texts VALUES (?)');
  const add = db.transaction((part: readonly string[]) => { for (const text of part) insert.run(text); });
  const began = performance.now();
  for (let first = 0; first < texts.length; first += 500) add(texts.slice(first, first + 500));
  const seconds = (performance.now() - began) / 1000;
  db.close();
  for (const rest of ['', '-wal', '-shm']) rmSync(file + rest, { force: true });
  return texts.length / seconds;
}

/** Bringing in the mail texts: the whole pipeline against Recoll, bare inserts, and itself without encryption, in turns. */
export const ingest: PerfScript = async ({ small, log }) => {
  const place = mkdtempSync(join(tmpdir(), 'redoubt-perf-'));
  try {
    const corpus = mailCorpus(place, small);
    const texts = corpus.files.map((file) => readFileSync(file, 'utf8'));
    const rates: Record<'one' | 'two' | 'plain' | 'recoll' | 'bare', number[]> = { one: [], two: [], plain: [], recoll: [], bare: [] };
    const runs: Ran[] = [];
    for (let round = 0; round < (small ? 1 : 3); round += 1) {
      for (const [name, workers, mode] of [['one', 1, 'encrypted'], ['two', 2, 'encrypted'], ['plain', 1, 'plain']] as const) {
        const ran = await ours(corpus.folder, workers, mode);
        rates[name].push(ran.files / ran.seconds);
        if (name === 'one') runs.push(ran);
        const beside = name === 'plain' ? null : recoll(place, corpus);
        if (beside !== null) rates.recoll.push(beside);
        log(`round ${round + 1}: ${name} ${(ran.files / ran.seconds).toFixed(0)} files/s${beside === null ? '' : `, then Recoll ${beside.toFixed(0)}`}`);
      }
      rates.bare.push(bareInserts(place, texts));
    }
    const [one, two, plain, bare] = [median(rates.one), median(rates.two), median(rates.plain), median(rates.bare)];
    const figures: Figure[] = [];
    const notes = corpus.note === null ? [] : [corpus.note];
    if (rates.recoll.length > 0) {
      const bar = { text: '>= 2x Recoll', holds: (ratio: number) => ratio >= 2 };
      figures.push(compared('whole pipeline, 1 worker', one, 'files/s', 'Recoll', median(rates.recoll), bar), compared('whole pipeline, 2 workers', two, 'files/s', 'Recoll', median(rates.recoll), bar));
    } else {
      notes.push('SKIPPED: Recoll is not installed (Debian and Ubuntu: apt-get install recollcmd), so there is nothing to compare with');
      figures.push(measured('whole pipeline, 1 worker', one, 'files/s'), measured('whole pipeline, 2 workers', two, 'files/s'));
    }
    figures.push(
      compared('whole pipeline, 1 worker', one, 'files/s', 'bare inserts', bare),
      compared('time, encrypted', 1000 / one, 'ms/file', 'unencrypted', 1000 / plain, { text: '<= 1.3x', holds: (ratio) => ratio <= 1.3 }),
      measured('engine busy at a time, p99', median(runs.map((ran) => ran.blockedP99Ms)), 'ms'),
      measured('engine busy at a time, longest', median(runs.map((ran) => ran.blockedMaxMs)), 'ms'),
    );
    return { title: `ingest of ${corpus.files.length} files (${corpus.name}), medians`, figures, notes };
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
};
