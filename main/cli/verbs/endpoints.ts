import { dirname, resolve } from 'node:path';
import * as z from 'zod';
import { endpointDraft, type Capabilities, type EndpointInfo } from '../../../preload/contract/domains/endpoints.ts';
import type { Input } from '../../../preload/contract/routes.ts';
import { readNamedFile } from '../files.ts';
import { readNamedSecret } from '../passphrase.ts';
import { CallFailure } from '../session.ts';
import { UsageError, writeJson, type CliIo } from '../options.ts';
import { exitCodes, type Verb } from '../verb.ts';

/** Where a secret comes from: never out of the file itself. */
const secretSource = z.union([z.strictObject({ env: z.string().min(1) }), z.strictObject({ fd: z.number().int().nonnegative() })]);
const keyed = <K extends string>(kind: K) => z.union([z.strictObject({ kind: z.literal(kind), env: z.string().min(1) }), z.strictObject({ kind: z.literal(kind), fd: z.number().int().nonnegative() })]);

/** A profile with files named by path, from the endpoint file's folder, and secrets named by where they are. */
const endpointFile = endpointDraft.extend({
  auth: z.union([
    z.strictObject({ kind: z.literal('none') }),
    keyed('bearer'),
    keyed('api-key'),
    z.strictObject({ kind: z.literal('sigv4'), accessKeyId: secretSource, secretAccessKey: secretSource, sessionToken: secretSource.nullable().default(null) }),
  ]).default({ kind: 'none' }),
  ca: z.string().min(1).nullable().default(null),
  clientCertificate: z.strictObject({ files: z.array(z.string().min(1)).min(1).max(2), passphrase: secretSource.nullable().default(null) }).nullable().default(null),
});

/** What is wrong with the file, by field; values stay out, for they may be secret. */
function describeIssue(issue: z.core.$ZodIssue, above: readonly PropertyKey[] = []): string {
  const path = [...above, ...issue.path];
  const field = path.join('.');
  if (issue.code === 'unrecognized_keys') return `unknown field ${issue.keys.map((key) => [...path, key].join('.')).join(', ')}`;
  if (issue.code !== 'invalid_union') return `${field}: ${issue.message}`;
  // One of the forms may fit but for a field that it does not have.
  const near = issue.errors.find((issues) => issues.every(({ code }) => code === 'unrecognized_keys'));
  return near === undefined ? `${field}: not of a form that is known; redoubt endpoint add --help names them` : near.map((inner) => describeIssue(inner, path)).join(', ');
}

function readEndpointFile(file: string): z.infer<typeof endpointFile> {
  const text = readNamedFile(file, 'the endpoint file');
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new UsageError('the endpoint file is no JSON');
  }
  const parsed = endpointFile.safeParse(json);
  if (!parsed.success) throw new UsageError(`the endpoint file cannot be taken: ${parsed.error.issues.map((issue) => describeIssue(issue)).join('; ')}`);
  return parsed.data;
}

function readAuth(auth: z.infer<typeof endpointFile>['auth'], io: CliIo): NonNullable<Input<'endpoints.add'>['auth']> {
  switch (auth.kind) {
    case 'none': return auth;
    case 'bearer':
    case 'api-key': return { kind: auth.kind, key: readNamedSecret(auth, io) };
    case 'sigv4': return { kind: 'sigv4', accessKeyId: readNamedSecret(auth.accessKeyId, io), secretAccessKey: readNamedSecret(auth.secretAccessKey, io), sessionToken: auth.sessionToken === null ? null : readNamedSecret(auth.sessionToken, io) };
  }
}

/** What lists and answers say of an endpoint; never its keys. */
function printed(info: EndpointInfo): Record<string, unknown> {
  const { endpoint, name, dialect, baseUrl, model, ceiling, auth, face, signingRegion, apiVersion, clientCertificate, proxy, timeouts, dataKinds, promptLogging, contextTokens, maxOutputTokens, isOutside, capabilities } = info;
  return { endpoint, name, dialect, baseUrl, model, ceiling: ceiling.banner, auth, face, signingRegion, apiVersion, ownTrust: info.ca !== null, clientCertificate, proxy, timeouts, dataKinds, promptLogging, contextTokens, maxOutputTokens, outside: isOutside, capabilities };
}

/** Adds an endpoint from a file. Its secrets come from the environment or a file descriptor, its certificates from files. */
export const endpointAdd: Verb = {
  name: 'endpoint add',
  usage: 'FILE.json --vault DIR',
  summary: 'Add a model endpoint from a file: secrets by env or fd, certificates by path.',
  details: [
    'In the file: "name", "dialect", "baseUrl", "model", "ceiling"; and where they apply "face", "signingRegion", "apiVersion", "auth", "ca", "clientCertificate", "proxy",',
    '"timeouts" {"connectMs", "headersMs", "idleMs"}, "dataKinds", "promptLogging", "contextTokens", "maxOutputTokens".',
    'A secret is {"env": NAME} or {"fd": N}. "auth" is {"kind": "none"}, {"kind": "bearer" or "api-key", "env" or "fd"},',
    'or {"kind": "sigv4", "accessKeyId": secret, "secretAccessKey": secret, "sessionToken": secret}.',
    '"ca" is the path of a certificate file (PEM or DER); "clientCertificate" is {"files": [paths], "passphrase": secret}. Paths start at the file\'s own folder.',
  ],
  options: {},
  words: [1, 1],
  run: async ({ words: [file = ''], session, io, json }) => {
    const { auth, ca, clientCertificate, ...rest } = readEndpointFile(file);
    const pathOf = (path: string): string => resolve(dirname(file), path);
    const given = readAuth(auth, io);
    const certificate = clientCertificate === null ? null : { kind: 'files' as const, paths: clientCertificate.files.map(pathOf), passphrase: clientCertificate.passphrase === null ? null : readNamedSecret(clientCertificate.passphrase, io) };
    await session.unlock();
    const trusted = ca === null ? null : (await session.call('endpoints.read-certificates', { path: pathOf(ca) })).pem;
    const info = await session.call('endpoints.add', { ...rest, auth: given, ca: trusted, clientCertificate: certificate });
    if (json) writeJson(io, printed(info));
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
      if (json) writeJson(io, printed(info));
      else io.out(`${info.name}  ${info.dialect}  ${info.baseUrl}  ${info.model}  up to ${info.ceiling.banner}\n`);
    }
    return exitCodes.done;
  },
};

const yesOrNo = (value: boolean | null): string => (value === null ? 'unknown' : value ? 'yes' : 'no');

function describeCapabilities({ models, stream, jsonSchema, tools, contextTokens, embeddingDimensions, server }: Capabilities): string {
  const facts = [
    ['models', models.length === 0 ? 'not listed' : models.join(', ')], ['streams', yesOrNo(stream)], ['structured output', jsonSchema ?? 'unknown'], ['tools', yesOrNo(tools)],
    ['context', contextTokens === null ? 'unknown' : `${contextTokens} tokens`], ['embeddings', embeddingDimensions === null ? 'none' : `${embeddingDimensions} dimensions`], ['server', server ?? 'not said'],
  ];
  return facts.map(([term, value]) => `  ${term}: ${value}\n`).join('');
}

/** Asks an endpoint what it can do, and keeps the answer. */
export const endpointTest: Verb = {
  name: 'endpoint test',
  usage: 'NAME --vault DIR',
  summary: 'Ask an endpoint what it can do, with harmless text of ours, and keep what it found.',
  options: {},
  words: [1, 1],
  run: async ({ words: [name = ''], session, io, json }) => {
    await session.unlock();
    const { endpoints } = await session.call('endpoints.list', {});
    const info = endpoints.find((entry) => entry.name.toLowerCase() === name.toLowerCase());
    if (info === undefined) throw new CallFailure({ code: 'endpoint.unknown', message: 'There is no endpoint of this name in the vault.' });
    const result = await session.call('endpoints.test', { endpoint: info.endpoint }, ({ step }) => io.err(`${step}\n`));
    const { fault, capabilities } = result;
    if (json) writeJson(io, { name: info.name, ...result });
    else io.out(fault === null ? `${info.name} answers.\n${capabilities === null ? '' : describeCapabilities(capabilities)}` : `${info.name}: ${fault.message} (${fault.code})\n`);
    if (fault?.code === 'policy.refused') return exitCodes.refused;
    return result.ok ? exitCodes.done : exitCodes.failed;
  },
};
