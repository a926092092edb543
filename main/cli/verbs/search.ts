import { basename, extname } from 'node:path';
import type { CaseId } from '../../../preload/contract/domains/basics.ts';
import { openOutput, readNamedFile } from '../files.ts';
import type { Session } from '../session.ts';
import { needOption, numberOption, stringOption, UsageError, writeJson, type CliIo } from '../options.ts';
import { exitCodes, type ExitCode, type Verb } from '../verb.ts';

async function searchOne(session: Session, of: CaseId, query: string, limit: number, offset: number, io: CliIo, json: boolean): Promise<ExitCode> {
  const { set, total } = await session.call('sets.open', { case: of, source: { kind: 'search', query } });
  const hits: { document: string; path: string; score: number | null; snippet: string }[] = [];
  for (let from = offset; from < Math.min(total, offset + limit); from += 200) {
    const { rows } = await session.call('sets.rows', { case: of, set, offset: from, limit: Math.min(200, offset + limit - from), scores: true });
    for (const row of rows) hits.push({ document: row.document, path: row.path, score: row.score, snippet: row.snippets.map((line) => line.map((part) => part.text).join('')).join(' … ') });
  }
  if (json) writeJson(io, { total, exact: true, hits });
  else io.out(`${total} documents\n${hits.map((hit) => `${hit.path}\n    ${hit.snippet}\n`).join('')}`);
  return exitCodes.done;
}

/** A TREC run file: query, Q0, docno, rank, score, tag. The docno is the file's name without its extension. */
async function searchMany(session: Session, of: CaseId, queries: string, run: string, depth: number, io: CliIo, json: boolean): Promise<ExitCode> {
  const lines = readNamedFile(queries, '--queries').split(/\r?\n/).filter((line) => line.trim() !== '');
  const began = performance.now();
  const out = openOutput(run, '--run');
  for (const line of lines) {
    const tab = line.indexOf('\t');
    if (tab < 0) throw new UsageError('each line of --queries is an id, a tab and a text');
    const { hits } = await session.call('search.words', { case: of, text: line.slice(tab + 1), depth });
    const seen = new Set<string>();
    for (const hit of hits) {
      const docno = basename(hit.path, extname(hit.path));
      if (seen.has(docno)) continue;
      seen.add(docno);
      out.write(`${line.slice(0, tab)} Q0 ${docno} ${seen.size} ${hit.score.toFixed(6)} redoubt\n`);
    }
  }
  out.close();
  const seconds = Number(((performance.now() - began) / 1000).toFixed(3));
  if (json) writeJson(io, { queries: lines.length, seconds });
  else io.out(`${lines.length} queries, ${seconds} s\n`);
  return exitCodes.done;
}

/** Searches a case: one query in the box's language, or a file of plain-word queries for a TREC run. */
export const search: Verb = {
  name: 'search',
  usage: 'QUERY | --queries FILE.tsv --run OUT [--depth N] --vault DIR --case ID|NAME [--limit N] [--offset N] [--mode lexical]',
  summary: 'Search a case by the search box\'s language, or many plain-word queries at once.',
  options: { limit: { type: 'string' }, offset: { type: 'string' }, mode: { type: 'string' }, queries: { type: 'string' }, run: { type: 'string' }, depth: { type: 'string' } },
  words: [0, 1],
  run: async ({ words: [query], options, session, io, json }) => {
    const mode = stringOption(options, 'mode') ?? 'lexical';
    if (mode !== 'lexical') throw new UsageError('--mode takes lexical; semantic and hybrid are not built yet');
    const queries = stringOption(options, 'queries');
    const limit = numberOption(options, 'limit', 20, 1, 100_000);
    const offset = numberOption(options, 'offset', 0, 0, 100_000_000);
    const depth = numberOption(options, 'depth', 1000, 1, 100_000);
    if ((query === undefined) === (queries === null)) throw new UsageError('a query or --queries, one of them');
    const run = queries === null ? '' : needOption(options, 'run');
    const info = await session.openCase();
    return queries === null ? searchOne(session, info.case, query ?? '', limit, offset, io, json) : searchMany(session, info.case, queries, run, depth, io, json);
  },
};
