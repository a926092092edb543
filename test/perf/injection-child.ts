/** The run of injection.ts in a process whose every attempt to reach a network is counted: `--import` of socket-hook.ts. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { attacks, questionOf } from '../support/attacks.ts';
import { runInjection, type AttackOutcome, type BulkOutcome } from '../support/injection-run.ts';
import { bipiaAttacks, hasBipia } from './bipia.ts';
import { tellParent } from './tell-parent.ts';

/** What the child tells when it is done. */
export interface InjectionReport {
  readonly outcomes: readonly AttackOutcome[];
  readonly bulk: readonly BulkOutcome[];
  readonly otherBulkActions: readonly string[];
  readonly missedInBulk: readonly string[];
  readonly missed: readonly string[];
  /** Attempts to reach anything but the endpoint. */
  readonly elsewhere: readonly string[];
  readonly changed: readonly string[];
}

const isSmall = process.argv[2] === 'small';
const { attempts } = await import('../support/socket-hook.ts');
const place = mkdtempSync(join(tmpdir(), 'redoubt-injection-'));
const planted = [...attacks.map((attack) => ({ ...attack, question: questionOf(attack) })), ...(hasBipia() ? bipiaAttacks(isSmall ? 15 : 150) : [])];
const run = await runInjection(place, planted, (done) => { if (done % 25 === 0) console.error(`injection: ${done} of ${planted.length} asked`); });
rmSync(place, { recursive: true });
const report: InjectionReport = {
  outcomes: run.outcomes, missed: run.missed, bulk: run.bulk, otherBulkActions: run.otherBulkActions, missedInBulk: run.missedInBulk,
  // The victim begins to listen at a literal address, which Node looks up without asking anybody.
  elsewhere: attempts().filter((attempt) => attempt !== `tcp 127.0.0.1:${run.port}` && attempt !== 'dns lookup 127.0.0.1'),
  changed: [...run.changedLists, ...run.problems, ...(run.endpointsBefore === run.endpointsAfter ? [] : ['endpoints'])],
};
await tellParent(report);
process.disconnect();
