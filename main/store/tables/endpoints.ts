import * as z from 'zod';
import { marking, type EndpointId } from '../../../preload/contract/domains/basics.ts';
import { capabilities, dataKind, dialect, endpointAuth, endpointTimeouts, face, promptLogging } from '../../../preload/contract/domains/endpoints.ts';
import { idBytes, idOf } from '../../base/ids.ts';
import type { ReadDb, WriteDb } from '../connection.ts';

/** What an endpoint is, apart from what is secret. */
export const endpointProfile = z.object({
  dialect, model: z.string(), baseUrl: z.string(), ceiling: marking,
  face: face.nullable().default(null),
  signingRegion: z.string().nullable().default(null),
  apiVersion: z.string().nullable().default(null),
  ca: z.string().nullable().default(null),
  proxy: z.string().nullable().default(null),
  timeouts: endpointTimeouts.default({ connectMs: 10_000, headersMs: 600_000, idleMs: 120_000 }),
  dataKinds: z.array(dataKind).default(['questions', 'passages', 'notes']),
  promptLogging: promptLogging.default('unknown'),
  contextTokens: z.number().nullable().default(null),
  maxOutputTokens: z.number().nullable().default(null),
  capabilities: capabilities.nullable().default(null),
});
export type EndpointProfile = z.infer<typeof endpointProfile>;

/** What is secret of an endpoint. It never leaves the engine but in the header or the handshake it is made for. */
export const endpointSecrets = z.object({
  auth: endpointAuth,
  clientCertificate: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('pem'), certificate: z.string(), key: z.string(), passphrase: z.string().nullable() }),
    z.object({ kind: z.literal('pkcs12'), file: z.base64().transform((text) => new Uint8Array(Buffer.from(text, 'base64'))), passphrase: z.string().nullable() }),
  ]).nullable(),
});
export type EndpointSecrets = z.infer<typeof endpointSecrets>;

/** Reads the secret column; before there were other kinds, it held a bearer key alone. */
function parseSecrets(text: string | null): EndpointSecrets {
  if (text === null) return { auth: { kind: 'none' }, clientCertificate: null };
  return text.startsWith('{') ? endpointSecrets.parse(JSON.parse(text)) : { auth: { kind: 'bearer', key: text }, clientCertificate: null };
}

function printSecrets({ auth, clientCertificate }: EndpointSecrets): string {
  return JSON.stringify({ auth, clientCertificate: clientCertificate?.kind === 'pkcs12' ? { ...clientCertificate, file: Buffer.from(clientCertificate.file).toString('base64') } : clientCertificate });
}

const row = z.object({
  id: z.instanceof(Uint8Array).transform((bytes) => idOf<EndpointId>(bytes)),
  name: z.string(),
  profile: z.string().transform((text) => endpointProfile.parse(JSON.parse(text))),
  secret: z.string().nullable().transform(parseSecrets),
  added_at: z.number().int(),
});

/** An endpoint. */
export interface EndpointRow {
  readonly id: EndpointId;
  readonly name: string;
  readonly profile: EndpointProfile;
  readonly secrets: EndpointSecrets;
  readonly addedAt: number;
}

const parse = (found: unknown): EndpointRow => {
  const { added_at: addedAt, secret: secrets, ...rest } = row.parse(found);
  return { ...rest, secrets, addedAt };
};

/** Adds an endpoint. */
export function insertEndpoint(db: WriteDb, entry: EndpointRow): void {
  db.run('INSERT INTO endpoints(id, name, profile, secret, added_at) VALUES (?,?,?,?,?)', idBytes(entry.id), entry.name, JSON.stringify(entry.profile), printSecrets(entry.secrets), entry.addedAt);
}

/** Replaces an endpoint's name, profile and secrets. */
export function updateEndpoint(db: WriteDb, entry: EndpointRow): void {
  db.run('UPDATE endpoints SET name = ?, profile = ?, secret = ? WHERE id = ?', entry.name, JSON.stringify(entry.profile), printSecrets(entry.secrets), idBytes(entry.id));
}

/** Removes an endpoint and its key. */
export function deleteEndpoint(db: WriteDb, id: EndpointId): void {
  db.run('DELETE FROM endpoints WHERE id = ?', idBytes(id));
}

/** The endpoint with the id, or null. */
export function readEndpoint(db: ReadDb, id: EndpointId): EndpointRow | null {
  const found = db.get('SELECT * FROM endpoints WHERE id = ?', idBytes(id));
  return found === undefined ? null : parse(found);
}

/** All endpoints, by name. */
export function listEndpoints(db: ReadDb): EndpointRow[] {
  return db.all('SELECT * FROM endpoints ORDER BY name COLLATE NOCASE').map(parse);
}
