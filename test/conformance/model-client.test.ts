/** The port's suite on every dialect, streamed and whole; and what only a model behind HTTP can do. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isAppError } from '../../main/base/errors.ts';
import type { ModelClient, Network } from '../../main/models/index.ts';
import { clearedProbe, clearedRequest, endpointAt, keyCanary, promptCanary, readAll, shown, testNetwork } from '../support/model-servers/asking.ts';
import { answers, startModelServer, type ModelServer, type Respond } from '../support/model-servers/model-server.ts';
import { closedPort } from '../support/model-servers/raw-server.ts';
import { scripts, serving, streamed, type Script } from '../support/model-servers/scripts.ts';
import { modelClientSuite, type Implementation, type ModelPlan } from './model-client-suite.ts';

/** How a dialect's server carries out a plan. `isWhole`: its answers come in one JSON body. */
function responding(script: Script, plan: ModelPlan, isWhole: boolean): Respond {
  switch (plan.does) {
    case 'answer':
    case 'cut': {
      const ending = plan.does === 'cut' ? 'cut' : 'complete';
      return isWhole ? answers(200, script.whole(plan.text, ending)) : streamed(script, script.begin, ...(plan.text.match(/\S+\s*/g) ?? []).map(script.text), script.end(ending), script.after);
    }
    case 'pause':
      return (response) => {
        response.writeHead(200, { 'content-type': script.contentType });
        response.write(Buffer.concat([script.begin, script.text(plan.text)]));
      };
    case 'fail':
      return (response, seen, nth) => answers(401, script.refusal(`bad key ${JSON.stringify(seen.headers)} for ${seen.body}`, 'authentication_error'))(response, seen, nth);
    case 'stay silent':
      return () => undefined;
  }
}

function overHttp(script: Script, isWhole: boolean): Implementation {
  const { network } = testNetwork();
  const servers: ModelServer[] = [];
  return {
    name: script.name,
    makesVectors: script.embeds !== null, countsTokens: false,
    listsModels: script.lists !== null,
    subject: async (plan, { vectors, models, onAsked } = {}) => {
      const respond = responding(script, plan, isWhole);
      const server = await startModelServer(serving(script, (response, seen, nth) => {
        onAsked?.();
        respond(response, seen, nth);
      }, { ...(vectors === undefined ? {} : { vectors }), ...(models === undefined ? {} : { models }) }));
      servers.push(server);
      const client = network.clientFor(endpointAt(`${new URL(server.baseUrl).origin}${script.basePath}`, { profile: script.profile, secrets: script.secrets }));
      return { client, begun: server.connections, received: () => server.requests.map(({ body }) => body).join('\n'), released: server.disconnected };
    },
    close: async () => {
      await network.close();
      await Promise.all(servers.map((server) => server.close()));
    },
  };
}

for (const script of scripts) {
  modelClientSuite(`${script.name}, streamed`, () => overHttp(script, false));
  modelClientSuite(`${script.name}, whole`, () => overHttp(script, true));
}

describe.each(scripts)('a client over HTTP ($name)', (script) => {
  let network: Network;
  let server: ModelServer | null;
  const clientOf = async (respond: Respond): Promise<ModelClient> => {
    server = await startModelServer(respond);
    return network.clientFor(endpointAt(`${new URL(server.baseUrl).origin}${script.basePath}`, { profile: script.profile, secrets: script.secrets }));
  };
  beforeEach(() => {
    ({ network } = testNetwork());
    server = null;
  });
  afterEach(async () => {
    await network.close();
    await server?.close();
  });

  test('ends with an error when nothing listens', async () => {
    const client = network.clientFor(endpointAt(`http://127.0.0.1:${await closedPort()}${script.basePath}`, { profile: script.profile, secrets: script.secrets }));
    expect(await readAll(client.answer(clearedRequest(), new AbortController().signal))).toMatchObject([{ kind: 'end', state: 'error', fault: { code: 'endpoint.unreachable' } }]);
  });

  test.each([
    ['refuses the key', (response, seen, nth) => answers(401, script.refusal(JSON.stringify(seen.headers), 'authentication_error'))(response, seen, nth), 'endpoint.unauthorised'],
    ['is a page', answers(200, '<html></html>', { 'content-type': 'text/html' }), 'endpoint.not-a-model'],
    ['is other JSON', answers(200, { hello: 1 }), 'endpoint.not-a-model'],
    ['redirects', answers(307, '', { location: 'http://127.0.0.1:1/' }), 'endpoint.redirected'],
    ['fails', answers(500, {}), 'endpoint.server-failed'],
  ] as const satisfies readonly (readonly [string, Respond, string])[])('throws when what it tests %s, and tries nothing twice', async (_, respond, code) => {
    const client = await clientOf(respond);
    const error: unknown = await client.probe(clearedProbe(), new AbortController().signal, () => undefined).then(() => null, (thrown: unknown) => thrown);
    expect(isAppError(error, code)).toBe(true);
    expect(shown(error)).not.toContain(keyCanary);
    expect(shown(error)).not.toContain(promptCanary);
    const places = server?.requests.map(({ method, path }) => `${method} ${path}`) ?? [];
    expect(new Set(places).size).toBe(places.length);
  });
});
