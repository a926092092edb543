import { execFile } from 'node:child_process';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { afterEach, describe, expect, test } from 'vitest';
import { askAt, clearedRequest, endpointName, keyCanary, nowMs, promptCanary, shown } from '../../support/model-servers/asking.ts';
import { answers, finishFrame, frames, startModelServer, streams, textFrame, type Respond } from '../../support/model-servers/model-server.ts';
import { chunk, closedPort, heads, startRawServer, trickle } from '../../support/model-servers/raw-server.ts';
import { selfSigned } from '../../support/model-servers/self-signed.ts';
import { createEgress, isLoopback, type EgressTarget, type PreparedRequest } from '../../../main/policy/index.ts';
import { isAppError } from '../../../main/base/errors.ts';

const open: { readonly close: () => Promise<unknown> }[] = [];
const keep = <T extends { readonly close: () => Promise<unknown> }>(made: T): T => {
  open.push(made);
  return made;
};
const serve = async (respond: Respond) => keep(await startModelServer(respond));
const egress = () => keep(createEgress({ clock: { nowMs: () => nowMs } }));
afterEach(async () => {
  await Promise.all(open.splice(0).map(({ close }) => close()));
});

const due = streams(frames(textFrame('It is due.'), finishFrame('stop'), '[DONE]'));
const targetAt = (baseUrl: string, name = endpointName): EgressTarget => ({ name, baseUrl, headersTimeoutMs: 20_000, idleTimeoutMs: 20_000, maxResponseBytes: 1_000_000 });
const post = () => ({ method: 'POST', path: '/chat/completions', headers: { authorization: `Bearer ${keyCanary}` }, content: clearedRequest(), encode: (payload: unknown) => JSON.stringify(payload) }) as const;
const caught = async (promise: Promise<unknown>): Promise<unknown> => promise.then(() => expect.fail('it did not fail'), (error: unknown) => error);

describe('a redirect', () => {
  test.each([300, 301, 302, 303, 304, 307, 308])('%i is refused, and nothing reaches the other server', async (status) => {
    const other = await serve(due);
    const server = await serve((response, seen) => {
      response.writeHead(status, { location: `${other.baseUrl}/chat/completions?echo=${encodeURIComponent(seen.body)}` });
      response.end(seen.body);
    });
    const error = await caught(egress().fetch(targetAt(server.baseUrl), post(), new AbortController().signal));
    expect(isAppError(error, 'endpoint.redirected')).toBe(true);
    expect(shown(error)).not.toContain(promptCanary);
    expect(shown(error)).not.toContain(keyCanary);
    expect(server.requests.length).toBe(1);
    expect(other.connections()).toBe(0);
  });
});

describe('where a request may go', () => {
  test.each(['http://192.0.2.7/v1', 'http://localhost.example/v1', 'http://127.0.0.1.example/v1', 'http://10.0.0.1/', 'ftp://127.0.0.1/', `https://user:${keyCanary}@127.0.0.1/v1`, 'https://127.0.0.1/v1?x=1'])('not to %s', async (baseUrl) => {
    const door = egress();
    const error = await caught(door.fetch(targetAt(baseUrl), post(), new AbortController().signal));
    expect(isAppError(error, 'endpoint.bad-url')).toBe(true);
    expect(shown(error)).not.toContain(keyCanary);
    expect(door.counters()).toEqual({ sockets: 0, requests: 0, since: nowMs });
  });

  test('this computer is localhost, 127.0.0.0/8 and ::1, however they are written', () => {
    expect(['http://localhost', 'http://LOCALHOST', 'http://127.9.8.7', 'http://2130706433', 'http://[0:0::1]'].map((url) => isLoopback(new URL(url).hostname))).toEqual([true, true, true, true, true]);
    expect(['http://localhost.', 'http://a.localhost', 'http://128.0.0.1', 'http://[::2]', 'http://127.0.0.1.example'].map((url) => isLoopback(new URL(url).hostname))).toEqual([false, false, false, false, false]);
  });

  test('localhost is reached without asking a resolver', async () => {
    const server = await serve(due);
    expect((await askAt(server.baseUrl.replace('127.0.0.1', 'localhost'))).text).toBe('It is due.');
  });

  test('not to another endpoint than the one it was cleared for', async () => {
    const server = await serve(due);
    const error = await caught(egress().fetch(targetAt(server.baseUrl, 'Other model'), post(), new AbortController().signal));
    expect(shown(error)).toContain('cleared for');
    expect(server.connections()).toBe(0);
  });

  test.each(['/../admin', '/a/./b', '/%2E%2E/admin', '/.%2E/admin', '/a//b', '/a?x=1', '/a#b', '/a b', '/a\\b', 'a', '', '/', '/%2e', '/%', '/\u00e9'])('not outside the base path: %j', async (path) => {
    const server = await serve(due);
    expect(shown(await caught(egress().fetch(targetAt(server.baseUrl), { method: 'GET', path, headers: {} }, new AbortController().signal)))).toContain('a request path');
    expect(server.connections()).toBe(0);
  });

  test('below the base path, with names and values encoded', async () => {
    const server = await serve(answers(200, {}));
    await egress().fetch(targetAt(server.baseUrl), { method: 'GET', path: '/model/us.anthropic.claude%3A0/converse-stream', query: { 'api-version': '2024-10-21', a: 'b&c=d/é' }, headers: {} }, new AbortController().signal);
    expect(server.requests[0]?.path).toBe('/v1/model/us.anthropic.claude%3A0/converse-stream?api-version=2024-10-21&a=b%26c%3Dd%2F%C3%A9');
  });

  test('as it was signed: what signs sees the address, the headers and the bytes that go out', async () => {
    const server = await serve(answers(200, {}));
    const prepared: PreparedRequest[] = [];
    await egress().fetch(targetAt(server.baseUrl), { ...post(), query: { x: '1' }, authorise: (request) => {
      prepared.push(request);
      return { authorization: 'signed', 'x-amz-date': 'now' };
    } }, new AbortController().signal);
    const [seen] = server.requests;
    expect(prepared.map(({ method, url, body }) => ({ method, url, body: Buffer.from(body).toString() }))).toEqual([{ method: 'POST', url: `${server.baseUrl}/chat/completions?x=1`, body: seen?.body }]);
    expect(Object.keys(prepared[0]?.headers ?? {}).every((name) => seen?.headerNames.includes(name))).toBe(true);
    expect(seen?.headers).toMatchObject({ authorization: 'signed', 'x-amz-date': 'now' });
  });

  test('not through a proxy that the environment names', async () => {
    const proxy = await serve(answers(200, {}));
    const server = await serve(due);
    const names = ['HTTP_PROXY', 'http_proxy', 'HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'NODE_USE_ENV_PROXY'];
    for (const name of names) process.env[name] = name === 'NODE_USE_ENV_PROXY' ? '1' : proxy.baseUrl;
    try {
      expect((await askAt(server.baseUrl)).text).toBe('It is due.');
    } finally {
      for (const name of names) delete process.env[name];
    }
    expect(proxy.connections()).toBe(0);
  });
});

describe('what is counted', () => {
  test('is connections that were made, kept ones once', async () => {
    const server = await serve(answers(200, { data: [] }));
    const door = egress();
    expect(door.counters()).toEqual({ sockets: 0, requests: 0, since: nowMs });
    for (let time = 0; time < 3; time++) {
      const { body } = await door.fetch(targetAt(server.baseUrl), { method: 'GET', path: '/models', headers: {} }, new AbortController().signal);
      for await (const bytes of body) void bytes;
    }
    expect(door.counters()).toEqual({ sockets: server.connections(), requests: 3, since: nowMs });
    expect(server.connections()).toBeGreaterThan(0);
  });

  test('leaves refused connections out', async () => {
    const asked = await askAt(`http://127.0.0.1:${await closedPort()}/v1`);
    expect(asked).toMatchObject({ sockets: 0, pausesMs: [375, 750], end: { state: 'error', fault: { code: 'endpoint.unreachable', data: { reason: 'ECONNREFUSED' } } } });
    expect(asked.end.fault?.message).toContain(endpointName);
  });

  test('is nothing, and no network code is loaded, before the first request', async () => {
    const script = `
      import { createRequire } from 'node:module';
      const { createNetwork } = await import(${JSON.stringify(new URL('../../../main/models/index.ts', import.meta.url).href)});
      const network = createNetwork({ clock: { nowMs: () => 5 } });
      network.clientFor({ id: 'a', name: 'A', profile: { dialect: 'openai-chat', baseUrl: 'http://127.0.0.1:9/v1', model: 'm', timeouts: {} }, secrets: { auth: { kind: 'none' } } });
      const loaded = Object.keys(createRequire(import.meta.url).cache).filter((path) => path.includes('undici'));
      console.log(JSON.stringify({ loaded: loaded.length, counters: network.counters() }));`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--no-warnings', '--input-type=module', '-e', script]);
    expect(JSON.parse(stdout)).toEqual({ loaded: 0, counters: { sockets: 0, requests: 0, since: 5 } });
  });
});

describe('a secure connection', () => {
  test('is refused to a certificate that no one trusts, whatever the environment says; nothing is sent', async () => {
    const seen: string[] = [];
    const server = createTlsServer({ key: selfSigned.key, cert: selfSigned.certificate }, (request) => seen.push(request.url ?? ''));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    open.push({ close: async () => new Promise((resolve) => server.close(resolve)) });
    process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
    try {
      const asked = await askAt(`https://localhost:${(server.address() as AddressInfo).port}/v1`);
      expect(asked).toMatchObject({ pausesMs: [], sockets: 1, end: { state: 'error', fault: { code: 'endpoint.unreachable', data: { lasting: true } } } });
      expect(asked.end.fault?.message).toContain('certificate');
    } finally {
      delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
    }
    expect(seen).toEqual([]);
  });

  test('is refused to a server that speaks plain text', async () => {
    const server = keep(await startRawServer((socket) => socket.end('SSH-2.0-server\r\n')));
    const asked = await askAt(`https://127.0.0.1:${server.port}/v1`);
    expect(asked.end.fault?.code).toBe('endpoint.unreachable');
    expect(server.received()).not.toContain(promptCanary);
  });
});

describe('a server that misuses HTTP', () => {
  const it = frames(textFrame('It is '));
  const cases: readonly { readonly does: string; readonly sends: string; readonly state: string; readonly text: string; readonly code: string | null }[] = [
    { does: 'promises more than it sends', sends: heads.lengthOf(5000) + it, state: 'truncated', text: 'It is ', code: 'endpoint.unreachable' },
    { does: 'sends more than it promised', sends: heads.lengthOf(Buffer.byteLength(it)) + it + frames(finishFrame('stop')), state: 'truncated', text: 'It is ', code: null },
    { does: 'closes inside a chunk', sends: `${heads.chunked}${chunk(it)}ff\r\nda`, state: 'truncated', text: 'It is ', code: 'endpoint.unreachable' },
    { does: 'sends a chunk without a size', sends: `${heads.chunked}${chunk(it)}canary\r\n`, state: 'truncated', text: 'It is ', code: 'endpoint.unreachable' },
    { does: 'ends by closing', sends: heads.untilClose + it + frames(finishFrame('stop')), state: 'complete', text: 'It is ', code: null },
    { does: 'does not speak HTTP', sends: '220 mail ready\r\n', state: 'error', text: '', code: 'endpoint.not-a-model' },
    { does: 'sends endless headers', sends: `HTTP/1.1 200 OK\r\n${'x-more: 0123456789abcdef\r\n'.repeat(4000)}`, state: 'error', text: '', code: 'endpoint.not-a-model' },
  ];
  test.each(cases)('$does: $state', async ({ sends, state, text, code }) => {
    const server = keep(await startRawServer((socket) => socket.end(sends)));
    const asked = await askAt(`http://127.0.0.1:${server.port}/v1`);
    expect({ state: asked.end.state, text: asked.text, code: asked.end.fault?.code ?? null }).toEqual({ state, text, code });
  });

  test('repeats the prompt where a parser would quote it: no error shows it', async () => {
    const server = keep(await startRawServer((socket, first) => socket.end(`HTTP/1.1 two ${first.toString()}`)));
    const error = await caught(egress().fetch(targetAt(`http://127.0.0.1:${server.port}/v1`), post(), new AbortController().signal));
    expect(isAppError(error, 'endpoint.not-a-model')).toBe(true);
    expect(server.received()).toContain(promptCanary);
    expect(shown(error)).not.toContain(promptCanary);
    expect(shown(error)).not.toContain(keyCanary);
  });

  test('hangs up without a word: the request is sent again, then the fault is told', async () => {
    const server = keep(await startRawServer((socket) => socket.destroy()));
    const asked = await askAt(`http://127.0.0.1:${server.port}/v1`);
    expect(asked.end.fault?.code).toBe('endpoint.unreachable');
    expect(server.connections()).toBe(3);
    expect(asked.sockets).toBe(3);
  });
});

describe('a server that takes its time', () => {
  const limits = { headersTimeoutMs: 300, idleTimeoutMs: 300 };
  test('with its headers, a byte now and then, is given up', async () => {
    const server = keep(await startRawServer((socket) => trickle(socket, 'HTTP/1.1 200 OK\r\nx: y\r\n', 40)));
    const asked = await askAt(`http://127.0.0.1:${server.port}/v1`, { limits });
    expect(asked.end).toMatchObject({ state: 'error', fault: { code: 'endpoint.timed-out' } });
    expect(asked.pausesMs).toEqual([]);
  });

  test('by going silent in the middle leaves a truncated answer', async () => {
    const server = await serve((response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(frames(textFrame('It is ')));
    });
    const asked = await askAt(server.baseUrl, { limits });
    expect(asked).toMatchObject({ text: 'It is ', end: { state: 'truncated', fault: { code: 'endpoint.timed-out' } } });
    await server.disconnected();
  });
});

describe('a server that sends without end', () => {
  test.each([['one frame', 'data: '], ['one line', ''], ['comments', ': ']])('%s is cut off at the cap', async (_, begins) => {
    const server = await serve((response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(begins);
      const more = (): void => {
        while (!response.destroyed && response.write(`${'x'.repeat(16_000)}${begins === ': ' ? '\n: ' : ''}`));
      };
      response.on('drain', more);
      more();
    });
    const asked = await askAt(server.baseUrl, { limits: { maxResponseBytes: 200_000 } });
    expect(asked.end).toMatchObject({ state: 'error', fault: { code: 'endpoint.server-failed' } });
    await server.disconnected();
  });

  test('a frame longer than four million characters is no answer', async () => {
    const server = await serve(streams('data: ', Buffer.alloc(5 * 1024 * 1024, 'x')));
    expect((await askAt(server.baseUrl)).end).toMatchObject({ state: 'error', fault: { code: 'endpoint.not-a-model' } });
  });
});
