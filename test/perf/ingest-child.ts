/** One ingest in a process of its own, measured from the start of the job to its end. Arguments: folder, workers, plain or encrypted. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { addCase, createdEngine, ingested } from '../support/engines.ts';
import { tellParent } from './tell-parent.ts';

const [folder = '', workers = '1', mode = 'encrypted'] = process.argv.slice(2);
const place = mkdtempSync(join(tmpdir(), 'redoubt-perf-ingest-'));
try {
  const engine = await createdEngine(join(place, 'vault'), { plaintextForBenchmark: mode === 'plain' });
  const caseId = await addCase(engine, 'Measured');
  const delay = monitorEventLoopDelay({ resolution: 2 });
  delay.enable();
  const began = performance.now();
  const job = await ingested(engine, caseId, [folder], Number(workers));
  const seconds = (performance.now() - began) / 1000;
  delay.disable();
  await engine.close();
  if (job.state !== 'done' || job.counts.quarantined > 0) throw new Error(`the ingest ended ${job.state} with ${job.counts.quarantined} held`);
  await tellParent({ files: job.counts.done, seconds, blockedP99Ms: delay.percentile(99) / 1e6, blockedMaxMs: delay.max / 1e6 });
} finally {
  rmSync(place, { recursive: true, force: true });
}
process.disconnect();
