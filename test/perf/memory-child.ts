/** An engine that opens a case, searches it and codes in it, and tells what it holds. Argument: the case, as JSON. */
import { unlockedEngine } from '../support/engines.ts';
import type { GeneratedCase } from './generated-case.ts';
import { perfQueries } from './queries.ts';
import { tellParent } from './tell-parent.ts';

const made = JSON.parse(process.argv[2] ?? '') as GeneratedCase;
const residentMb = (): number => process.memoryUsage.rss() / 2 ** 20;
const engine = await unlockedEngine(made.vaultFolder);
await engine.call('cases.open', { case: made.case });
const queue = await engine.call('sets.open', { case: made.case, source: { kind: 'queue', coding: 'any' } });
await engine.call('sets.rows', { case: made.case, set: queue.set, offset: 0, limit: 50 });
const openMb = residentMb();
for (const { text } of perfQueries) {
  const { set } = await engine.call('sets.open', { case: made.case, source: { kind: 'search', query: text } });
  await engine.call('sets.rows', { case: made.case, set, offset: 0, limit: 50 });
  await engine.call('sets.close', { case: made.case, set });
}
for (let offset = 0; offset < 400; offset += 50) {
  const { rows } = await engine.call('sets.rows', { case: made.case, set: queue.set, offset, limit: 50 });
  for (const { document } of rows) {
    await engine.call('documents.get', { case: made.case, document });
    await engine.call('documents.text', { case: made.case, document, from: 0, limit: 200_000 });
    await engine.call('coding.set', { case: made.case, document, verdict: 'relevant' });
  }
}
const workedMb = residentMb();
await engine.close();
await tellParent({ openMb, workedMb });
process.disconnect();
