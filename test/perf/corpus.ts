/** What is measured on: the real mail texts where they are at hand, and texts of our own making. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { seededRandom, type Random } from '../support/random.ts';
import { writeGeneratedFolder } from '../support/generated-folder.ts';

const here = import.meta.dirname;

/** A folder of files, and what it is. */
export interface Corpus {
  readonly name: string;
  readonly folder: string;
  readonly files: readonly string[];
  readonly note: string | null;
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name)).sort();
}

/** The mail texts, unpacked into a new folder below `place`, or, loudly, a folder of generated files. */
export function mailCorpus(place: string, small: boolean): Corpus {
  const data = process.env['REDOUBT_DATA'] ?? resolve(here, '../../../shared/data');
  const archive = join(data, 'mail-foia', 'foia-5k.tar.gz');
  const folder = mkdtempSync(join(place, 'dump-'));
  if (existsSync(archive) && !small) {
    execFileSync('tar', ['xzf', archive, '-C', folder]);
    return { name: 'mail-foia', folder, files: filesBelow(folder), note: null };
  }
  writeGeneratedFolder(folder, small ? 400 : 4000, 21);
  return { name: 'generated files', folder, files: filesBelow(folder), note: small ? null : 'mail-foia is not here (set REDOUBT_DATA to the data folder): measured on generated files of several formats instead, which no bar is set for' };
}

const syllables = 'ba ce di fo gu ha je ki lo mu na pe qui ro su ta ve wi xo yu za bre cli dro flu gra ple'.split(' ');

/** A word for each rank, made of syllables: the same for every run. */
export function vocabularyWord(rank: number): string {
  let rest = rank;
  let word = '';
  do {
    word += syllables[rest % syllables.length] ?? '';
    rest = Math.floor(rest / syllables.length);
  } while (rest > 0);
  return `${word}r`;
}

const vocabulary = 60_000;
const wordsPerText = 120;

/** Ranks as Zipf found words in texts: the second half as often as the first. */
function zipfRank(random: Random): number {
  return Math.min(vocabulary - 1, Math.floor(vocabulary ** random.next()) - 1);
}

/** The text of a generated document. The same number gives the same text. */
export function zipfText(index: number): string {
  const random = seededRandom(index + 1);
  const lines: string[] = [];
  for (let line = 0; line < wordsPerText / 12; line += 1) lines.push(Array.from({ length: 12 }, () => vocabularyWord(zipfRank(random))).join(' '));
  return lines.join('.\n');
}

/** A folder below the system's temporary one that stays from run to run; `version` changes when what is in it does. */
export function cacheFolder(name: string): string {
  const version = 1;
  const folder = join(tmpdir(), `redoubt-perf-${version}`, name);
  mkdirSync(folder, { recursive: true });
  return folder;
}
