import type { EndpointId } from '../../../preload/contract/domains/basics.ts';
import { CallFailure } from '../session.ts';
import { readMarkingOption } from '../marking-option.ts';
import { stringOption, writeJson, UsageError } from '../options.ts';
import { exitCodes, type Verb } from '../verb.ts';

/** Asks the case a question. */
export const ask: Verb = {
  name: 'ask',
  usage: 'QUESTION --vault DIR --case ID|NAME [--endpoint NAME] [--question-marking MARKING]',
  summary: 'Ask the case; the answer comes with checked citations.',
  options: { endpoint: { type: 'string' }, 'question-marking': { type: 'string' } },
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
    const { turn } = await session.call('chat.ask', { case: info.case, conversation: null, question, endpoint, questionMarking });
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
