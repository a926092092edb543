import { afterEach, describe, expect, test } from 'vitest';
import { clumsy, faultsInside, refusals, unfinished, type Behaviour } from '../../support/model-servers/behaviours.ts';
import { askAt, clearedRequest, endpointAt, keyCanary, nowMs, promptCanary, shown } from '../../support/model-servers/asking.ts';
import { createNetwork } from '../../../main/models/index.ts';
import { systemSleep } from '../../../main/models/retry.ts';
import { answers, finishFrame, frames, startModelServer, streams, textFrame, type ModelServer, type Respond } from '../../support/model-servers/model-server.ts';

const servers: ModelServer[] = [];
const serve = async (respond: Respond): Promise<ModelServer> => {
  const server = await startModelServer(respond);
  servers.push(server);
  return server;
};
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

const keeps = ({ does, respond, state, text = '', reasoning = '', code, requests = 1 }: Behaviour): void => {
  test(`${does}: ${state}${code === undefined ? '' : `, ${code}`}`, async () => {
    const server = await serve(respond);
    const asked = await askAt(server.baseUrl);
    expect({ state: asked.end.state, text: asked.text, reasoning: asked.reasoning, code: asked.end.fault?.code ?? null }).toEqual({ state, text, reasoning, code: code ?? null });
    expect(server.requests.length).toBe(requests);
    expect(shown(asked.end)).not.toContain(promptCanary);
    expect(shown(asked.end)).not.toContain(keyCanary);
  });
};

describe('a server that', () => {
  describe('is clumsy but right', () => {
    clumsy.forEach(keeps);
  });
  describe('does not finish', () => {
    unfinished.forEach(keeps);
  });
  describe('fails inside its answer', () => {
    faultsInside.forEach(keeps);
  });
  describe('refuses', () => {
    refusals.forEach(keeps);
  });
});

const due = streams(frames(textFrame('It is due.'), finishFrame('stop'), '[DONE]'));

describe('what is sent', () => {
  test('is the cleared request, and no header that was not meant', async () => {
    const server = await serve(due);
    await askAt(server.baseUrl, { request: { maxTokens: 50 } });
    const [seen] = server.requests;
    expect(seen?.path).toBe('/v1/chat/completions');
    expect(seen?.headers.authorization).toBe(`Bearer ${keyCanary}`);
    expect(seen?.headers['user-agent']).toBe('Redoubt');
    expect([...(seen?.headerNames ?? [])].sort()).toEqual(['accept', 'accept-encoding', 'authorization', 'connection', 'content-length', 'content-type', 'host', 'user-agent']);
    expect(JSON.parse(seen?.body ?? '')).toEqual({
      model: 'small-1', stream: true, stream_options: { include_usage: true }, max_tokens: 50,
      messages: [{ role: 'system', content: 'Answer from the passages.' }, { role: 'user', content: `What is due? ${promptCanary}` }],
    });
  });

  test('has no Authorization header when the endpoint has no key', async () => {
    const server = await serve(due);
    await askAt(server.baseUrl, { secret: null });
    expect(server.requests[0]?.headerNames).not.toContain('authorization');
  });

  test('is nothing at all when the key cannot stand in a header', async () => {
    const server = await serve(due);
    const asked = await askAt(server.baseUrl, { secret: `${keyCanary}\r\nx-more: 1` });
    expect(asked.end.fault?.code).toBe('endpoint.unauthorised');
    expect(shown(asked.end)).not.toContain(keyCanary);
    expect(server.connections()).toBe(0);
  });

  test('renames the token limit for a server that wants the newer name', async () => {
    const server = await serve((response, seen, nth) => (nth === 0 ? answers(400, { error: { message: "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.", code: 'unsupported_parameter' } }) : due)(response, seen, nth));
    const asked = await askAt(server.baseUrl, { request: { maxTokens: 50 } });
    expect(asked).toMatchObject({ text: 'It is due.', pausesMs: [] });
    expect(JSON.parse(server.requests[1]?.body ?? '')).toMatchObject({ max_completion_tokens: 50 });
    expect(JSON.parse(server.requests[1]?.body ?? '')).not.toHaveProperty('max_tokens');
  });

  test('leaves stream_options out for a server that refuses it, and gives up when that was not it', async () => {
    const server = await serve(answers(400, { error: { message: 'stream_options is not permitted' } }));
    const asked = await askAt(server.baseUrl);
    expect(asked.end.fault?.code).toBe('endpoint.rejected');
    expect(server.requests.map(({ body }) => body.includes('stream_options'))).toEqual([true, false]);
  });
});

describe('what comes back with an answer', () => {
  test('is the usage the server counted, or null', async () => {
    const counted = await serve(streams(frames(textFrame('It'), finishFrame('stop'), { choices: [], usage: { prompt_tokens: 30, completion_tokens: 4 } }, '[DONE]')));
    expect((await askAt(counted.baseUrl)).end.usage).toEqual({ promptTokens: 30, completionTokens: 4 });
    expect((await askAt((await serve(due)).baseUrl)).end.usage).toBeNull();
  });

  test('is the number of tokens that fit, when the server said it', async () => {
    const server = await serve(answers(400, { error: { type: 'exceed_context_size_error', message: 'too long', n_ctx: 4096 } }));
    expect((await askAt(server.baseUrl)).end.fault?.data).toMatchObject({ contextTokens: 4096 });
  });
});

describe('another try', () => {
  const once = (status: number, headers: Readonly<Record<string, string>>): Respond => (response, seen, nth) => (nth === 0 ? answers(status, {}, headers) : due)(response, seen, nth);
  const cases: readonly { readonly asks: string; readonly headers: Readonly<Record<string, string>>; readonly pausesMs: readonly number[] }[] = [
    { asks: 'asks for a second', headers: { 'retry-after': '1' }, pausesMs: [1000] },
    { asks: 'asks in milliseconds', headers: { 'retry-after-ms': '250', 'retry-after': '9' }, pausesMs: [250] },
    { asks: 'asks for a date', headers: { 'retry-after': 'Fri, 02 Jan 2026 03:04:09 GMT' }, pausesMs: [4000] },
    { asks: 'asks for a date gone by', headers: { 'retry-after': 'Fri, 02 Jan 2026 03:00:00 GMT' }, pausesMs: [0] },
    { asks: 'asks for nonsense', headers: { 'retry-after': 'soon' }, pausesMs: [375] },
    { asks: 'asks for nothing', headers: {}, pausesMs: [375] },
  ];
  test.each(cases)('after 429 waits as the server $asks', async ({ headers, pausesMs }) => {
    const asked = await askAt((await serve(once(429, headers))).baseUrl);
    expect(asked).toMatchObject({ text: 'It is due.', pausesMs });
  });

  test('is not made when the server asks for more than ten seconds; the fault says how long', async () => {
    const server = await serve(answers(429, {}, { 'retry-after': '90' }));
    const asked = await askAt(server.baseUrl);
    expect(asked.pausesMs).toEqual([]);
    expect(server.requests.length).toBe(1);
    expect(asked.end.fault).toMatchObject({ code: 'endpoint.rate-limited', data: { retryAfterMs: 90_000 } });
    expect(asked.end.fault?.message).toContain('90 s');
  });

  test('comes at most twice, after longer pauses', async () => {
    const asked = await askAt((await serve(answers(503, {}))).baseUrl);
    expect(asked.pausesMs).toEqual([375, 750]);
  });

  test('is never made once a word was shown', async () => {
    const server = await serve((response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(frames(textFrame('It ')), () => setImmediate(() => response.socket?.resetAndDestroy()));
    });
    const asked = await askAt(server.baseUrl);
    expect(asked).toMatchObject({ text: 'It ', pausesMs: [], end: { state: 'truncated' } });
    expect(server.requests.length).toBe(1);
  });

  test('is not made when the pause is cancelled: the caller’s reason comes instead', async () => {
    const server = await serve(answers(503, {}, { 'retry-after': '9' }));
    const controller = new AbortController();
    const reason = new Error('asked no more');
    // The real timer, cancelled as soon as it has begun.
    const network = createNetwork({
      clock: { nowMs: () => nowMs },
      sleep: (ms, signal) => {
        const sleeping = systemSleep(ms, signal);
        controller.abort(reason);
        return sleeping;
      },
    });
    const read = async (): Promise<void> => {
      for await (const event of network.clientFor(endpointAt(server.baseUrl)).answer(clearedRequest(), controller.signal)) void event;
    };
    try {
      await expect(read()).rejects.toBe(reason);
      expect(server.requests.length).toBe(1);
    } finally {
      await network.close();
    }
  });
});
