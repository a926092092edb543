import * as z from 'zod';
import { marking, type EndpointId } from '../../../preload/contract/domains/basics.ts';
import { idBytes, idOf } from '../../base/ids.ts';
import type { ReadDb, WriteDb } from '../connection.ts';

/** What an endpoint is, apart from its key. */
export const endpointProfile = z.object({ dialect: z.literal('openai-chat'), baseUrl: z.string(), model: z.string(), ceiling: marking });
export type EndpointProfile = z.infer<typeof endpointProfile>;

const row = z.object({
  id: z.instanceof(Uint8Array).transform((bytes) => idOf<EndpointId>(bytes)),
  name: z.string(),
  profile: z.string().transform((text) => endpointProfile.parse(JSON.parse(text))),
  secret: z.string().nullable(),
  added_at: z.number().int(),
});

/** An endpoint. `secret` is its bearer key, null when it wants none; it never leaves the engine but in the Authorization header. */
export interface EndpointRow {
  readonly id: EndpointId;
  readonly name: string;
  readonly profile: EndpointProfile;
  readonly secret: string | null;
  readonly addedAt: number;
}

const parse = (found: unknown): EndpointRow => {
  const { added_at: addedAt, ...rest } = row.parse(found);
  return { ...rest, addedAt };
};

/** Adds an endpoint. */
export function insertEndpoint(db: WriteDb, entry: EndpointRow): void {
  db.run('INSERT INTO endpoints(id, name, profile, secret, added_at) VALUES (?,?,?,?,?)', idBytes(entry.id), entry.name, JSON.stringify(entry.profile), entry.secret, entry.addedAt);
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
