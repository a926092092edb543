import { idBytes } from '../base/ids.ts';
import { iterateAudit, readAnchor, readAuditHead, setAnchor, type AuditedStore, type CaseStore, type ReadDb, type WriteDb } from '../store/index.ts';
import { chainStart, hashRecord, macHead } from './record.ts';

/** The first record that does not fit, and why. */
export interface ChainFault {
  readonly record: number;
  readonly why: 'missing' | 'changed' | 'reordered' | 'head' | 'shortened';
}

/**
 * Walks a chain from its first record. Finds a record that was removed (also the last), changed or reordered, a head that is not
 * ours, and a chain that is shorter than the vault remembers. `vault` is where anchors are; null skips that comparison.
 */
export function verifyChain(store: AuditedStore, vault: ReadDb | null): { readonly records: number; readonly fault: ChainFault | null } {
  let previous: Uint8Array = chainStart;
  let records = 0;
  const anchor = vault === null ? null : readAnchor(vault, idBytes(store.chain));
  for (const row of iterateAudit(store.read)) {
    const expected = records + 1;
    if (row.n !== expected) return { records, fault: { record: expected, why: 'missing' } };
    if (!store.crypto.equal(row.previous, previous)) return { records, fault: { record: row.n, why: 'reordered' } };
    const { hash, ...rest } = row;
    if (!store.crypto.equal(hashRecord(store.crypto, store.chain, rest), hash)) return { records, fault: { record: row.n, why: 'changed' } };
    if (anchor?.n === row.n && !store.crypto.equal(anchor.hash, hash)) return { records, fault: { record: row.n, why: 'changed' } };
    previous = hash;
    records = row.n;
  }
  const head = readAuditHead(store.read);
  if (head === null) return { records, fault: records === 0 && anchor === null ? null : { record: records + 1, why: 'head' } };
  if (!store.crypto.equal(macHead(store, head.n, head.hash), head.mac)) return { records, fault: { record: head.n, why: 'head' } };
  if (head.n !== records) return { records, fault: { record: records + 1, why: 'missing' } };
  if (!store.crypto.equal(head.hash, previous)) return { records, fault: { record: records, why: 'changed' } };
  if (anchor !== null && anchor.n > records) return { records, fault: { record: records + 1, why: 'shortened' } };
  return { records, fault: null };
}

/** Writes down in the vault how far each open case's chain has come: part of closing the vault and of opening a case. */
export function anchorChains(db: WriteDb, cases: readonly CaseStore[]): void {
  for (const store of cases) {
    const head = readAuditHead(store.read);
    if (head !== null) setAnchor(db, idBytes(store.chain), head);
  }
}
