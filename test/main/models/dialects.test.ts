import type { Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { askAt, clearedRequest, endpointAt, keyCanary, promptCanary, readAll, shown, testNetwork, type Asked } from '../../support/model-servers/asking.ts';
import { startModelServer, type Respond } from '../../support/model-servers/model-server.ts';
import { startRawServer } from '../../support/model-servers/raw-server.ts';
import { scripts, streamed, streamOf, type Script } from '../../support/model-servers/scripts.ts';
import { wireBehaviours, type WireBehaviour } from '../../support/model-servers/wire-behaviours.ts';

const open: { readonly close: () => Promise<unknown> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map(({ close }) => close()));
});

const serve = async (respond: Respond) => {
  const server = await startModelServer(respond);
  open.push(server);
  return { ...server, origin: new URL(server.baseUrl).origin };
};
const ask = (script: Script, origin: string, limits: WireBehaviour['limits'] = {}): Promise<Asked> => askAt(`${origin}${script.basePath}`, { profile: script.profile, secrets: script.secrets, limits });

describe.each(scripts)('over $name, a server that', (script) => {
  const sensible = wireBehaviours.filter(({ only }) => only === undefined || only(script));
  test.each(sensible)('$does: $state, $code', async ({ respond, raw, state, text = '', reasoning = '', code, requests = 1, isUsageTold = false, limits }) => {
    const server = respond === undefined ? null : await serve(respond(script));
    const byHand = raw === undefined ? null : await startRawServer(raw(script));
    if (byHand !== null) open.push(byHand);
    const asked = await ask(script, server?.origin ?? `http://127.0.0.1:${byHand?.port}`, limits);
    expect({ state: asked.end.state, text: asked.text, code: asked.end.fault?.code ?? null }).toEqual({ state, text, code: code ?? null });
    if (reasoning !== null) expect(asked.reasoning).toBe(reasoning);
    if (isUsageTold) expect(asked.end.usage).toEqual(script.counts);
    if (server !== null) expect(server.requests.map(({ path }) => path)).toEqual(Array.from({ length: requests }, () => script.askedPath));
    // Nobody who reads a fault may read in it what was sent.
    expect(shown(asked.end)).not.toContain(promptCanary);
    expect(shown(asked.end)).not.toContain(keyCanary);
  });
});

/** One for each kind of stream: the others differ in their addresses. */
const kinds = scripts.filter(({ name }) => ['openai-chat', 'openai-responses', 'bedrock, Converse', 'anthropic-messages', 'ollama'].includes(name));

describe.each(kinds)('over $name, a stream that is cut', (script) => {
  const bytes = Buffer.concat(streamOf(script));
  const endsAt = bytes.indexOf(Buffer.from(script.end('complete')));

  test('anywhere is whole or is not called so', async () => {
    let cutAt = 0;
    const server = await serve((response, seen, nth) => streamed(script, bytes.subarray(0, cutAt))(response, seen, nth));
    const { network } = testNetwork();
    open.push(network);
    const client = network.clientFor(endpointAt(`${server.origin}${script.basePath}`, { profile: script.profile, secrets: script.secrets }));
    const wrong: unknown[] = [];
    for (; cutAt <= bytes.length; cutAt += 1) {
      const events = await readAll(client.answer(clearedRequest(), new AbortController().signal));
      const text = events.map((event) => (event.kind === 'text' ? event.text : '')).join('');
      const end = events.at(-1);
      if (end?.kind !== 'end') return expect.fail('no end');
      const isRight = 'It is due.'.startsWith(text) && end.fault === null && (cutAt <= endsAt ? end.state === 'truncated' : text === 'It is due.' && (end.state === 'truncated' || end.state === 'complete'));
      if (!isRight) wrong.push({ cutAt, text, end });
    }
    expect(wrong).toEqual([]);
    expect((await ask(script, server.origin)).end.state).toBe('complete');
  });
});

test.each(kinds)('over $name, a kept connection that is closed when it is used again is opened anew', async (script) => {
  const body = Buffer.concat(streamOf(script));
  const requestsBySocket = new Map<Socket, number>();
  const server = await startRawServer((socket) => {
    const answer = (): void => {
      const nth = requestsBySocket.get(socket) ?? 0;
      requestsBySocket.set(socket, nth + 1);
      if (nth > 0) socket.destroy();
      else socket.write(Buffer.concat([Buffer.from(`HTTP/1.1 200 OK\r\ncontent-type: ${script.contentType}\r\ncontent-length: ${body.length}\r\n\r\n`), body]));
    };
    socket.on('data', answer);
    answer();
  });
  const { network } = testNetwork();
  open.push(server, network);
  const client = network.clientFor(endpointAt(`http://127.0.0.1:${server.port}${script.basePath}`, { profile: script.profile, secrets: script.secrets }));
  for (let time = 0; time < 3; time += 1) {
    const events = await readAll(client.answer(clearedRequest(), new AbortController().signal));
    expect(events.at(-1)).toMatchObject({ kind: 'end', state: 'complete' });
  }
  expect(server.connections()).toBe(3);
});
