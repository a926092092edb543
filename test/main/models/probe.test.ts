/** What a test of an endpoint finds out, and what it makes of servers that will not say. */
import { afterEach, describe, expect, test } from 'vitest';
import { probeRequest } from '../../../main/models/index.ts';
import type { EndpointProfile } from '../../../main/store/index.ts';
import { clearedProbe, clearedRequest, endpointAt, readAll, testNetwork } from '../../support/model-servers/asking.ts';
import { answers, startModelServer, type Respond, type SeenRequest } from '../../support/model-servers/model-server.ts';
import { scripts, serving, streamed, type Script } from '../../support/model-servers/scripts.ts';

const open: { readonly close: () => Promise<unknown> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map(({ close }) => close()));
});
const scriptOf = (name: string): Script => scripts.find((script) => script.name === name) ?? expect.fail(`no script ${name}`);
const probing = async (script: Script, respond: Respond, options: { readonly profile?: Partial<EndpointProfile>; readonly probeTimeoutMs?: number } = {}) => {
  const server = await startModelServer(respond);
  const { network, pausesMs } = testNetwork(options.probeTimeoutMs === undefined ? {} : { probeTimeoutMs: options.probeTimeoutMs });
  open.push(server, network);
  const client = network.clientFor(endpointAt(`${new URL(server.baseUrl).origin}${script.basePath}`, { profile: { ...script.profile, ...options.profile }, secrets: script.secrets }));
  const steps: string[] = [];
  const found = client.probe(clearedProbe(), new AbortController().signal, (step) => steps.push(step));
  return { server, client, found, steps, pausesMs };
};
const asksShape = ({ body }: SeenRequest): boolean => body.includes('ultramarine');
const asksBySchema = ({ body }: SeenRequest): boolean => asksShape({ body } as SeenRequest) && !body.includes('JSON schema');
const says = (script: Script, text: string): Respond => streamed(script, script.begin, script.text(text), script.end('complete'), script.after);
const colour = '{"colour":"ultramarine"}';

describe.each(scripts)('over $name a test', (script) => {
  test('finds a stream, a schema that is kept, and a tool that is called', async () => {
    const { found, pausesMs } = await probing(script, serving(script, (response, seen, nth) => (seen.body.includes('read_weather') ? streamed(script, script.begin, script.call('read_weather')) : says(script, asksBySchema(seen) ? colour : 'Hello.'))(response, seen, nth), { vectors: [[1, 2, 3]] }));
    expect(await found).toMatchObject({ stream: true, jsonSchema: 'schema', tools: true, embeddingDimensions: script.embeds === null ? null : 3, contextTokens: null });
    expect(pausesMs).toEqual([]);
  });

  test('finds no stream where answers come whole, and no tool where words are said instead', async () => {
    const { found } = await probing(script, serving(script, (response, seen, nth) => answers(200, script.whole('Hello.', 'complete'))(response, seen, nth)));
    expect(await found).toMatchObject({ stream: false, jsonSchema: 'none', tools: false, embeddingDimensions: null });
  });

  test('finds the second rung where a schema is refused, and the next question begins there', async () => {
    const { found, client, server } = await probing(script, serving(script, (response, seen, nth) => (asksBySchema(seen) ? answers(400, script.refusal('schemas are not supported', 'ValidationException')) : says(script, asksShape(seen) ? colour : 'Hello.'))(response, seen, nth)));
    // Two dialects have no second rung: there the prompt alone says it.
    expect(await found).toMatchObject({ jsonSchema: /Converse|anthropic/.test(script.name) ? 'none' : 'object' });
    const before = server.requests.length;
    await readAll(client.answer(clearedRequest({ schema: { type: 'object' } }), new AbortController().signal));
    expect(server.requests.length).toBe(before + 1);
    expect(server.requests.at(-1)?.body).toContain('JSON schema');
  });

  test('is content with an answer: whatever else fails is unknown', async () => {
    let asked = 0;
    const { found } = await probing(script, (response, seen, nth) => (seen.path === script.askedPath && asked++ === 0 ? says(script, 'Hello.') : answers(500, {}))(response, seen, nth));
    expect(await found).toMatchObject({ models: [], stream: true, jsonSchema: null, tools: null, embeddingDimensions: null, contextTokens: null });
  });

  test('asks on when the key may not see the list of models', async () => {
    const { found } = await probing(script, (response, seen, nth) => (seen.path === script.lists?.path ? answers(403, script.refusal('no', 'AccessDeniedException')) : serving(script, says(script, 'Hello.')))(response, seen, nth));
    expect(await found).toMatchObject({ models: [], stream: true });
  });

  test('gives up a step that drips without end, and what it tests with it', async () => {
    const timers: NodeJS.Timeout[] = [];
    const { found } = await probing(script, serving(script, (response) => {
      response.writeHead(200, { 'content-type': script.contentType });
      timers.push(setInterval(() => void response.write(script.reasoning('so ')), 10));
    }), { probeTimeoutMs: 250 });
    await expect(found).rejects.toMatchObject({ code: 'endpoint.timed-out' });
    for (const timer of timers) clearInterval(timer);
  });

  test('takes a broken answer for no answer', async () => {
    const { found } = await probing(script, serving(script, streamed(script, script.begin, script.text('Hel'))));
    await expect(found).rejects.toMatchObject({ code: 'endpoint.server-failed' });
  });
});

describe('a model that makes vectors only', () => {
  test.each(scripts.filter(({ embeds }) => embeds !== null))('over $name passes the test by them', async (script) => {
    const { found } = await probing(script, serving(script, (response, seen, nth) => answers(400, script.refusal('"small-1" does not support chat', 'invalid_request_error'))(response, seen, nth), { vectors: [[1, 2]] }));
    expect(await found).toMatchObject({ stream: null, jsonSchema: null, tools: null, embeddingDimensions: 2 });
  });
});

describe('how much fits', () => {
  const chat = scriptOf('openai-chat');
  const listing = (entries: readonly object[], more: Readonly<Record<string, unknown>> = {}): Respond => (response, seen, nth) => {
    if (seen.path === '/v1/models') return answers(200, { data: entries })(response, seen, nth);
    const known = more[seen.path];
    return (known === undefined ? serving(chat, says(chat, 'Hello.')) : answers(200, known))(response, seen, nth);
  };
  test.each([
    ['vLLM’s max_model_len', [{ id: 'other', max_model_len: 9 }, { id: 'small-1', max_model_len: 32_768 }], {}, 32_768],
    ['llama.cpp’s n_ctx, not what it was trained with', [{ id: 'x.gguf', meta: { n_ctx_train: 131_072, n_ctx: 4096 } }], {}, 4096],
    ['nothing of what a model was trained with', [{ id: 'x.gguf', meta: { n_ctx_train: 131_072 } }], {}, null],
    ['llama.cpp’s props before the list', [{ id: 'small-1', context_length: 9 }], { '/props': { default_generation_settings: { n_ctx: 8192 }, build_info: 'b7000-abc' } }, 8192],
    ['nothing of another model', [{ id: 'a', max_model_len: 1 }, { id: 'b', max_model_len: 2 }], {}, null],
    ['nothing that is no number', [{ id: 'small-1', max_model_len: -5 }], { '/props': { default_generation_settings: { n_ctx: 'many' } } }, null],
  ] as const)('is %s', async (_, entries, more, contextTokens) => {
    const { found } = await probing(chat, listing(entries, more));
    expect(await found).toMatchObject({ contextTokens });
  });

  test('is not asked for outside the base URL where that shows that others share the host', async () => {
    const { server, found } = await probing({ ...chat, basePath: '/team/v1', askedPath: '/team/v1/chat/completions', lists: null, embeds: null }, serving({ ...chat, askedPath: '/team/v1/chat/completions', lists: null }, says(chat, 'Hello.')));
    await found;
    expect(server.requests.filter(({ path }) => !path.startsWith('/team/v1/'))).toEqual([]);
  });

  const ollama = scriptOf('ollama');
  const withFacts = (facts: Readonly<Record<string, unknown>>): Respond => (response, seen, nth) => (seen.path in facts ? answers(200, facts[seen.path]) : serving(ollama, says(ollama, 'Hello.')))(response, seen, nth);
  test('is what Ollama has loaded, else the model’s own length within the profile’s', async () => {
    const show = { model_info: { 'general.name': 'x', 'llama.context_length': 131_072 } };
    const loaded = await probing(ollama, withFacts({ '/api/show': show, '/api/ps': { models: [{ name: 'small-1:latest', context_length: 4096 }] }, '/api/version': { version: '0.30.1' } }));
    expect(await loaded.found).toMatchObject({ contextTokens: 4096, server: 'Ollama 0.30.1' });
    expect(await (await probing(ollama, withFacts({ '/api/show': show }))).found).toMatchObject({ contextTokens: 131_072 });
    expect(await (await probing(ollama, withFacts({ '/api/show': show }), { profile: { contextTokens: 8192 } })).found).toMatchObject({ contextTokens: 8192 });
  });

  test('an Ollama that would hand the model on to its cloud is asked nothing', async () => {
    const { server, found } = await probing(ollama, withFacts({ '/api/show': { remote_host: 'https://ollama.com:443', remote_model: 'x' } }));
    await expect(found).rejects.toMatchObject({ code: 'endpoint.bad-profile' });
    expect(server.requests.map(({ path }) => path)).not.toContain('/api/chat');
  });
});

describe('a server’s own name', () => {
  test('is taken from its header and its version, short and printable', async () => {
    const chat = scriptOf('openai-chat');
    const { found } = await probing(chat, (response, seen, nth) => {
      if (seen.path === '/version') return answers(200, { version: `1.2\u202e\n${'9'.repeat(500)}` })(response, seen, nth);
      response.setHeader('server', 'llama.cpp');
      return serving(chat, says(chat, 'Hello.'))(response, seen, nth);
    });
    const { server } = await found;
    expect(server).toMatch(/^llama\.cpp 1\.29+$/);
    expect(server).toHaveLength(120);
  });
});

test('nothing but the words of the test is sent', async () => {
  const chat = scriptOf('openai-chat');
  const { server, found } = await probing(chat, serving(chat, says(chat, 'Hello.'), { vectors: [[1]] }));
  await found;
  const sent = server.requests.filter(({ method }) => method === 'POST').flatMap(({ body }) => {
    const { messages, input } = JSON.parse(body) as { readonly messages?: readonly { readonly role: string; readonly content: string }[]; readonly input?: readonly string[] };
    return [...(messages ?? []).filter(({ role }) => role === 'user').map(({ content }) => content), ...(input ?? [])];
  });
  expect(new Set(sent)).toEqual(new Set(Object.values(probeRequest)));
});
