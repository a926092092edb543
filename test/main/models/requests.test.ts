/** What each dialect sends: addresses, keys and bodies. */
import { afterEach, describe, expect, test } from 'vitest';
import { askAt, clearedRequest, clearedTexts, endpointAt, keyCanary, promptCanary, readAll, shown, testNetwork } from '../../support/model-servers/asking.ts';
import { answers, startModelServer, type ModelServer, type Respond, type SeenRequest } from '../../support/model-servers/model-server.ts';
import { scripts, streamed, streamOf, type Script } from '../../support/model-servers/scripts.ts';
import type { ModelRequest } from '../../../main/models/index.ts';

const servers: ModelServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});
const scriptOf = (name: string): Script => scripts.find((script) => script.name === name) ?? expect.fail(`no script ${name}`);
const serve = async (respond: Respond): Promise<ModelServer & { readonly origin: string }> => {
  const server = await startModelServer(respond);
  servers.push(server);
  return { ...server, origin: new URL(server.baseUrl).origin };
};
const schema = { type: 'object', properties: { due: { type: 'string' } }, required: ['due'], additionalProperties: false };
const request: Partial<ModelRequest> = { messages: [{ role: 'user', text: 'When?' }, { role: 'assistant', text: 'Noon.' }, { role: 'user', text: `Which day? ${promptCanary}` }], maxTokens: 50, temperature: 0.5, schema };
/** The one request that a question makes. */
const sent = async (name: string, more: Partial<ModelRequest> = request, options: Parameters<typeof askAt>[1] = {}): Promise<SeenRequest & { readonly json: unknown }> => {
  const script = scriptOf(name);
  const server = await serve(streamed(script, ...streamOf(script)));
  const asked = await askAt(`${server.origin}${script.basePath}`, { secrets: script.secrets, ...options, profile: { ...script.profile, ...options.profile }, request: more });
  expect(asked.end.state).toBe('complete');
  const [seen] = server.requests;
  if (seen === undefined) return expect.fail('nothing was sent');
  return { ...seen, json: JSON.parse(seen.body) as unknown };
};
const dialogue = [{ role: 'user', content: 'When?' }, { role: 'assistant', content: 'Noon.' }, { role: 'user', content: `Which day? ${promptCanary}` }];
const system = 'Answer from the passages.';

describe('the body of a question', () => {
  test('over openai-chat', async () => {
    expect((await sent('openai-chat')).json).toEqual({
      model: 'small-1', messages: [{ role: 'system', content: system }, ...dialogue], stream: true, stream_options: { include_usage: true }, max_tokens: 50, temperature: 0.5,
      response_format: { type: 'json_schema', json_schema: { name: 'answer', strict: true, schema } },
    });
  });

  test('over openai-responses keeps nothing there', async () => {
    expect((await sent('openai-responses')).json).toEqual({
      model: 'small-1', store: false, instructions: system, input: dialogue, stream: true, max_output_tokens: 50, temperature: 0.5, text: { format: { type: 'json_schema', name: 'answer', strict: true, schema } },
    });
    for (const name of ['azure, responses', 'bedrock, responses']) expect((await sent(name)).json).toMatchObject({ store: false });
  });

  test('over Converse', async () => {
    expect((await sent('bedrock, Converse')).json).toEqual({
      messages: dialogue.map(({ role, content }) => ({ role, content: [{ text: content }] })), system: [{ text: system }], inferenceConfig: { maxTokens: 50, temperature: 0.5 },
      outputConfig: { textFormat: { type: 'json_schema', structure: { jsonSchema: { name: 'answer', schema: JSON.stringify(schema) } } } },
    });
  });

  test('over anthropic-messages, which has to have a limit', async () => {
    const seen = await sent('anthropic-messages');
    expect(seen.json).toEqual({ model: 'small-1', max_tokens: 50, system, messages: dialogue, stream: true, temperature: 0.5, output_config: { format: { type: 'json_schema', schema } } });
    expect(seen.headers['anthropic-version']).toBe('2023-06-01');
    expect((await sent('anthropic-messages', {})).json).toMatchObject({ max_tokens: 4096 });
    expect((await sent('anthropic-messages', {}, { profile: { maxOutputTokens: 900 } })).json).toMatchObject({ max_tokens: 900 });
  });

  test('over Ollama, which may drop nothing of it', async () => {
    expect((await sent('ollama', request, { profile: { contextTokens: 16_384 } })).json).toEqual({
      model: 'small-1', messages: [{ role: 'system', content: system }, ...dialogue], stream: true, truncate: false, shift: false, options: { num_ctx: 16_384, num_predict: 50, temperature: 0.5 }, format: schema,
    });
    expect((await sent('ollama', {})).json).not.toHaveProperty('options');
  });

  test('over Azure’s older paths has the deployment in its address alone', async () => {
    const seen = await sent('azure, older paths');
    expect(seen.path).toBe('/openai/deployments/small-1/chat/completions?api-version=2024-10-21');
    expect(seen.json).not.toHaveProperty('model');
  });

  test.each(scripts)('over $name never asks for more than the profile allows', async ({ name }) => {
    const { body } = await sent(name, { maxTokens: 9000 }, { profile: { maxOutputTokens: 777 } });
    expect(body).toContain(':777');
    expect(body).not.toContain('9000');
  });
});

describe('the address and the key', () => {
  test.each([
    ['azure, v1', { baseUrl: '' }, '/openai/v1/chat/completions'],
    ['azure, v1', { baseUrl: '/openai' }, '/openai/v1/chat/completions'],
    ['azure, v1', { baseUrl: '/openai/v1' }, '/openai/v1/chat/completions'],
    ['azure, older paths', { baseUrl: '/openai', model: 'a b/c' }, '/openai/deployments/a%20b%2Fc/chat/completions?api-version=2024-10-21'],
    ['bedrock, chat', { baseUrl: '/openai/v1' }, '/openai/v1/chat/completions'],
    ['bedrock, chat', { baseUrl: '/v1' }, '/v1/chat/completions'],
    ['bedrock, Converse', { baseUrl: '', model: 'arn:aws-us-gov:bedrock:us-gov-west-1:123456789012:inference-profile/us.x-1:0' }, '/model/arn%3Aaws-us-gov%3Abedrock%3Aus-gov-west-1%3A123456789012%3Ainference-profile%2Fus.x-1%3A0/converse-stream'],
    ['bedrock, Converse', { baseUrl: '', model: '..' }, '/model/%252E%252E/converse-stream'],
    ['anthropic-messages', { baseUrl: '/v1' }, '/v1/messages'],
    ['anthropic-messages', { baseUrl: '/gateway' }, '/gateway/v1/messages'],
    ['ollama', { baseUrl: '/api' }, '/api/chat'],
  ] as const)('of %s at %j', async (name, { baseUrl, ...profile }, path) => {
    const script = scriptOf(name);
    const server = await serve(streamed(script, ...streamOf(script)));
    await askAt(`${server.origin}${baseUrl}`, { secrets: script.secrets, profile: { ...script.profile, ...profile } });
    expect(server.requests.map((seen) => seen.path)).toEqual([path]);
  });

  test('a key stands in the header that the dialect names', async () => {
    expect((await sent('azure, v1')).headers).toMatchObject({ 'api-key': keyCanary });
    expect((await sent('anthropic-messages')).headers).toMatchObject({ 'x-api-key': keyCanary });
    const bearer = { auth: { kind: 'bearer', key: keyCanary }, clientCertificate: null } as const;
    for (const { name } of scripts) {
      const { headers } = await sent(name, {}, { secrets: bearer });
      expect(headers.authorization).toBe(`Bearer ${keyCanary}`);
      expect([headers['api-key'], headers['x-api-key'], headers['x-amz-date']]).toEqual([undefined, undefined, undefined]);
    }
  });

  test('AWS keys sign for the profile’s region, and never travel', async () => {
    const { headers, headerNames, body } = await sent('bedrock, Converse', {}, { secrets: { auth: { kind: 'sigv4', accessKeyId: 'AKIDEXAMPLE', secretAccessKey: keyCanary, sessionToken: 'session-1' }, clientCertificate: null } });
    expect(headers.authorization).toMatch(/^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/20260102\/us-gov-west-1\/bedrock\/aws4_request, SignedHeaders=content-type;host;x-amz-date;x-amz-security-token, Signature=[0-9a-f]{64}$/);
    expect(headers).toMatchObject({ 'x-amz-date': '20260102T030405Z', 'x-amz-security-token': 'session-1' });
    expect(`${JSON.stringify(headers)}${headerNames.join(' ')}${body}`).not.toContain(keyCanary);
  });

  test.each([
    ['openai-chat', { kind: 'api-key', key: keyCanary }, {}],
    ['anthropic-messages', { kind: 'sigv4', accessKeyId: 'A', secretAccessKey: keyCanary, sessionToken: null }, {}],
    ['bedrock, Converse', { kind: 'sigv4', accessKeyId: 'A', secretAccessKey: keyCanary, sessionToken: null }, { signingRegion: null }],
  ] as const)('over %s a key of kind %j has no place: nothing is sent', async (name, auth, profile) => {
    const script = scriptOf(name);
    const server = await serve(answers(500, {}));
    const asked = await askAt(server.origin, { secrets: { auth, clientCertificate: null }, profile: { ...script.profile, ...profile } });
    expect(asked.end.fault?.code).toBe('endpoint.bad-profile');
    expect(shown(asked.end)).not.toContain(keyCanary);
    expect(server.connections()).toBe(0);
  });

  test.each(['gpt-oss:120b-cloud', 'deepseek-v3:cloud', 'X:Cloud'])('Ollama’s cloud model %s is refused before anything is sent', async (model) => {
    const server = await serve(answers(500, {}));
    expect((await askAt(server.origin, { profile: { dialect: 'ollama', model } })).end).toMatchObject({ state: 'error', fault: { code: 'endpoint.bad-profile' } });
    expect(server.connections()).toBe(0);
  });

  test('an Ollama that hands a question on says so, and its answer is not taken', async () => {
    const server = await serve((response) => {
      response.writeHead(200, { 'content-type': 'application/x-ndjson' });
      response.end(`${JSON.stringify({ remote_host: 'https://ollama.com:443', remote_model: 'x', message: { content: 'It is due.' }, done: false })}\n`);
    });
    expect(await askAt(server.origin, { profile: { dialect: 'ollama' } })).toMatchObject({ text: '', end: { state: 'error', fault: { code: 'endpoint.rejected' } } });
  });
});

describe('a field that a server refuses is left out or asked for otherwise, and not again with the next question', () => {
  const refusing = (script: Script, refusal: string, isRefused: (body: string) => boolean): Respond => (response, seen, nth) => (isRefused(seen.body) ? answers(400, script.refusal(refusal, 'invalid_request_error')) : streamed(script, ...streamOf(script)))(response, seen, nth);
  test.each(scripts)('a schema, over $name, down to the prompt', async (script) => {
    const server = await serve(refusing(script, 'Unsupported parameter: response_format / output_config.format / text.format', (body) => /response_format|output_?config|"format"/i.test(body)));
    const { network } = testNetwork();
    try {
      const client = network.clientFor(endpointAt(`${server.origin}${script.basePath}`, { profile: script.profile, secrets: script.secrets }));
      for (let time = 0; time < 2; time += 1) {
        const before = server.requests.length;
        const events = await readAll(client.answer(clearedRequest(request), new AbortController().signal));
        expect(events.at(-1)).toMatchObject({ state: 'complete' });
        if (time === 1) expect(server.requests.length).toBe(before + 1);
      }
      expect(server.requests.at(-1)?.body).toContain('JSON schema');
      expect(server.requests.at(-1)?.body).toContain(JSON.stringify(JSON.stringify(schema)).slice(1, -1));
    } finally {
      await network.close();
    }
  });

  test.each(scripts)('a temperature, over $name', async (script) => {
    const server = await serve(refusing(script, "Unsupported value: 'temperature' does not support 0.5 with this model.", (body) => body.includes('temperature')));
    const asked = await askAt(`${server.origin}${script.basePath}`, { profile: script.profile, secrets: script.secrets, request: { temperature: 0.5 } });
    expect(asked).toMatchObject({ text: 'It is due.', end: { state: 'complete' }, pausesMs: [] });
    expect(server.requests.length).toBe(2);
  });

  test.each(scripts)('a stream, over $name', async (script) => {
    const isStream = ({ body, path }: SeenRequest): boolean => body.includes('"stream":true') || path.endsWith('converse-stream');
    const server = await serve((response, seen, nth) => (isStream(seen) ? answers(400, script.refusal('Streaming is not supported for this model.', 'ValidationException')) : answers(200, script.whole('It is due.', 'complete')))(response, seen, nth));
    const asked = await askAt(`${server.origin}${script.basePath}`, { profile: script.profile, secrets: script.secrets });
    expect(asked).toMatchObject({ text: 'It is due.', end: { state: 'complete' } });
    expect(server.requests.length).toBe(2);
  });
});

describe('a content filter', () => {
  test.each(scripts)('that refuses the question over $name is the end of it, not a fault', async (script) => {
    const server = await serve((response, seen, nth) => answers(400, { error: { message: `filtered: ${seen.body}`, type: null, code: 'content_filter', status: 400, innererror: { code: 'ResponsibleAIPolicyViolation' } } })(response, seen, nth));
    const asked = await askAt(`${server.origin}${script.basePath}`, { profile: script.profile, secrets: script.secrets });
    expect(asked.end).toEqual({ kind: 'end', state: 'filtered', fault: null, usage: null });
    expect(server.requests.length).toBe(1);
  });
});

describe('vectors', () => {
  const makers = scripts.filter(({ embeds }) => embeds !== null);
  const embed = async (script: Script, respond: Respond, texts: readonly string[]) => {
    const server = await serve(respond);
    const { network, pausesMs } = testNetwork();
    try {
      const vectors = await network.clientFor(endpointAt(`${server.origin}${script.basePath}`, { profile: script.profile, secrets: script.secrets })).embed(clearedTexts(texts), new AbortController().signal);
      return { vectors, requests: server.requests, pausesMs };
    } finally {
      await network.close();
    }
  };

  test.each(makers)('over $name are asked for at their own address, and again after a failure', async (script) => {
    const found = await embed(script, (response, seen, nth) => answers(nth === 0 ? 503 : 200, nth === 0 ? {} : script.embeds?.body([[1], [2]]))(response, seen, nth), ['noon', 'dusk']);
    expect(found.vectors).toEqual([Float32Array.of(1), Float32Array.of(2)]);
    expect(found.requests.map(({ path }) => path)).toEqual([script.embeds?.path, script.embeds?.path]);
    expect(JSON.parse(found.requests[0]?.body ?? '')).toMatchObject({ input: ['noon', 'dusk'] });
    expect(found.pausesMs).toEqual([375]);
  });

  test.each(makers)('over $name are none of fewer, more, uneven, empty or endless numbers', async (script) => {
    for (const vectors of [[], [[1]], [[1], [2], [3]], [[1], [2, 3]], [[], []], [[1e300], [1]]]) {
      await expect(embed(script, answers(200, script.embeds?.body(vectors)), ['noon', 'dusk'])).rejects.toMatchObject({ code: 'endpoint.not-a-model' });
    }
    for (const body of [{}, 'no', { data: [{ embedding: 'AAAA' }] }]) await expect(embed(script, answers(200, body), ['noon'])).rejects.toMatchObject({ code: 'endpoint.not-a-model' });
  });

  test.each(makers)('over $name are told with the code of what went wrong, and without the text', async (script) => {
    const error: unknown = await embed(script, (response, seen, nth) => answers(400, script.refusal(`the input length exceeds the context length: ${seen.body}`, 'invalid_request_error'))(response, seen, nth), [promptCanary]).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'endpoint.context-too-long' });
    expect(shown(error)).not.toContain(promptCanary);
  });

  test('of no text are none, and nothing is asked', async () => {
    const found = await embed(scriptOf('ollama'), answers(500, {}), []);
    expect([found.vectors, found.requests]).toEqual([[], []]);
  });
});
