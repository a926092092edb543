/** A process with a real engine in which an analyst works without rest until it is killed. Told by kill-run.ts what to work on. */
import type { CaseId, DocumentId, JobId, Verdict } from '../../preload/contract/domains/basics.ts';
import { unlockedEngine, type TestEngine } from './engines.ts';
import type { Deed, Done, FromVictim, VictimOrder } from './kill-messages.ts';
import { seededRandom, type Random } from './random.ts';

const order = JSON.parse(process.argv[2] ?? '') as VictimOrder;
const random = seededRandom(order.seed);
const tell = (message: FromVictim): void => { process.send?.(message); };

const verdicts: readonly (Verdict | null)[] = ['relevant', 'not-relevant', 'deferred', null];
const questions = ['What did the survey of the quay note?', 'Which cargo was under bond?', 'Who was the pilot of the vessel?', 'What does the tariff say about freight?'];

/** Watches jobs until the process ends: what they say is committed has to be there afterwards. */
function watch(engine: TestEngine, caseId: CaseId, job: JobId): void {
  const report = (files: number): void => tell({ t: 'committed', job, files });
  engine.call('ingest.watch', { case: caseId, job }, ({ counts }) => report(counts.done)).then(({ counts }) => report(counts.done), fail);
}

function fail(error: unknown): void {
  tell({ t: 'failed', message: error instanceof Error ? (error.stack ?? error.message) : String(error) });
}

/** Documents to work on, looked up again now and then because ingest adds to them. */
async function findDocuments(engine: TestEngine, caseId: CaseId): Promise<DocumentId[]> {
  const found: DocumentId[] = [];
  await engine.call('documents.list', { case: caseId }, ({ lines }) => found.push(...lines.filter((line) => line.chars > 10).map((line) => line.id)));
  return found;
}

function choose(documents: readonly DocumentId[], folders: string[], isIngesting: boolean): Deed {
  if (!isIngesting && folders[0] !== undefined) return { do: 'ingest', folder: folders.shift() ?? '' };
  const document = random.pick(documents);
  const chance = random.next();
  if (chance < 0.5) return { do: 'code', document, verdict: random.pick(verdicts) };
  if (chance < 0.7) return { do: 'note', document, text: `note ${random.between(0, 1e9)}` };
  if (chance < 0.97) return { do: 'annotate', document, note: `mark ${random.between(0, 1e9)}` };
  return { do: 'ask', question: `${random.pick(questions)} (${random.between(0, 1e9)})` };
}

async function carryOut(engine: TestEngine, caseId: CaseId, deed: Deed, chance: Random): Promise<Done> {
  switch (deed.do) {
    case 'code':
      await engine.call('coding.set', { case: caseId, document: deed.document, verdict: deed.verdict });
      return {};
    case 'note':
      await engine.call('notes.set', { case: caseId, document: deed.document, text: deed.text });
      return {};
    case 'annotate': {
      const { chars } = await engine.call('documents.text', { case: caseId, document: deed.document, from: 0, limit: 1 });
      const start = chance.between(0, Math.max(1, chars - 5));
      const { annotation } = await engine.call('annotations.add', { case: caseId, document: deed.document, start, end: Math.min(chars, start + 4), label: 'claim', note: deed.note });
      return { annotation };
    }
    case 'ask': {
      const { conversation, turn } = await engine.call('chat.ask', { case: caseId, conversation: null, question: deed.question, endpoint: null });
      return { conversation, turn: turn.turn };
    }
    case 'ingest': {
      const { job } = await engine.call('ingest.start', { case: caseId, paths: [deed.folder], workers: 1 });
      watch(engine, caseId, job);
      return { job };
    }
  }
}

async function work(): Promise<never> {
  const engine = await unlockedEngine(order.vaultFolder);
  await engine.call('cases.open', { case: order.case });
  tell({ t: 'ready', case: order.case });
  const { jobs } = await engine.call('ingest.jobs', { case: order.case });
  for (const job of jobs) if (job.state === 'running') watch(engine, order.case, job.job);
  const folders = [...order.folders];
  let documents: DocumentId[] = [];
  for (let round = 0; ; round += 1) {
    if (round % 200 === 0) documents = await findDocuments(engine, order.case);
    const { jobs: now } = await engine.call('ingest.jobs', { case: order.case });
    const deed = choose(documents, folders, now.some((job) => job.state === 'running'));
    tell({ t: 'tries', deed });
    tell({ t: 'done', deed, done: await carryOut(engine, order.case, deed, random) });
    await new Promise((resolve) => { setImmediate(resolve); });
  }
}

work().catch(fail);
