import { expect, test } from 'vitest';
import { anchorChains, audited, verifyChain } from '../../../main/audit/index.ts';
import type { CaseStore, Vault } from '../../../main/store/index.ts';
import { newCase, newVault, tempFolder } from '../../support/vaults.ts';

async function caseWithRecords(count: number): Promise<{ vault: Vault; store: CaseStore }> {
  const vault = await newVault(tempFolder());
  const store = newCase(vault);
  for (let n = 0; n < count; n += 1) audited(store, () => undefined, () => ({ action: 'test.acted', objects: [`object-${n}`], marking: 'UNCLASSIFIED', detail: { n } }));
  return { vault, store };
}

test('an untouched chain verifies, and counts its records', async () => {
  const { vault, store } = await caseWithRecords(5);
  expect(verifyChain(store, vault.read)).toEqual({ records: 5, fault: null });
  expect(verifyChain(vault, null).fault).toBeNull();
});

const tampering: readonly [string, string, { record: number; why: string }][] = [
  ['the first record removed', 'DELETE FROM audit WHERE n = 1', { record: 1, why: 'missing' }],
  ['a middle record removed', 'DELETE FROM audit WHERE n = 3', { record: 3, why: 'missing' }],
  ['the last record removed', 'DELETE FROM audit WHERE n = 5', { record: 5, why: 'missing' }],
  ['a middle record removed and the rest renumbered', 'DELETE FROM audit WHERE n = 3; UPDATE audit SET n = n - 1 WHERE n > 3', { record: 3, why: 'reordered' }],
  ['who acted changed', "UPDATE audit SET actor = 'Somebody else' WHERE n = 2", { record: 2, why: 'changed' }],
  ['the time changed', 'UPDATE audit SET at = at + 1 WHERE n = 4', { record: 4, why: 'changed' }],
  ['the outcome changed', "UPDATE audit SET outcome = 'refused' WHERE n = 5", { record: 5, why: 'changed' }],
  ['an id changed', `UPDATE audit SET objects = '["object-9"]' WHERE n = 1`, { record: 1, why: 'changed' }],
  ['two records swapped', 'UPDATE audit SET n = 100 WHERE n = 2; UPDATE audit SET n = 2 WHERE n = 3; UPDATE audit SET n = 3 WHERE n = 100', { record: 2, why: 'reordered' }],
  ['the head moved back with the last record', 'DELETE FROM audit WHERE n = 5; UPDATE audit_head SET n = 4, hash = (SELECT hash FROM audit WHERE n = 4)', { record: 4, why: 'head' }],
];

test.each(tampering)('%s is found', async (_name, sql, fault) => {
  const { vault, store } = await caseWithRecords(5);
  store.bookkeep((db) => { for (const statement of sql.split(';')) db.run(statement); });
  expect(verifyChain(store, vault.read).fault).toEqual(fault);
});

test('a case put back to an older state is found by the anchor in the vault', async () => {
  const { vault, store } = await caseWithRecords(3);
  const older = { head: store.read.get('SELECT n, hash, mac FROM audit_head') as { n: number; hash: Buffer; mac: Buffer } };
  audited(store, () => undefined, () => ({ action: 'test.acted', objects: [], marking: 'UNCLASSIFIED' }));
  audited(vault, (db) => anchorChains(db, [store]), () => ({ action: 'vault.locked', objects: [], marking: 'UNCLASSIFIED' }));
  store.bookkeep((db) => {
    db.run('DELETE FROM audit WHERE n = 4');
    db.run('UPDATE audit_head SET n = ?, hash = ?, mac = ?', older.head.n, older.head.hash, older.head.mac);
  });
  expect(verifyChain(store, null).fault).toBeNull(); // the case alone cannot tell
  expect(verifyChain(store, vault.read).fault).toEqual({ record: 4, why: 'shortened' });
});
