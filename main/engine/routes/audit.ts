import type { AuditRecord } from '../../../preload/contract/domains/audit.ts';
import type { CaseId } from '../../../preload/contract/domains/basics.ts';
import { audited, verifyChain } from '../../audit/index.ts';
import { countAudit, iterateAudit, listAudit, listCases, openEveryCase, type AuditRow, type ReadDb } from '../../store/index.ts';
import type { Handlers } from '../server.ts';
import type { EngineContext } from '../sessions.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

function record(of: CaseId | null, row: AuditRow): AuditRecord {
  return { case: of, record: row.n, at: row.at, who: row.actor, device: row.device, action: row.action, objects: row.objects, marking: row.marking, outcome: row.outcome, detail: row.detail, hash: hex(row.hash), previous: hex(row.previous) };
}

/** Handlers of the audit trail. */
export function auditHandlers(context: EngineContext): Pick<Handlers, 'audit.list' | 'audit.verify' | 'audit.export'> {
  const chains = (): { readable: { of: CaseId | null; read: ReadDb }[]; unreadable: CaseId[] } => {
    const vault = context.vault();
    const { stores, failures } = openEveryCase(vault, listCases(vault.read).map((row) => row.id));
    return { readable: [{ of: null, read: vault.read }, ...stores.map((store) => ({ of: store.id, read: store.read }))], unreadable: failures.map((failure) => failure.case) };
  };
  return {
    'audit.list': ({ case: of, offset, limit }) => {
      const read = of === null ? context.vault().read : context.session(of).store.read;
      return { total: countAudit(read), records: listAudit(read, offset, limit).map((row) => record(of, row)) };
    },
    'audit.verify': () => {
      const vault = context.vault();
      const own = verifyChain(vault, null);
      let records = own.records;
      if (own.fault !== null) return { ok: false, records, firstBad: { case: null, ...own.fault } };
      const { stores, failures } = openEveryCase(vault, listCases(vault.read).map((row) => row.id));
      for (const store of stores) {
        const result = verifyChain(store, vault.read);
        records += result.records;
        if (result.fault !== null) return { ok: false, records, firstBad: { case: store.id, ...result.fault } };
      }
      const [unreadable] = failures;
      return unreadable === undefined ? { ok: true, records, firstBad: null } : { ok: false, records, firstBad: { case: unreadable.case, record: 1, why: unreadable.error.code } };
    },
    'audit.export': (_input, { progress }) => {
      const vault = context.vault();
      const recordExport = (outcome: 'started' | 'done', detail: { readonly records: number }): void => {
        audited(vault, () => undefined, () => ({ action: `audit.export-${outcome}`, objects: [vault.chain], marking: vault.systemHigh, detail }));
      };
      recordExport('started', { records: 0 });
      let records = 0;
      const { readable, unreadable } = chains();
      for (const { of, read } of readable) {
        let batch: AuditRecord[] = [];
        for (const row of iterateAudit(read)) {
          batch.push(record(of, row));
          if (batch.length === 500) {
            progress({ records: batch });
            records += batch.length;
            batch = [];
          }
        }
        if (batch.length > 0) progress({ records: batch });
        records += batch.length;
      }
      recordExport('done', { records });
      return { records, unreadable };
    },
  };
}
