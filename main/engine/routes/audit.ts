import type { AuditRecord } from '../../../preload/contract/domains/audit.ts';
import type { CaseId } from '../../../preload/contract/domains/basics.ts';
import { verifyChain } from '../../audit/index.ts';
import { countAudit, iterateAudit, listAudit, listCases, type AuditRow, type ReadDb } from '../../store/index.ts';
import type { Handlers } from '../server.ts';
import type { EngineContext } from '../sessions.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

function record(of: CaseId | null, row: AuditRow): AuditRecord {
  return { case: of, record: row.n, at: row.at, who: row.actor, device: row.device, action: row.action, objects: row.objects, marking: row.marking, outcome: row.outcome, detail: row.detail, hash: hex(row.hash), previous: hex(row.previous) };
}

/** Handlers of the audit trail. */
export function auditHandlers(context: EngineContext): Pick<Handlers, 'audit.list' | 'audit.verify' | 'audit.export'> {
  const chains = (): { of: CaseId | null; read: ReadDb }[] => {
    const vault = context.vault();
    return [{ of: null, read: vault.read }, ...listCases(vault.read).map((row) => ({ of: row.id, read: vault.case(row.id).read }))];
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
      for (const { id } of listCases(vault.read)) {
        const result = verifyChain(vault.case(id), vault.read);
        records += result.records;
        if (result.fault !== null) return { ok: false, records, firstBad: { case: id, ...result.fault } };
      }
      return { ok: true, records, firstBad: null };
    },
    'audit.export': (_input, { progress }) => {
      let records = 0;
      for (const { of, read } of chains()) {
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
      return { records };
    },
  };
}
