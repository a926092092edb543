/**
 * `npm run perf [-- name …] [--json] [--small]`: measures and prints, each figure beside a baseline of the same run. It never
 * fails for being slow. Without names everything runs, the kill test last.
 */
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { ask } from './ask.ts';
import { check } from './check.ts';
import { coding } from './coding.ts';
import { table, type PerfScript, type Report } from './figures.ts';
import { groups } from './groups.ts';
import { guard } from './guard.ts';
import { ingest } from './ingest.ts';
import { injection } from './injection.ts';
import { kill } from './kill.ts';
import { memory } from './memory.ts';
import { mime4j } from './mime4j.ts';
import { model } from './model.ts';
import { nextDocument } from './next-document.ts';
import { oracles } from './oracles.ts';
import { pii } from './pii.ts';
import { relay } from './relay.ts';
import { scaleKill } from './scale-kill.ts';
import { scale } from './scale.ts';
import { search } from './search.ts';
import { start } from './start.ts';
import { zoo } from './zoo.ts';

const scripts: Readonly<Record<string, PerfScript>> = { ingest, search, coding, next: nextDocument, relay, model, start, memory, pii, oracles, guard, check, ask, zoo, mime4j, groups, scale, kill, 'scale-kill': scaleKill, injection };

const { values, positionals } = parseArgs({ options: { json: { type: 'boolean', default: false }, small: { type: 'boolean', default: false } }, allowPositionals: true });
const unknown = positionals.filter((name) => scripts[name] === undefined);
if (unknown.length > 0) {
  console.error(`There is no measurement called ${unknown.join(', ')}. There are: ${Object.keys(scripts).join(', ')}.`);
  process.exit(2);
}
/** One script; a failure of it is told, and the others still run. */
async function run(name: string, script: PerfScript): Promise<Report | null> {
  try {
    return await script({ small: values.small, log: (line) => { console.error(`${name}: ${line}`); } });
  } catch (error) {
    console.error(`${name} could not be measured:`, error);
    process.exitCode = 1;
    return null;
  }
}

const load = (): string => (loadavg()[0] ?? 0).toFixed(2);
for (const name of positionals.length > 0 ? positionals : Object.keys(scripts)) {
  const script = scripts[name];
  if (script === undefined) continue;
  const before = load();
  const report = await run(name, script);
  if (report === null) continue;
  const notes = [...report.notes, `load average ${before} before, ${load()} after`];
  console.log(values.json ? JSON.stringify({ name, ...report, notes }) : `${table({ ...report, notes })}\n`);
}
