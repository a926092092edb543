/** Model endpoints: who answers, how it is reached, what it may be sent. And what the program has opened on the network. */
import * as z from 'zod';
import { route } from '../define.ts';
import { endpointErrors, policyErrors } from '../errors.ts';
import { endpointId, markingText, markingView, nothing, sha256, timeMs } from './basics.ts';

/** What is spoken. `bedrock` and `azure` carry another's body behind their own address and key; `embedded` runs in a process of ours. */
export const dialect = z.enum(['openai-chat', 'openai-responses', 'bedrock', 'azure', 'anthropic-messages', 'ollama', 'embedded']);
export type Dialect = z.infer<typeof dialect>;

/** The body that `bedrock` (any of the three) and `azure` (the first two) carry. */
export const face = z.enum(['openai-chat', 'openai-responses', 'converse']);
export type Face = z.infer<typeof face>;

/** What may be in a payload. `personal-data` is what the finder of personal data finds; where it is not allowed, it is replaced or the send refused. */
export const dataKind = z.enum(['questions', 'passages', 'notes', 'personal-data']);
export type DataKind = z.infer<typeof dataKind>;

/** Whether the server keeps prompts: told by who runs it, never guessed. */
export const promptLogging = z.enum(['yes', 'no', 'unknown']);
export type PromptLogging = z.infer<typeof promptLogging>;

const secretText = z.string().min(1).max(10_000);
const pem = z.string().min(1).max(200_000);

/** A key as it is given. It is kept in the vault and never given back. */
export const endpointAuth = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({ kind: z.literal('bearer'), key: secretText }),
  /** In the header that the dialect names: api-key (azure) or x-api-key (anthropic-messages). */
  z.strictObject({ kind: z.literal('api-key'), key: secretText }),
  /** AWS Signature Version 4, for `bedrock`. */
  z.strictObject({ kind: z.literal('sigv4'), accessKeyId: secretText, secretAccessKey: secretText, sessionToken: secretText.nullable().default(null) }),
]);
export type EndpointAuth = z.infer<typeof endpointAuth>;

/** A client certificate as it is given. The private key is kept in the vault. */
export const clientCertificate = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('pem'), certificate: pem, key: pem, passphrase: secretText.nullable().default(null) }),
  /** A PKCS#12 file. */
  z.strictObject({ kind: z.literal('pkcs12'), file: z.instanceof(Uint8Array).refine((bytes) => bytes.byteLength <= 1_000_000), passphrase: secretText.nullable().default(null) }),
]);
export type ClientCertificate = z.infer<typeof clientCertificate>;

/** As it is given by files of this computer, which the engine reads: one PKCS#12 file, or one or two PEM files with certificate and key. */
const certificateFiles = z.strictObject({ kind: z.literal('files'), paths: z.array(z.string().min(1).max(4096)).min(1).max(2), passphrase: secretText.nullable().default(null) });
const givenCertificate = z.discriminatedUnion('kind', [...clientCertificate.options, certificateFiles]);

/** What a certificate says of itself. */
export const certificateFacts = z.object({ subject: z.string(), issuer: z.string(), validFrom: timeMs, validTo: z.number().int(), sha256 });
export type CertificateFacts = z.infer<typeof certificateFacts>;

/** An address that a service is known to have. */
export const knownAddress = z.object({ dialect, baseUrl: z.string(), signingRegion: z.string().nullable(), what: z.string() });
export type KnownAddress = z.infer<typeof knownAddress>;

/** Why a connection did not come to stand, where it is about trust, TLS or the proxy. */
export const connectionFault = z.enum([
  'self-signed', 'unknown-issuer', 'expired', 'not-yet-valid', 'wrong-host', 'bad-certificate', 'client-certificate-required', 'client-certificate-refused', 'old-tls', 'not-tls', 'no-tls', 'closed-early',
  'proxy-unreachable', 'proxy-sign-in', 'proxy-refused', 'proxy-failed', 'not-a-proxy',
]);
export type ConnectionFault = z.infer<typeof connectionFault>;

export const endpointTimeouts = z.strictObject({
  connectMs: z.number().int().min(100).max(600_000).default(10_000),
  /** To the first response header: a model on a laptop reads a long prompt slowly. */
  headersMs: z.number().int().min(100).max(3_600_000).default(600_000),
  /** Between two pieces of an answer. */
  idleMs: z.number().int().min(100).max(3_600_000).default(120_000),
});
export type EndpointTimeouts = z.infer<typeof endpointTimeouts>;

/** What a test found, or null where it could not be told. */
export const capabilities = z.object({
  testedAt: timeMs,
  models: z.array(z.string()),
  stream: z.boolean().nullable(),
  jsonSchema: z.enum(['schema', 'object', 'none']).nullable(),
  tools: z.boolean().nullable(),
  contextTokens: z.number().int().positive().nullable(),
  /** Dimensions of an embedding of this model; null when it makes none. */
  embeddingDimensions: z.number().int().positive().nullable(),
  /** The server's name and version where it says them, shortened. */
  server: z.string().max(120).nullable(),
});
export type Capabilities = z.infer<typeof capabilities>;

/** The part of a profile that is not secret, as it is kept and shown. */
const openProfile = {
  dialect,
  /** Empty for `embedded`. */
  baseUrl: z.string().max(2000),
  /** The model's name there; for `azure` the deployment, for `embedded` the name of a model file in the vault. */
  model: z.string().trim().min(1).max(300),
  face: face.nullable().default(null),
  /** `bedrock`: the region that requests are signed for, whatever the host. */
  signingRegion: z.string().regex(/^[a-z]{2}(?:-[a-z]+)+-\d$/).nullable().default(null),
  /** `azure`: the api-version of the older paths; null speaks v1. */
  apiVersion: z.string().regex(/^\d{4}-\d{2}-\d{2}(?:-preview)?$/).nullable().default(null),
  /** Certificates to trust instead of the system's, PEM. */
  ca: pem.nullable().default(null),
  /** http://host:port of a proxy that tunnels (CONNECT). */
  proxy: z.string().max(2000).nullable().default(null),
  timeouts: endpointTimeouts.default({ connectMs: 10_000, headersMs: 600_000, idleMs: 120_000 }),
  dataKinds: z.array(dataKind).default(['questions', 'passages', 'notes']),
  promptLogging: promptLogging.default('unknown'),
  /** What fits, in tokens, where it is known better than the server says. */
  contextTokens: z.number().int().min(256).max(100_000_000).nullable().default(null),
  /** The most it may write in one answer. */
  maxOutputTokens: z.number().int().min(1).max(10_000_000).nullable().default(null),
};

/** A profile as a person gives it. */
export const endpointDraft = z.strictObject({
  name: z.string().trim().min(1).max(120),
  ...openProfile,
  /** Marking text, for example UNCLASSIFIED. */
  ceiling: markingText,
  auth: endpointAuth.default({ kind: 'none' }),
  clientCertificate: givenCertificate.nullable().default(null),
});
export type EndpointDraft = z.infer<typeof endpointDraft>;

export const endpointInfo = z.object({
  endpoint: endpointId,
  name: z.string(),
  ...openProfile,
  ceiling: markingView,
  auth: z.enum(['none', 'bearer', 'api-key', 'sigv4']),
  clientCertificate: z.enum(['none', 'pem', 'pkcs12']),
  /** True when what is sent there leaves this computer. */
  isOutside: z.boolean(),
  addedAt: timeMs,
  /** What the last test found; null before the first. */
  capabilities: capabilities.nullable(),
  /** Result of the last test or question since unlock; null before the first. */
  reachable: z.boolean().nullable(),
});
export type EndpointInfo = z.infer<typeof endpointInfo>;

const faults = [endpointErrors.nameTaken, endpointErrors.badUrl, endpointErrors.badProfile, policyErrors.badMarking];

export const endpointRoutes = {
  'endpoints.list': route({ input: nothing, output: z.object({ endpoints: z.array(endpointInfo) }), errors: [] }),
  /** `http:` is allowed on loopback only. What is secret is kept in the vault and never given back. */
  'endpoints.add': route({ input: endpointDraft, output: endpointInfo, errors: faults }),
  /** Replaces a profile; what a test found stays while it is still the same model at the same place. A null `auth` or an absent `clientCertificate` keeps the key or certificate that is there. */
  'endpoints.change': route({
    input: z.strictObject({ endpoint: endpointId, profile: endpointDraft.extend({ auth: endpointAuth.nullable().default(null), clientCertificate: givenCertificate.nullable().optional() }) }),
    output: endpointInfo,
    errors: [endpointErrors.unknownEndpoint, ...faults],
  }),
  'endpoints.remove': route({ input: z.strictObject({ endpoint: endpointId }), output: nothing, errors: [endpointErrors.unknownEndpoint] }),
  /** Asks the endpoint what it can do, with harmless text of ours only, and keeps what it found in the profile. */
  'endpoints.test': route({
    input: z.strictObject({ endpoint: endpointId }),
    progress: z.object({ step: z.string() }),
    output: z.object({ ok: z.boolean(), capabilities: capabilities.nullable(), models: z.array(z.string()), tookMs: z.number(), fault: z.object({ code: z.string(), message: z.string(), connection: connectionFault.nullable() }).nullable() }),
    errors: Object.values(endpointErrors),
  }),
  /** Certificates to trust, out of a text or a file, with what they say; the file may be PEM or DER. Private keys are refused. */
  'endpoints.read-certificates': route({
    input: z.union([z.strictObject({ pem }), z.strictObject({ path: z.string().min(1).max(4096) })]),
    output: z.object({ pem: z.string(), certificates: z.array(certificateFacts) }),
    errors: [endpointErrors.badProfile],
  }),
  /** Addresses to offer where one is typed; `asOf` is the day of the table. */
  'endpoints.known-addresses': route({ input: nothing, output: z.object({ asOf: z.string(), addresses: z.array(knownAddress) }), errors: [], whileLocked: true }),
  /** Sockets are counted where they are opened: in the one fetch that the engine has. */
  'network.status': route({
    input: nothing,
    output: z.object({ endpoints: z.number().int(), sockets: z.number().int(), since: timeMs, countedAt: timeMs, unreachable: z.string().nullable() }),
    errors: [],
    whileLocked: true,
  }),
};
