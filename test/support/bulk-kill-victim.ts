/** A process with a real engine at work on a bulk run until it is killed. It says what it was told is done. */
import type { BulkRunId, CaseId } from '../../preload/contract/domains/basics.ts';
import { unlockedEngine } from './engines.ts';

const order = JSON.parse(process.argv[2] ?? '') as { readonly vaultFolder: string; readonly caseId: CaseId; readonly run: BulkRunId };

const engine = await unlockedEngine(order.vaultFolder);
await engine.call('cases.open', { case: order.caseId, resume: true });
await engine.call('bulk.watch', { case: order.caseId, run: order.run }, ({ counts }) => { process.send?.({ done: counts.done }); });
process.send?.({ done: -1 });
