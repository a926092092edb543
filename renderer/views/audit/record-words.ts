/** The words of an audit record. */
import type { AuditRecord } from '../../../preload/contract/domains/audit.ts';
import { clock, day } from '../../lib/format.ts';

/** What each action is called; one that is not here is shown as it is written. */
const phraseByAction: ReadonlyMap<string, string> = new Map([
  ['vault.created', 'Vault created'],
  ['vault.unlock', 'Unlock'],
  ['vault.locked', 'Vault locked'],
  ['vault.verified', 'Vault verified'],
  ['vault.passphrase-changed', 'Passphrase changed'],
  ['case.created', 'Case created'],
  ['case.opened', 'Case opened'],
  ['case.renamed', 'Case renamed'],
  ['case.marked', 'Case marked'],
  ['case.archived', 'Case archived'],
  ['case.restored', 'Case taken out of the archive'],
  ['case.export-started', 'Export of the case begun'],
  ['case.exported', 'Case exported'],
  ['texts.export-started', 'Export of texts begun'],
  ['texts.exported', 'Texts exported'],
  ['codes.export-started', 'Export of codes begun'],
  ['codes.exported', 'Codes exported'],
  ['annotations.export-started', 'Export of annotations begun'],
  ['annotations.exported', 'Annotations exported'],
  ['audit.export-started', 'Export of the trail begun'],
  ['audit.export-done', 'Trail exported'],
  ['ingest.started', 'Files being added'],
  ['ingest.committed', 'Documents ingested'],
  ['ingest.done', 'Job ended'],
  ['ingest.cancelled', 'Job cancelled'],
  ['ingest.resumed', 'Job taken up again'],
  ['ingest.retried', 'Held files tried again'],
  ['ingest.failed', 'Job stopped by a fault'],
  ['document.coded', 'Coded'],
  ['document.marked', 'Document marked'],
  ['document.noted', 'Note written'],
  ['annotation.added', 'Annotation added'],
  ['annotation.changed', 'Annotation changed'],
  ['annotation.removed', 'Annotation taken out'],
  ['op.undone', 'Undone'],
  ['op.redone', 'Redone'],
  ['turn.asked', 'Question asked'],
  ['turn.answered', 'Answer kept'],
  ['turn.edited', 'Answer edited'],
  ['turn.accepted', 'Answer accepted'],
  ['turn.acceptance-taken-back', 'Acceptance taken back'],
  ['turn.listed', 'List of an answer kept'],
  ['model.cleared', 'Passages checked for a model'],
  ['conversation.named', 'Conversation named'],
  ['endpoint.added', 'Endpoint added'],
  ['endpoint.changed', 'Endpoint changed'],
  ['endpoint.tested', 'Endpoint tested'],
  ['endpoint.removed', 'Endpoint removed'],
  ['case.export-started', 'Case export begun'],
  ['codes.export-started', 'Codes export begun'],
  ['annotations.export-started', 'Annotations export begun'],
  ['texts.export-started', 'Texts export begun'],
  ['texts.exported', 'Texts exported'],
  ['codes.exported', 'Codes exported'],
  ['annotations.exported', 'Annotations exported'],
  ['audit.export-started', 'Audit export begun'],
  ['audit.export-done', 'Audit trail exported'],
  ['audit.export-failed', 'Audit export failed'],
]);

/** 21 Nov 2026, 14:02:31 */
export function when(timeMs: number): string {
  return `${day(timeMs)}, ${clock(timeMs)}`;
}

/** "Question asked"; null for an action without a phrase. */
export function actionPhrase(action: string): string | null {
  return phraseByAction.get(action) ?? null;
}

/** The values that describe an action, at most three: "verdict relevant". */
export function detailWords(record: Pick<AuditRecord, 'detail'>): string {
  return Object.entries(record.detail).slice(0, 3).map(([name, value]) => `${name} ${value === null ? 'none' : String(value)}`).join(' · ');
}
