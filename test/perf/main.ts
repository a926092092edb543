/**
 * `npm run perf [-- name …] [--json] [--small]`: measures and prints, each figure beside a baseline of the same run. It never
 * fails for being slow. Without names everything runs, the kill test last.
 */
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { coding } from './coding.ts';
import { table, type PerfScript } from './figures.ts';
import { ingest } from './ingest.ts';
import { kill } from './kill.ts';
import { memory } from './memory.ts';
import { nextDocument } from './next-document.ts';
import { search } from './search.ts';
import { start } from './start.ts';

const scripts: Readonly<Record<string, PerfScript>> = { ingest, search, coding, next: nextDocument, start, memory, kill };

const { values, positionals } = parseArgs({ options: { json: { type: 'boolean', default: false }, small: { type: 'boolean', default: false } }, allowPositionals: true });
const unknown = positionals.filter((name) => scripts[name] === undefined);
if (unknown.length > 0) {
  console.error(`There is no measurement called ${unknown.join(', ')}. There are: ${Object.keys(scripts).join(', ')}.`);
  process.exit(2);
}
const load = (): string => (loadavg()[0] ?? 0).toFixed(2);
for (const name of positionals.length > 0 ? positionals : Object.keys(scripts)) {
  const script = scripts[name];
  if (script === undefined) continue;
  const before = load();
  const report = await script({ small: values.small, log: (line) => { console.error(`${name}: ${line}`); } });
  const notes = [...report.notes, `load average ${before} before, ${load()} after`];
  console.log(values.json ? JSON.stringify({ name, ...report, notes }) : `${table({ ...report, notes })}\n`);
}
