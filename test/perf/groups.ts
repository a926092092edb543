import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { printedFacts } from '../../main/search/groups/message-facts.ts';
import { nearGroups, nearSimilarity } from '../../main/search/groups/near-groups.ts';
import { leastShingles, shinglesOf, similarityOf } from '../../main/search/groups/shingles.ts';
import { createThreads } from '../../main/search/groups/threads.ts';
import { mailCorpus } from './corpus.ts';
import { compared, measured, type PerfScript } from './figures.ts';

/** Shingles that so many texts share say nothing, and would make every pair of texts one to compare. */
const mostShared = 1000;

/** Texts that are at least as similar as is asked to an earlier one, by comparing all that share a shingle: what the bands must find. */
function alikeByComparingAll(sets: readonly Uint32Array[]): Set<number> {
  const holders = new Map<number, number[]>();
  const found = new Set<number>();
  for (const [at, set] of sets.entries()) {
    if (set.length < leastShingles) continue;
    const shared = new Map<number, number>();
    for (const shingle of set) {
      const others = holders.get(shingle) ?? [];
      if (others.length <= mostShared) for (const other of others) shared.set(other, (shared.get(other) ?? 0) + 1);
      others.push(at);
      holders.set(shingle, others);
    }
    for (const [other, count] of shared) {
      if (count >= 0.4 * set.length && similarityOf(set, sets[other] ?? new Uint32Array()) >= nearSimilarity) {
        found.add(at);
        break;
      }
    }
  }
  return found;
}

/** Near-duplicates of the mail texts against comparing all pairs, and the threads that their printed headers give. */
export const groups: PerfScript = async ({ small, log }) => {
  const place = mkdtempSync(join(tmpdir(), 'redoubt-perf-groups-'));
  try {
    const corpus = mailCorpus(place, small);
    const bodies = corpus.files.map((file) => readFileSync(file, 'utf8'));
    const before = process.memoryUsage.rss();
    let began = performance.now();
    const near = nearGroups((content) => bodies[content] ?? '');
    const places = bodies.map((body, content) => near.place(content, body));
    const seconds = (performance.now() - began) / 1000;
    const grownMb = (process.memoryUsage.rss() - before) / 2 ** 20;
    const members = places.flatMap(({ pivot }, content) => (pivot === content ? [] : [{ content, pivot }]));
    log('comparing all pairs');
    began = performance.now();
    const sets = bodies.map(shinglesOf);
    const alike = alikeByComparingAll(sets);
    const allSeconds = (performance.now() - began) / 1000;
    const right = members.filter(({ content, pivot }) => similarityOf(sets[content] ?? new Uint32Array(), sets[pivot] ?? new Uint32Array()) >= nearSimilarity).length;
    const threads = createThreads();
    let printed = 0;
    for (const [content, body] of bodies.entries()) {
      const facts = printedFacts(body);
      if (facts === null) continue;
      printed += 1;
      threads.join(content, facts, () => false);
    }
    const sizes = bodies.map((_, content) => threads.messagesOf(content).length).filter((size) => size > 1);
    return {
      title: `near-duplicates of ${bodies.length} texts (${corpus.name})`,
      figures: [
        compared('time', seconds, 's', 'comparing all that share a shingle', allSeconds),
        measured('memory grown by', grownMb, 'MB'),
        measured('texts placed under another', members.length, ''),
        measured('of them at least 80% alike (precision)', right / Math.max(1, members.length), ''),
        measured('of those with an earlier text 80% alike (recall)', members.filter(({ content }) => alike.has(content)).length / Math.max(1, alike.size), ''),
        measured('printed messages', printed, ''),
        measured('threads of several, without the quoting rule', sizes.length, ''),
        measured('messages in them', sizes.reduce((sum, size) => sum + size, 0), ''),
      ],
      notes: corpus.note === null ? [] : [corpus.note],
    };
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
};
