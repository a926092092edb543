/** What every dialect of the ModelClient port keeps, run on each way that it can answer. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isAppError } from '../../main/base/errors.ts';
import type { ModelClient, ModelEvent, Network } from '../../main/models/index.ts';
import { clearedProbe, clearedRequest, endpointAt, keyCanary, promptCanary, shown, testNetwork } from '../support/model-servers/asking.ts';
import { answers, finishFrame, frames, startModelServer, streams, textFrame, type ModelServer, type Respond } from '../support/model-servers/model-server.ts';
import { closedPort } from '../support/model-servers/raw-server.ts';

/** How a dialect's server says what the suite needs. */
interface Dialect {
  readonly name: string;
  readonly answersWith: (text: string) => Respond;
  readonly lists: (models: readonly string[]) => Respond;
  readonly refusesKey: Respond;
}

const openAiErrors: Pick<Dialect, 'lists' | 'refusesKey'> = {
  lists: (models) => answers(200, { object: 'list', data: models.map((id) => ({ id })) }),
  refusesKey: (response, seen, nth) => answers(401, { error: { message: `bad key ${seen.headers.authorization} for ${seen.body}` } })(response, seen, nth),
};
const dialects: readonly Dialect[] = [
  { name: 'openai-chat, streamed', answersWith: (text) => streams(...text.split(' ').map((word, index) => frames(textFrame(index === 0 ? word : ` ${word}`))), frames(finishFrame('stop'), '[DONE]')), ...openAiErrors },
  { name: 'openai-chat, whole', answersWith: (text) => answers(200, { choices: [{ message: { content: text }, finish_reason: 'stop' }] }), ...openAiErrors },
];

describe.each(dialects)('a model client ($name)', (dialect) => {
  let network: Network;
  let server: ModelServer | null;
  const clientOf = async (respond: Respond): Promise<ModelClient> => {
    server = await startModelServer(respond);
    return network.clientFor(endpointAt(server.baseUrl));
  };
  const all = async (events: AsyncIterable<ModelEvent>): Promise<ModelEvent[]> => {
    const out: ModelEvent[] = [];
    for await (const event of events) out.push(event);
    return out;
  };
  beforeEach(() => {
    ({ network } = testNetwork());
    server = null;
  });
  afterEach(async () => {
    await network.close();
    await server?.close();
  });

  test('gives the text, then exactly one end', async () => {
    const client = await clientOf(dialect.answersWith('It is due.'));
    const events = await all(client.answer(clearedRequest(), new AbortController().signal));
    expect(events.map((event) => (event.kind === 'text' ? event.text : '')).join('')).toBe('It is due.');
    expect(events.filter(({ kind }) => kind === 'end')).toEqual([{ kind: 'end', state: 'complete', fault: null, usage: null }]);
    expect(events.at(-1)?.kind).toBe('end');
  });

  test('answers again', async () => {
    const client = await clientOf(dialect.answersWith('Yes.'));
    const once = await all(client.answer(clearedRequest(), new AbortController().signal));
    expect(await all(client.answer(clearedRequest(), new AbortController().signal))).toEqual(once);
  });

  test('opens nothing until the answer is read', async () => {
    const client = await clientOf(dialect.answersWith('Yes.'));
    client.answer(clearedRequest(), new AbortController().signal);
    expect(network.counters().sockets).toBe(0);
    expect(server?.connections()).toBe(0);
  });

  test('ends with an error, and does not throw, when the server refuses; neither key nor prompt is in it', async () => {
    const client = await clientOf(dialect.refusesKey);
    const events = await all(client.answer(clearedRequest(), new AbortController().signal));
    expect(events).toMatchObject([{ kind: 'end', state: 'error', fault: { code: 'endpoint.unauthorised' } }]);
    expect(shown(events)).not.toContain(keyCanary);
    expect(shown(events)).not.toContain(promptCanary);
  });

  test('ends with an error when nothing listens', async () => {
    const client = network.clientFor(endpointAt(`http://127.0.0.1:${await closedPort()}/v1`));
    expect(await all(client.answer(clearedRequest(), new AbortController().signal))).toMatchObject([{ kind: 'end', state: 'error', fault: { code: 'endpoint.unreachable' } }]);
  });

  test('throws the reason of a cancellation while the server is silent, and hangs up', async () => {
    const reason = new Error('asked no more');
    const controller = new AbortController();
    const client = await clientOf(() => controller.abort(reason));
    await expect(all(client.answer(clearedRequest(), controller.signal))).rejects.toBe(reason);
    await server?.disconnected();
  });

  test('sends nothing when it is cancelled before', async () => {
    const reason = new Error('asked no more');
    const client = await clientOf(dialect.answersWith('Yes.'));
    await expect(all(client.answer(clearedRequest(), AbortSignal.abort(reason)))).rejects.toBe(reason);
    expect(server?.connections()).toBe(0);
  });

  test('refuses a payload that was cleared for another endpoint', async () => {
    const client = await clientOf(dialect.answersWith('Yes.'));
    await expect(all(client.answer(clearedRequest({}, 'Other model'), new AbortController().signal))).rejects.toThrow('cleared for');
    expect(server?.connections()).toBe(0);
  });

  test('finds the models in a test, and sends only the test’s own text', async () => {
    const client = await clientOf((response, seen, nth) => (seen.method === 'GET' ? dialect.lists(['small-1', 'large-2', 'small-1']) : dialect.answersWith('Yes.'))(response, seen, nth));
    const steps: string[] = [];
    expect(await client.probe(clearedProbe(), new AbortController().signal, (step) => steps.push(step))).toMatchObject({ models: ['small-1', 'large-2'], jsonSchema: 'none', tools: false, embeddingDimensions: null });
    expect(steps).toContain('an answer');
    expect(server?.requests.map(({ body }) => body).join('')).not.toContain(promptCanary);
  });

  test.each([
    ['refuses the key', dialect.refusesKey, 'endpoint.unauthorised'],
    ['is a page', answers(200, '<html></html>', { 'content-type': 'text/html' }), 'endpoint.not-a-model'],
    ['is other JSON', answers(200, { hello: 1 }), 'endpoint.not-a-model'],
    ['redirects', answers(307, '', { location: 'http://127.0.0.1:1/' }), 'endpoint.redirected'],
    ['fails', answers(500, {}), 'endpoint.server-failed'],
  ] as const)('throws when what it tests %s', async (_, respond, code) => {
    const client = await clientOf(respond);
    const error: unknown = await client.probe(clearedProbe(), new AbortController().signal, () => undefined).then(() => null, (thrown: unknown) => thrown);
    expect(isAppError(error, code)).toBe(true);
    expect(shown(error)).not.toContain(keyCanary);
    const places = server?.requests.map(({ method, path }) => `${method} ${path}`) ?? [];
    expect(new Set(places).size).toBe(places.length); // nothing is tried twice
  });

  test('throws the reason when a test is cancelled', async () => {
    const reason = new Error('asked no more');
    const controller = new AbortController();
    const client = await clientOf(() => controller.abort(reason));
    await expect(client.probe(clearedProbe(), controller.signal, () => undefined)).rejects.toBe(reason);
  });
});

describe('a streaming client', () => {
  test('gives words while the server is still writing, and hangs up when nobody reads on', async () => {
    const server = await startModelServer((response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(frames(textFrame('It ')));
    });
    const { network } = testNetwork();
    try {
      for await (const event of network.clientFor(endpointAt(server.baseUrl)).answer(clearedRequest(), new AbortController().signal)) {
        expect(event).toEqual({ kind: 'text', text: 'It ' });
        break;
      }
      await server.disconnected();
    } finally {
      await network.close();
      await server.close();
    }
  });

  test('throws the reason of a cancellation after the first words', async () => {
    const server = await startModelServer((response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(frames(textFrame('It ')));
    });
    const { network } = testNetwork();
    const controller = new AbortController();
    const reason = new Error('asked no more');
    const read = async (): Promise<void> => {
      for await (const event of network.clientFor(endpointAt(server.baseUrl)).answer(clearedRequest(), controller.signal)) if (event.kind === 'text') controller.abort(reason);
    };
    try {
      await expect(read()).rejects.toBe(reason);
      await server.disconnected();
    } finally {
      await network.close();
      await server.close();
    }
  });
});
