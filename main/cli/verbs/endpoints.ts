import * as z from 'zod';
import { readNamedFile } from '../files.ts';
import { readNamedSecret } from '../passphrase.ts';
import { CallFailure } from '../session.ts';
import { UsageError, writeJson } from '../options.ts';
import { exitCodes, type Verb } from '../verb.ts';

const endpointFile = z.object({
  name: z.string(),
  dialect: z.literal('openai-chat'),
  baseUrl: z.string(),
  model: z.string(),
  ceiling: z.string(),
  auth: z.discriminatedUnion('kind', [z.object({ kind: z.literal('none') }), z.object({ kind: z.literal('bearer'), env: z.string().optional(), fd: z.number().int().optional() })]),
});

function readEndpointFile(file: string): z.infer<typeof endpointFile> {
  const text = readNamedFile(file, 'the endpoint file');
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new UsageError('the endpoint file is no JSON');
  }
  const parsed = endpointFile.safeParse(json);
  if (!parsed.success) throw new UsageError(`the endpoint file is not complete: ${parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ')}`);
  return parsed.data;
}

/** Adds an endpoint from a file. The key comes from the environment or a file descriptor. */
export const endpointAdd: Verb = {
  name: 'endpoint add',
  usage: 'FILE.json --vault DIR',
  summary: 'Add a model endpoint; its key comes by env or fd.',
  options: {},
  words: [1, 1],
  run: async ({ words: [file = ''], session, io, json }) => {
    const { name, dialect, baseUrl, model, ceiling, auth } = readEndpointFile(file);
    const given = auth.kind === 'none' ? { kind: 'none' as const } : { kind: 'bearer' as const, key: readNamedSecret(auth, io) };
    await session.unlock();
    const info = await session.call('endpoints.add', { name, dialect, baseUrl, model, ceiling, auth: given });
    if (json) writeJson(io, { endpoint: info.endpoint, name: info.name, dialect: info.dialect, baseUrl: info.baseUrl, model: info.model, ceiling: info.ceiling.banner });
    else io.out(`${info.name}, up to ${info.ceiling.banner}\n`);
    return exitCodes.done;
  },
};

/** Lists endpoints, one a line; never their keys. */
export const endpointList: Verb = {
  name: 'endpoint list',
  usage: '--vault DIR',
  summary: 'List the model endpoints of a vault.',
  options: {},
  words: [0, 0],
  run: async ({ session, io, json }) => {
    await session.unlock();
    const { endpoints } = await session.call('endpoints.list', {});
    for (const info of endpoints) {
      if (json) writeJson(io, { endpoint: info.endpoint, name: info.name, dialect: info.dialect, baseUrl: info.baseUrl, model: info.model, ceiling: info.ceiling.banner, auth: info.auth });
      else io.out(`${info.name}  ${info.dialect}  ${info.baseUrl}  ${info.model}  up to ${info.ceiling.banner}\n`);
    }
    return exitCodes.done;
  },
};

/** Asks an endpoint for its models. */
export const endpointTest: Verb = {
  name: 'endpoint test',
  usage: 'NAME --vault DIR',
  summary: 'Ask an endpoint for its model list.',
  options: {},
  words: [1, 1],
  run: async ({ words: [name = ''], session, io, json }) => {
    await session.unlock();
    const { endpoints } = await session.call('endpoints.list', {});
    const info = endpoints.find((entry) => entry.name.toLowerCase() === name.toLowerCase());
    if (info === undefined) throw new CallFailure({ code: 'endpoint.unknown', message: 'There is no endpoint of this name in the vault.' });
    const result = await session.call('endpoints.test', { endpoint: info.endpoint });
    if (json) writeJson(io, { name: info.name, ...result });
    else io.out(result.ok ? `${info.name} answers: ${result.models.join(', ')}\n` : `${info.name}: ${result.fault?.message ?? 'no answer'}\n`);
    return result.ok ? exitCodes.done : exitCodes.failed;
  },
};
