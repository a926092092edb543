import { documentId, type EndpointId } from '../../../preload/contract/domains/basics.ts';
import type { Input } from '../../../preload/contract/routes.ts';
import { CallFailure } from '../session.ts';
import { readMarkingOption } from '../marking-option.ts';
import { stringOption, UsageError, writeJson, type Options } from '../options.ts';
import { exitCodes, type Verb } from '../verb.ts';
import { coverageFields, coverageLine, listedSentences, planFor, planLines } from './ask-plan.ts';

/** What is asked of: the whole case unless one option narrows it. */
function scopeOf(options: Options): Input<'chat.ask'>['scope'] {
  const [query, folder, document] = [stringOption(options, 'query'), stringOption(options, 'folder'), stringOption(options, 'document')];
  if ([query, folder, document].filter((option) => option !== null).length > 1) throw new UsageError('--query, --folder and --document narrow the same thing: give one');
  if (query !== null) return { kind: 'search', query };
  if (folder !== null) return { kind: 'search', query: `path:"${folder.replaceAll('"', '')}"` };
  if (document === null) return { kind: 'case' };
  const parsed = documentId.safeParse(document);
  if (!parsed.success) throw new UsageError('--document takes the id that `documents` lists');
  return { kind: 'documents', documents: [parsed.data] };
}

/** Asks the case a question. */
export const ask: Verb = {
  name: 'ask',
  usage: 'QUESTION --vault DIR --case ID|NAME [--endpoint NAME] [--query QUERY | --folder PATH | --document ID] [--question-marking MARKING] [--plan | --exhaustive | --passages]',
  summary: 'Ask the case; the answer comes with checked citations.',
  details: [
    'A question about everything (how many, list all, is there any) is answered by a plan over every document when its plan is certain,',
    'else from passages. --plan prints the plan and runs nothing, --exhaustive runs one that is not certain too, --passages runs none.',
  ],
  options: {
    plan: { type: 'boolean' }, exhaustive: { type: 'boolean' }, passages: { type: 'boolean' },
    endpoint: { type: 'string' }, query: { type: 'string' }, folder: { type: 'string' }, document: { type: 'string' }, 'question-marking': { type: 'string' } },
  words: [1, 1],
  run: async ({ words: [question = ''], options, session, io, json }) => {
    if (question.trim() === '') throw new UsageError('the question is empty');
    const asked = stringOption(options, 'question-marking');
    const questionMarking = asked === null ? null : await readMarkingOption(session, 'question-marking', asked);
    const info = await session.openCase();
    const name = stringOption(options, 'endpoint');
    let endpoint: EndpointId | null = null;
    if (name !== null) {
      const { endpoints } = await session.call('endpoints.list', {});
      endpoint = endpoints.find((entry) => entry.name.toLowerCase() === name.toLowerCase())?.endpoint ?? null;
      if (endpoint === null) throw new CallFailure({ code: 'endpoint.unknown', message: 'There is no endpoint of this name in the vault.' });
    }
    const scope = scopeOf(options);
    const planned = await planFor(session, { case: info.case, question, endpoint, scope, questionMarking }, options);
    if (options['plan'] === true) {
      if (json) writeJson(io, planned.planned);
      else for (const line of planLines(planned.planned)) io.out(`${line}\n`);
      return exitCodes.done;
    }
    if (planned.note !== null) io.err(`${planned.note}\n`);
    const { turn } = await session.call('chat.ask', { case: info.case, conversation: null, question, endpoint, questionMarking, scope, plan: planned.plan });
    const { answer } = turn;
    if (answer === null) throw new CallFailure({ code: 'bridge.internal', message: 'The question has no answer.' });
    const sentences = answer.sentences.map((sentence) => ({
      text: sentence.text,
      support: sentence.support,
      citations: sentence.citations.flatMap((number) => answer.citations.filter((citation) => citation.number === number)).map(({ document, path, page, start, end, quote, check }) => ({ document, path, page, start, end, quote, check })),
    }));
    const listed = await listedSentences(session, info.case, turn);
    if (json) writeJson(io, { state: answer.state, answer: [...sentences, ...listed], coverage: { ...answer.coverage, ...coverageFields(answer, planned) }, model: answer.model, marking: answer.marking.banner, fault: answer.fault });
    else {
      if (answer.state === 'no-support' && answer.exhaustive === undefined) io.out('Nothing in this case supports an answer.\n');
      for (const sentence of answer.sentences) io.out(`${sentence.text} ${sentence.citations.map((number) => `[${number}]`).join('')}${sentence.support === 'supported' || sentence.isClaim === false ? '' : ` (${sentence.support})`}\n`);
      for (const { text, citations: [at] } of listed) io.out(`  ${at === undefined ? '' : `${at.path}: `}${text}\n`);
      if (answer.exhaustive === undefined) for (const citation of answer.citations) io.out(`  [${citation.number}] ${citation.path}${citation.page === null ? '' : `, page ${citation.page}`}: "${citation.quote}" (${citation.check})\n`);
      if (answer.exhaustive !== undefined) io.out(`${coverageLine(answer.exhaustive)} ${answer.model.name}. ${answer.marking.banner}\n`);
      else io.out(`${answer.coverage.read} of ${answer.coverage.documents} documents read, ${answer.coverage.withoutText} without text, ${answer.coverage.passages} ${answer.model.kind === 'extractive' ? 'sentences weighed' : 'passages given'}. ${answer.model.name}. ${answer.marking.banner}\n`);
    }
    return answer.state === 'answered' || answer.state === 'no-support' ? exitCodes.done : exitCodes.failed;
  },
};
