/**
 * A record as an event of the Open Cybersecurity Schema Framework 1.9.0. Nothing is lost: what has no place there stands under `unmapped`.
 * The profile record_integrity is not claimed: its fingerprint is over the event, ours over the record, as `unmapped.hash` says.
 */
import type { AuditRecord } from '../../preload/contract/domains/audit.ts';
import { eventClasses, eventKind, type EventClass } from './event-classes.ts';
import { actionName, happenedAtMs, severityOf, type Product } from './event.ts';
import { readName } from './record.ts';

export const ocsfVersion = '1.9.0';

/** Enum values that several classes share. */
const other = 99;
const status = { done: 1, failed: 2, refused: 2 } as const;
const relational = 1;
const unknownDevice = 0;
const allowed = 1;
const denied = 2;

interface Named {
  readonly name: string;
  readonly uid?: string;
}

/** An event, to be written as JSON: what every class has. Attributes of one class or profile follow. */
export interface OcsfEvent {
  readonly [attribute: string]: unknown;
  readonly class_uid: number;
  readonly category_uid: number;
  readonly activity_id: number;
  readonly activity_name?: string;
  /** class_uid × 100 + activity_id. */
  readonly type_uid: number;
  readonly severity_id: number;
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly status_id: number;
  readonly status_detail: string;
  readonly message: string;
  readonly metadata: { readonly version: string; readonly product: Named & { readonly vendor_name: string; readonly version: string }; readonly profiles: readonly string[]; readonly uid: string; readonly sequence: number; readonly event_code: string; readonly log_name: string; readonly logged_time: number };
  readonly actor: { readonly user: Named };
  readonly device: Named & { readonly type_id: number };
  readonly unmapped: Pick<AuditRecord, 'case' | 'objects' | 'marking' | 'outcome' | 'detail' | 'hash' | 'previous'>;
}

/** The event that says a record. Its `metadata.uid` is the record's hash: the same record has it in every export. */
export function ocsfEvent(record: AuditRecord, product: Product): OcsfEvent {
  const kind = eventKind(record.action);
  const { class: name, activity } = kind ?? { class: 'base_event', activity: other };
  const { uid, category } = eventClasses[name];
  const user = readName(record.who);
  const device = readName(record.device);
  const { profiles, ...more } = attributesOf(name, record, user, device);
  return {
    class_uid: uid,
    category_uid: category,
    activity_id: activity,
    ...(activity === other ? { activity_name: record.action } : {}),
    type_uid: uid * 100 + activity,
    severity_id: severityOf(record).ocsf,
    time: happenedAtMs(record),
    status_id: status[record.outcome],
    status_detail: record.outcome,
    message: actionName(record.action),
    metadata: {
      version: ocsfVersion,
      product: { name: product.name, vendor_name: product.vendor, version: product.version },
      profiles: ['host', ...profiles],
      uid: record.hash,
      sequence: record.record,
      event_code: record.action,
      log_name: 'audit',
      logged_time: record.at,
    },
    actor: { user },
    device: { ...device, type_id: unknownDevice },
    ...more,
    unmapped: { case: record.case, objects: record.objects, marking: record.marking, outcome: record.outcome, detail: record.detail, hash: record.hash, previous: record.previous },
  };
}

/** What a class asks for besides, and the profiles that this uses. */
function attributesOf(name: EventClass, record: AuditRecord, user: Named, device: Named): { readonly profiles: readonly string[]; readonly [attribute: string]: unknown } {
  const [first] = record.objects;
  const subject = record.action.slice(0, Math.max(0, record.action.indexOf('.')));
  switch (name) {
    case 'base_event': return { profiles: [] };
    case 'authentication': return { profiles: [], user, service: { name: 'vault', ...(first === undefined ? {} : { uid: first }) }, is_remote: false };
    case 'user_management': return { profiles: [], user };
    case 'entity_management': return { profiles: [], entity: { name: subject, type: subject, ...(first === undefined ? {} : { uid: first }) } };
    case 'datastore_activity': return { profiles: [], src_endpoint: device, database: { type_id: relational, ...(record.case === null ? { name: 'vault' } : { name: 'case', uid: record.case }) } };
    case 'api_activity': {
      const { profiles, ...called } = modelAttributes(record);
      return { profiles, src_endpoint: device, api: { operation: record.action }, resources: record.objects.map((uid) => ({ uid })), ...called };
    }
  }
}

/** Where a model is, which it is, and what the guard said: as far as the record holds them. */
function modelAttributes({ action, outcome, detail: { host, model } }: AuditRecord): { readonly profiles: readonly string[]; readonly [attribute: string]: unknown } {
  const address = typeof host === 'string' ? /^(.+?)(?::(\d+))?$/.exec(host) : null;
  const decision = outcome === 'refused' ? denied : allowed;
  const isGuard = action === 'model.cleared';
  const isNamed = typeof host === 'string' && typeof model === 'string';
  return {
    profiles: [...(isNamed ? ['ai_operation'] : []), ...(isGuard ? ['security_control'] : [])],
    ...(address === null ? {} : { dst_endpoint: { hostname: address[1], ...(address[2] === undefined ? {} : { port: Number(address[2]) }) } }),
    ...(isNamed ? { ai_model: { name: model, ai_provider: host } } : {}),
    ...(isGuard ? { action_id: decision, disposition_id: decision } : {}),
  };
}
