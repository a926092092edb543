import { resolve } from 'node:path';
import { bulkRunId, opId, type BulkRunId, type CaseId, type EndpointId, type OpId } from '../../../preload/contract/domains/basics.ts';
import type { BulkRun, BulkScope } from '../../../preload/contract/domains/bulk.ts';
import type { Input } from '../../../preload/contract/routes.ts';
import { readNamedFile } from '../files.ts';
import { readMarkingOption } from '../marking-option.ts';
import { numberOption, stringOption, UsageError, writeJson, type CliIo, type Options } from '../options.ts';
import { CallFailure, type Session } from '../session.ts';
import { exitCodes, type ExitCode, type Verb } from '../verb.ts';

const most = Number.MAX_SAFE_INTEGER;

async function endpointNamed(session: Session, name: string): Promise<EndpointId> {
  const { endpoints } = await session.call('endpoints.list', {});
  const found = endpoints.find((entry) => entry.name.toLowerCase() === name.toLowerCase());
  if (found === undefined) throw new CallFailure({ code: 'endpoint.unknown', message: 'There is no endpoint of this name in the vault.' });
  return found.endpoint;
}

/** The run that a word names: its id, or the beginning of it. */
async function runNamed(session: Session, caseId: CaseId, word: string): Promise<BulkRunId> {
  const whole = bulkRunId.safeParse(word);
  if (whole.success) return whole.data;
  const { runs } = await session.call('bulk.runs', { case: caseId });
  const found = runs.filter(({ run }) => word.length >= 4 && run.startsWith(word));
  if (found.length !== 1 || found[0] === undefined) throw new CallFailure({ code: 'bulk.unknown-run', message: 'There is no such run in this case.' });
  return found[0].run;
}

/** A run as scripts read it. */
function printed({ run, kind, version, state, reason, endpoint, counts, reasons, spent, budget, marking, startedAt }: BulkRun): Record<string, unknown> {
  return { run, kind, version, state, reason, endpoint: endpoint.name, model: endpoint.model, ...counts, reasons, ...spent, budget, marking: marking.banner, startedAt };
}

function tell(io: CliIo, json: boolean, run: BulkRun): void {
  if (json) writeJson(io, printed(run));
  else io.out(`${run.run.slice(0, 8)}  ${run.kind}  ${run.state}${run.reason === null ? '' : ` (${run.reason.code})`}  ${run.counts.done} of ${run.counts.total} done, ${run.counts.failed} failed, ${run.counts.held} held  ${run.spent.requests} requests, ${run.spent.promptTokens + run.spent.completionTokens} tokens  ${run.endpoint.name}\n`);
}

/** Waits for a run and says how it ended: 0 all done, 4 in part, 3 when nothing might go, 1 when something stopped it. */
async function waited(session: Session, caseId: CaseId, run: BulkRunId, io: CliIo, json: boolean): Promise<ExitCode> {
  let shownMs = 0;
  const ended = await session.call('bulk.watch', { case: caseId, run }, ({ counts, ratePerMinute }) => {
    if (performance.now() - shownMs < 1000) return;
    shownMs = performance.now();
    io.err(`${counts.done + counts.failed + counts.held} / ${counts.total} · ${ratePerMinute === null ? '…' : Math.round(ratePerMinute)}/min\n`);
  });
  tell(io, json, ended);
  const { counts, state, reason } = ended;
  if (state === 'paused') return reason?.code === 'bulk.budget' ? exitCodes.partly : reason?.code === 'bulk.for-batch' || reason?.code === 'bulk.in-batches' ? exitCodes.done : exitCodes.failed;
  if (state !== 'done') return exitCodes.failed;
  const refused = ended.reasons.filter((one) => one.reason.code === 'policy.refused').reduce((sum, { items }) => sum + items, 0);
  if (counts.done === 0 && refused > 0) return exitCodes.refused;
  return counts.failed + refused > 0 ? exitCodes.partly : exitCodes.done;
}

function scopeOf(options: Options): BulkScope {
  const [query, folder] = [stringOption(options, 'query'), stringOption(options, 'folder')];
  if (query !== null && folder !== null) throw new UsageError('--query and --folder narrow the same thing: give one');
  if (query !== null) return { kind: 'search', query };
  return folder === null ? { kind: 'case' } : { kind: 'search', query: `path:"${folder.replaceAll('"', '')}"` };
}

function readParameters(file: string): Input<'bulk.start'>['parameters'] {
  try {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the route parses it
    return JSON.parse(readNamedFile(file, 'the file of parameters')) as Input<'bulk.start'>['parameters'];
  } catch (error) {
    if (error instanceof SyntaxError) throw new UsageError('the file of parameters is no JSON');
    throw error;
  }
}

/** Orders bulk work and waits for its end. */
export const bulkStart: Verb = {
  name: 'bulk start',
  usage: 'KIND --parameters FILE.json --endpoint NAME --vault DIR --case ID|NAME [--query QUERY | --folder PATH] [--max-tokens N] [--max-requests N] [--parameters-marking MARKING] [--for-batch]',
  summary: 'Ask an endpoint the same of every document: first-pass, extraction, summary.',
  details: ['first-pass takes {"instruction"}, extraction {"fields": [{"name", "what"}]}, summary {"focus", "sentences"}.', 'With --for-batch nothing is sent: the requests wait for `bulk export`.'],
  options: { parameters: { type: 'string' }, endpoint: { type: 'string' }, query: { type: 'string' }, folder: { type: 'string' }, 'max-tokens': { type: 'string' }, 'max-requests': { type: 'string' }, 'parameters-marking': { type: 'string' }, 'for-batch': { type: 'boolean' } },
  words: [1, 1],
  run: async ({ words: [kind = ''], options, session, io, json }) => {
    const [file, name] = [stringOption(options, 'parameters'), stringOption(options, 'endpoint')];
    if (file === null) throw new UsageError('--parameters is missing');
    if (name === null) throw new UsageError('--endpoint is missing');
    const parameters = readParameters(file);
    const [tokens, requests] = [numberOption(options, 'max-tokens', 0, 1, most), numberOption(options, 'max-requests', 0, 1, most)];
    const marked = stringOption(options, 'parameters-marking');
    const parametersMarking = marked === null ? null : await readMarkingOption(session, 'parameters-marking', marked);
    const info = await session.openCase();
    const { run } = await session.call('bulk.start', {
      case: info.case, kind, parameters, endpoint: await endpointNamed(session, name), scope: scopeOf(options), parametersMarking,
      budget: { tokens: tokens === 0 ? null : tokens, requests: requests === 0 ? null : requests }, isForBatch: options['for-batch'] === true,
    });
    return waited(session, info.case, run, io, json);
  },
};

/** Goes on with a run and waits for its end. */
export const bulkResume: Verb = {
  name: 'bulk resume',
  usage: 'RUN --vault DIR --case ID|NAME',
  summary: 'Go on with a run that is paused or was cut short, and wait for its end.',
  options: {},
  words: [1, 1],
  run: async ({ words: [word = ''], session, io, json }) => {
    const info = await session.openCase();
    const run = await runNamed(session, info.case, word);
    await session.call('bulk.resume', { case: info.case, run });
    return waited(session, info.case, run, io, json);
  },
};

/** Lists runs, newest first. */
export const bulkList: Verb = {
  name: 'bulk list',
  usage: '--vault DIR --case ID|NAME',
  summary: 'List the runs of bulk work of a case.',
  options: {},
  words: [0, 0],
  run: async ({ session, io, json }) => {
    const info = await session.openCase();
    const { runs } = await session.call('bulk.runs', { case: info.case });
    for (const run of runs) tell(io, json, run);
    return exitCodes.done;
  },
};

/** Prints what came of each document, one a line. */
export const bulkResults: Verb = {
  name: 'bulk results',
  usage: 'RUN --vault DIR --case ID|NAME',
  summary: 'Print what a run found of each document, as lines.',
  options: {},
  words: [1, 1],
  run: async ({ words: [word = ''], session, io, json }) => {
    const info = await session.openCase();
    const run = await runNamed(session, info.case, word);
    for (let offset = 0; ; offset += 500) {
      const { total, results } = await session.call('bulk.results', { case: info.case, run, offset, limit: 500 });
      for (const { document, path, start, end, state, reason, answer, answeredAt, marking, sending } of results) {
        if (json) writeJson(io, { document, path, start, end, state, reason, proposal: answer?.judged.proposal ?? null, headline: answer?.judged.headline ?? null, entries: answer?.judged.entries ?? [], model: answer?.model ?? null, prompt: answer === null ? null : { kind: answer.kind, version: answer.version }, answeredAt, sending, marking: marking.banner });
        else io.out(`${path}  ${answer?.judged.headline ?? state}  ${answer?.judged.entries[0]?.text ?? reason?.sentence ?? ''}\n`);
      }
      if (offset + 500 >= total) return exitCodes.done;
    }
  },
};

/** Prints what was sent, word for word. */
export const bulkSent: Verb = {
  name: 'bulk sent',
  usage: 'RUN|SENDING --vault DIR --case ID|NAME',
  summary: 'Print what a run sent for each document, word for word, or one sending by its id.',
  details: ['Lines of batch files are printed as they were written, too. `bulk results --json` names the sending of each result.'],
  options: {},
  words: [1, 1],
  run: async ({ words: [word = ''], session, io, json }) => {
    const info = await session.openCase();
    const show = async (sending: OpId): Promise<void> => {
      const sent = await session.call('bulk.sending', { case: info.case, sending });
      if (json) writeJson(io, { ...sent, rollUp: sent.rollUp.banner, marking: sent.marking.banner });
      else io.out(`${sent.marking.banner}\n${new Date(sent.at).toISOString()}  ${sent.endpoint}  ${sent.model}  ${sent.kind} version ${sent.version}  ${sent.documentTitle}  SHA-256 ${sent.digest}${sent.isAsSent ? '' : '  NOT AS IT WAS SENT'}\n${sent.messages.map(({ role, text }) => `[${role}]\n${text}\n`).join('')}${sent.batch === null ? '' : `[${sent.batch.name}, line ${sent.batch.line}]\n${sent.batch.text}\n`}\n`);
    };
    const runs = (await session.call('bulk.runs', { case: info.case })).runs.filter(({ run }) => word.length >= 4 && run.startsWith(word));
    const one = opId.safeParse(word);
    if (runs.length === 0 && one.success) {
      await show(one.data);
      return exitCodes.done;
    }
    const run = await runNamed(session, info.case, word);
    for (let offset = 0; ; offset += 500) {
      const { total, results } = await session.call('bulk.results', { case: info.case, run, offset, limit: 500 });
      for (const { sending } of results) if (sending !== null) await show(sending);
      if (offset + 500 >= total) return exitCodes.done;
    }
  },
};

/** Writes batch files. */
export const bulkExport: Verb = {
  name: 'bulk export',
  usage: 'RUN DIR --format openai|bedrock --vault DIR --case ID|NAME',
  summary: 'Write what waits in a run to batch files, through the guard.',
  options: { format: { type: 'string' } },
  words: [2, 2],
  run: async ({ words: [word = '', folder = ''], options, session, io, json }) => {
    const format = stringOption(options, 'format') ?? 'openai';
    if (format !== 'openai' && format !== 'bedrock') throw new UsageError('--format takes openai or bedrock');
    const info = await session.openCase();
    const run = await runNamed(session, info.case, word);
    const { batches, held } = await session.call('bulk.export', { case: info.case, run, format, folder: resolve(folder) });
    if (json) writeJson(io, { batches, held });
    else for (const { name, requests, sha256 } of batches) io.out(`${name}  ${requests} requests  ${sha256}\n`);
    if (batches.length === 0) return exitCodes.refused;
    return held > 0 ? exitCodes.partly : exitCodes.done;
  },
};

/** Takes in a file of results. */
export const bulkImport: Verb = {
  name: 'bulk import',
  usage: 'RUN FILE.jsonl --vault DIR --case ID|NAME',
  summary: 'Take in what came back of a batch file; lines that are not of the run are refused.',
  options: {},
  words: [2, 2],
  run: async ({ words: [word = '', file = ''], session, io, json }) => {
    const info = await session.openCase();
    const run = await runNamed(session, info.case, word);
    const taken = await session.call('bulk.import', { case: info.case, run, path: resolve(file) });
    if (json) writeJson(io, taken);
    else io.out(`${taken.kept} kept, ${taken.failed} failed, ${taken.known} known before, ${taken.refusedLines} lines refused, ${taken.missing} still missing\n`);
    return taken.refusedLines + taken.failed + taken.missing > 0 ? exitCodes.partly : exitCodes.done;
  },
};
