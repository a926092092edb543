import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { CaseId, DocumentId, Marking } from '../../preload/contract/domains/basics.ts';
import { audited } from '../../main/audit/index.ts';
import type { Clock } from '../../main/base/clock.ts';
import { randomIds } from '../../main/base/ids.ts';
import { createVault, findDocument, insertContent, insertDocument, insertPages, insertText, nodeCrypto, type CaseStore, type DocumentRow, type Vault, type VaultTools } from '../../main/store/index.ts';
import { toMarking } from '../../main/policy/index.ts';

/** A clock that stands until it is told to move. */
export interface TestClock extends Clock {
  readonly advance: (ms: number) => void;
}

export function testClock(startMs = Date.UTC(2024, 5, 1)): TestClock {
  let now = startMs;
  return { nowMs: () => now, advance: (ms) => { now += ms; } };
}

/** A folder that is gone when the test ends. */
export function tempFolder(prefix = 'redoubt-test-'): string {
  const folder = mkdtempSync(join(tmpdir(), prefix));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Store tools with a cheap key derivation. */
export function testTools(clock: Clock = testClock()): VaultTools {
  return { crypto: nodeCrypto, clock, ids: randomIds, iterations: 1000 };
}

export const passphrase = 'six grey herons wait at noon';
export const recoveryCode = '0123-4567-89AB-CDEF-GHJK-MNPQ-RSTV-WXYZ';
export const secretMarking = toMarking('SECRET//NOFORN');
export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** A fresh open vault in `folder`. The test closes it, or leaves it to the end. */
export async function newVault(folder: string, tools: VaultTools = testTools()): Promise<Vault> {
  const vault = await createVault(
    tools, folder,
    { name: 'Test', passphrase: bytesOf(passphrase), recoveryCode, systemHigh: secretMarking, person: 'Analyst', device: 'Laptop' },
    (fresh) => { audited(fresh, () => undefined, () => ({ action: 'vault.created', objects: [fresh.chain], marking: 'SECRET//NOFORN' })); },
  );
  onTestFinished(() => vault.close());
  return vault;
}

/** A fresh case in a vault. */
export function newCase(vault: Vault, name = 'Case', marking: Marking = toMarking('UNCLASSIFIED')): CaseStore {
  const { row, register } = vault.newCase(name, marking);
  audited(vault, register, () => ({ action: 'case.created', objects: [row.id], marking: 'UNCLASSIFIED' }));
  return vault.case(row.id satisfies CaseId);
}

/** Adds a text document with its original, as ingest would. */
export async function addTextDocument(store: CaseStore, path: string, text: string): Promise<DocumentRow> {
  const bytes = Buffer.from(text);
  const [place] = await store.blobs.writePack([bytes]);
  if (place === undefined) throw new Error('no place');
  const name = path.slice(path.lastIndexOf('/') + 1);
  const id = store.ids() as DocumentId;
  audited(
    store,
    (db) => {
      const content = insertContent(db, store.crypto.sha256(bytes), place, { type: 'text', mediaType: 'text/plain', state: 'text', reason: null, extractor: 'test', title: null, author: null, createdAt: null, modifiedAt: null, mail: null, chars: text.length, pageCount: 1 });
      insertText(db, content, { subject: name, people: '', body: text });
      insertPages(db, content, [{ page: 1, start: 0, end: text.length }], null);
      insertDocument(db, { id, content, parent: null, duplicateOf: null, name, path, type: 'text', state: 'text', reason: null, title: name, by: '', date: null, sizeBytes: bytes.length, ingestedAt: 0 });
    },
    () => ({ action: 'ingest.committed', objects: [id], marking: 'UNCLASSIFIED' }),
  );
  const row = findDocument(store.read, id);
  if (row === null) throw new Error('no document');
  return row;
}
