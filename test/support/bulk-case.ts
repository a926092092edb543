/** Documents put into a case through the store's own functions, without files: thousands a second. */
import type { CaseId, DocumentId } from '../../preload/contract/domains/basics.ts';
import { audited } from '../../main/audit/index.ts';
import { systemClock } from '../../main/base/clock.ts';
import { newId, randomIds } from '../../main/base/ids.ts';
import { insertContent, insertDocument, insertText, nodeCrypto, unlockVault, type CaseStore, type Vault } from '../../main/store/index.ts';
import { testPassphrase } from './engines.ts';

const batch = 500;

/** How a store is opened. */
export interface OpenStoreOptions {
  readonly passphrase?: string;
  readonly plaintextForBenchmark?: boolean;
}

/** The vault in a folder, opened without an engine. The caller closes it. */
export async function openStore(vaultFolder: string, { passphrase = testPassphrase, plaintextForBenchmark = false }: OpenStoreOptions = {}): Promise<Vault> {
  return unlockVault({ crypto: nodeCrypto, clock: systemClock, ids: randomIds, plaintextForBenchmark }, vaultFolder, { with: 'passphrase', secret: Buffer.from(passphrase) });
}

/** Adds documents with the given texts to a case that no engine has open. Their originals are one small file that they share. */
export async function addBulkDocuments(vaultFolder: string, caseId: CaseId, count: number, textOf: (index: number) => string, options: OpenStoreOptions = {}): Promise<void> {
  const vault = await openStore(vaultFolder, options);
  try {
    const store = vault.case(caseId);
    const original = Buffer.from('one original for all');
    const [place] = await store.blobs.writePack([original]);
    if (place === undefined) throw new Error('no place');
    for (let first = 0; first < count; first += batch) addBatch(store, place, first, Math.min(count, first + batch), textOf);
  } finally {
    vault.close();
  }
}

type Place = Parameters<typeof insertContent>[2];

function addBatch(store: CaseStore, place: Place, first: number, end: number, textOf: (index: number) => string): void {
  audited(
    store,
    (db) => {
      for (let index = first; index < end; index += 1) {
        const body = textOf(index);
        const name = `paper-${index}.txt`;
        const date = Date.UTC(2015, 0, 1) + (index % 3650) * 86_400_000;
        const content = insertContent(db, store.crypto.sha256(Buffer.from(`bulk ${index}`)), place, { type: 'text', mediaType: 'text/plain', state: 'text', reason: null, extractor: 'bulk', title: null, author: null, createdAt: date, modifiedAt: null, mail: null, chars: body.length, pageCount: null });
        insertText(db, content, { subject: name, people: '', body });
        insertDocument(db, {
          id: newId<DocumentId>(store.ids), content, parent: null, duplicateOf: null, name, path: `bulk/${index % 100}/${name}`, type: 'text', state: 'text', reason: null, title: name, by: 'bulk', date,
          sizeBytes: body.length, ingestedAt: index,
        });
      }
    },
    () => ({ action: 'ingest.committed', objects: [], marking: 'UNCLASSIFIED', detail: { documents: end - first } }),
  );
}
