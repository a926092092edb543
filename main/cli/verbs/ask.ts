import { documentId, type EndpointId } from '../../../preload/contract/domains/basics.ts';
import type { Input } from '../../../preload/contract/routes.ts';
import { CallFailure } from '../session.ts';
import { readMarkingOption } from '../marking-option.ts';
import { stringOption, UsageError, writeJson, type Options } from '../options.ts';
import { exitCodes, type Verb } from '../verb.ts';

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
  usage: 'QUESTION --vault DIR --case ID|NAME [--endpoint NAME] [--query QUERY | --folder PATH | --document ID] [--question-marking MARKING]',
  summary: 'Ask the case; the answer comes with checked citations.',
  options: { endpoint: { type: 'string' }, query: { type: 'string' }, folder: { type: 'string' }, document: { type: 'string' }, 'question-marking': { type: 'string' } },
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
    const { turn } = await session.call('chat.ask', { case: info.case, conversation: null, question, endpoint, questionMarking, scope: scopeOf(options) });
    const { answer } = turn;
    if (answer === null) throw new CallFailure({ code: 'bridge.internal', message: 'The question has no answer.' });
    const sentences = answer.sentences.map((sentence) => ({
      text: sentence.text,
      support: sentence.support,
      citations: sentence.citations.flatMap((number) => answer.citations.filter((citation) => citation.number === number)).map(({ document, path, page, start, end, quote, check }) => ({ document, path, page, start, end, quote, check })),
    }));
    if (json) writeJson(io, { state: answer.state, answer: sentences, coverage: answer.coverage, model: answer.model, marking: answer.marking.banner, fault: answer.fault });
    else {
      if (answer.state === 'no-support') io.out('Nothing in this case supports an answer.\n');
      for (const sentence of answer.sentences) io.out(`${sentence.text} ${sentence.citations.map((number) => `[${number}]`).join('')}${sentence.support === 'supported' ? '' : ` (${sentence.support})`}\n`);
      for (const citation of answer.citations) io.out(`  [${citation.number}] ${citation.path}${citation.page === null ? '' : `, page ${citation.page}`}: "${citation.quote}" (${citation.check})\n`);
      io.out(`${answer.coverage.read} of ${answer.coverage.documents} documents read, ${answer.coverage.withoutText} without text, ${answer.coverage.passages} ${answer.model.kind === 'extractive' ? 'sentences weighed' : 'passages given'}. ${answer.model.name}. ${answer.marking.banner}\n`);
    }
    return answer.state === 'answered' || answer.state === 'no-support' ? exitCodes.done : exitCodes.failed;
  },
};
