import * as z from 'zod';
import type { ModelId } from '../../../preload/contract/domains/basics.ts';
import { modelKind } from '../../../preload/contract/domains/models.ts';
import { idBytes, idOf } from '../../base/ids.ts';
import type { ReadDb, WriteDb } from '../connection.ts';

const row = z.object({
  id: z.instanceof(Uint8Array).transform((bytes) => idOf<ModelId>(bytes)),
  name: z.string(),
  sha256: z.instanceof(Uint8Array).transform((bytes) => Buffer.from(bytes).toString('hex')),
  size_bytes: z.number().int(),
  architecture: z.string(),
  kind: modelKind,
  context_tokens: z.number().int(),
  context_token_bytes: z.number().int(),
  licence: z.string().nullable(),
  added_at: z.number().int(),
}).transform(({ size_bytes: sizeBytes, context_tokens: contextTokens, context_token_bytes: contextTokenBytes, added_at: addedAt, ...rest }) => ({ ...rest, sizeBytes, contextTokens, contextTokenBytes, addedAt }));

/** A model file as the vault registers it. `contextTokenBytes`: memory that one token of context takes. */
export type ModelRow = Readonly<z.output<typeof row>>;

/** Registers a model file. */
export function insertModel(db: WriteDb, entry: ModelRow): void {
  db.run(
    'INSERT INTO models(id, name, sha256, size_bytes, architecture, kind, context_tokens, context_token_bytes, licence, added_at) VALUES (?,?,?,?,?,?,?,?,?,?)',
    idBytes(entry.id), entry.name, Buffer.from(entry.sha256, 'hex'), entry.sizeBytes, entry.architecture, entry.kind, entry.contextTokens, entry.contextTokenBytes, entry.licence, entry.addedAt,
  );
}

/** Takes a model file out of the register; the file is the caller's. */
export function deleteModel(db: WriteDb, id: ModelId): void {
  db.run('DELETE FROM models WHERE id = ?', idBytes(id));
}

/** The model with the id, or null. */
export function readModel(db: ReadDb, id: ModelId): ModelRow | null {
  const found = db.get('SELECT * FROM models WHERE id = ?', idBytes(id));
  return found === undefined ? null : row.parse(found);
}

/** The model with the name, compared without regard to ASCII case, or null. */
export function readModelByName(db: ReadDb, name: string): ModelRow | null {
  const found = db.get('SELECT * FROM models WHERE name = ? COLLATE NOCASE', name);
  return found === undefined ? null : row.parse(found);
}

/** All models, by name. */
export function listModels(db: ReadDb): ModelRow[] {
  return db.all('SELECT * FROM models ORDER BY name COLLATE NOCASE').map((found) => row.parse(found));
}
