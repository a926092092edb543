/** One life of an engine that brings a folder in: begun, or gone on with where the last life was killed. Arguments: vault, folder. */
import type { CaseId } from '../../preload/contract/domains/basics.ts';
import { addCase, createdEngine, unlockedEngine, type TestEngine } from '../support/engines.ts';
import { tellParent } from './tell-parent.ts';

/** What a life tells: what is committed so far, or that the job is done with the paths of all documents. */
export type FromLife = { readonly t: 'committed'; readonly files: number } | { readonly t: 'done'; readonly held: number; readonly paths: readonly string[]; readonly problems: readonly string[] };

const [vault = '', folder = '', begins = ''] = process.argv.slice(2);
const told = (message: FromLife): Promise<void> => tellParent(message);
const tell = (message: FromLife): void => void told(message);

async function begin(): Promise<{ readonly engine: TestEngine; readonly caseId: CaseId }> {
  const engine = await createdEngine(vault);
  const caseId = await addCase(engine, 'Large');
  await engine.call('ingest.start', { case: caseId, paths: [folder], workers: 2 });
  return { engine, caseId };
}

async function goOn(): Promise<{ readonly engine: TestEngine; readonly caseId: CaseId }> {
  const engine = await unlockedEngine(vault);
  const [large] = (await engine.call('cases.list', {})).cases;
  if (large === undefined) throw new Error('the case is gone');
  await engine.call('cases.open', { case: large.case, resume: true });
  return { engine, caseId: large.case };
}

const { engine, caseId } = await (begins === 'begin' ? begin() : goOn());
const [job] = (await engine.call('ingest.jobs', { case: caseId })).jobs;
if (job === undefined) throw new Error('the job is gone');
tell({ t: 'committed', files: job.counts.done });
const ended = await engine.call('ingest.watch', { case: caseId, job: job.job }, ({ counts }) => tell({ t: 'committed', files: counts.done }));
if (ended.state !== 'done') throw new Error(`the job ended ${ended.state}`);
const paths: string[] = [];
await engine.call('documents.list', { case: caseId }, ({ lines }) => paths.push(...lines.map((line) => line.path)));
const { problems } = await engine.call('vault.verify', {});
tell({ t: 'committed', files: ended.counts.done });
await told({ t: 'done', held: ended.counts.quarantined, paths, problems: problems.map(({ code, where }) => `${code}: ${where}`) });
await engine.close();
process.disconnect();
