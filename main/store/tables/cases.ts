import * as z from 'zod';
import { marking, type CaseId, type Marking } from '../../../preload/contract/domains/basics.ts';
import { idBytes, idOf } from '../../base/ids.ts';
import type { ReadDb, WriteDb } from '../connection.ts';
import type { Sealed } from '../crypto.ts';

const row = z.object({
  id: z.instanceof(Uint8Array).transform((bytes) => idOf<CaseId>(bytes)),
  name: z.string(),
  marking: z.string().transform((text) => marking.parse(JSON.parse(text))),
  archived: z.number().transform((value) => value === 1),
  created_at: z.number().int(),
  key_nonce: z.instanceof(Uint8Array),
  key_ciphertext: z.instanceof(Uint8Array),
  key_tag: z.instanceof(Uint8Array),
});

/** A case as the vault registers it. `key` is the case key sealed under the vault's keybag key. */
export interface CaseRow {
  readonly id: CaseId;
  readonly name: string;
  readonly marking: Marking;
  readonly archived: boolean;
  readonly createdAt: number;
  readonly key: Sealed;
}

function parse(found: unknown): CaseRow {
  const { key_nonce: nonce, key_ciphertext: ciphertext, key_tag: tag, created_at: createdAt, ...rest } = row.parse(found);
  return { ...rest, createdAt, key: { nonce, ciphertext, tag } };
}

/** Registers a case. */
export function insertCase(db: WriteDb, entry: CaseRow): void {
  db.run(
    'INSERT INTO cases(id, name, marking, archived, created_at, key_nonce, key_ciphertext, key_tag) VALUES (?,?,?,?,?,?,?,?)',
    idBytes(entry.id), entry.name, JSON.stringify(entry.marking), entry.archived ? 1 : 0, entry.createdAt, entry.key.nonce, entry.key.ciphertext, entry.key.tag,
  );
}

/** The case with the id, or null. */
export function readCase(db: ReadDb, id: CaseId): CaseRow | null {
  const found = db.get('SELECT * FROM cases WHERE id = ?', idBytes(id));
  return found === undefined ? null : parse(found);
}

/** The case with the name, compared without regard to ASCII case, or null. */
export function readCaseByName(db: ReadDb, name: string): CaseRow | null {
  const found = db.get('SELECT * FROM cases WHERE name = ? COLLATE NOCASE', name);
  return found === undefined ? null : parse(found);
}

/** All cases, by name. */
export function listCases(db: ReadDb): CaseRow[] {
  return db.all('SELECT * FROM cases ORDER BY name COLLATE NOCASE').map(parse);
}

/** Renames a case, marks it, or moves it in or out of the archive. */
export function updateCase(db: WriteDb, id: CaseId, change: Pick<CaseRow, 'name' | 'marking' | 'archived'>): void {
  db.run('UPDATE cases SET name = ?, marking = ?, archived = ? WHERE id = ?', change.name, JSON.stringify(change.marking), change.archived ? 1 : 0, idBytes(id));
}
