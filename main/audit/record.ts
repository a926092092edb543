import { canonicalJson } from '../base/json.ts';
import { insertAudit, readAuditHead, type AuditedStore, type AuditRow, type CryptoProvider, type WriteDb } from '../store/index.ts';

/** What is recorded of an action. `objects` are ids; `detail` holds numbers, codes and flags, never content. */
export interface Action {
  readonly action: string;
  readonly objects: readonly string[];
  /** Marking text of what was acted on. */
  readonly marking: string;
  readonly outcome?: AuditRow['outcome'];
  readonly detail?: AuditRow['detail'];
}

/** What precedes the first record of a chain. */
export const chainStart = Buffer.alloc(48);

/** SHA-384 over the record and the hash before it. The chain's id is in it, so a record cannot move to another chain. */
export function hashRecord(crypto: CryptoProvider, chain: string, record: Omit<AuditRow, 'hash'>): Buffer {
  return crypto.sha384(canonicalJson({ ...record, chain, previous: Buffer.from(record.previous).toString('hex') }));
}

/** Authenticates the head: without the vault's audit key nobody can shorten a chain and make it look whole. */
export function macHead(store: Pick<AuditedStore, 'crypto' | 'macKey' | 'chain'>, n: number, hash: Uint8Array): Buffer {
  return store.crypto.hmacSha384(store.macKey, `${store.chain}/${n}/${Buffer.from(hash).toString('hex')}`);
}

/** Who acted, as the trail names them: the name for people, the start of the id for certainty. */
function nameOf(who: { readonly id: string; readonly name: string }): string {
  return `${who.name} (${who.id.slice(0, 8)})`;
}

/** A name of the trail in its parts; without `uid` where the text is no such name. The parts put together again are the text. */
export function readName(text: string): { readonly name: string; readonly uid?: string } {
  const found = /^(.*) \(([0-9a-f]{8})\)$/s.exec(text);
  return found?.[1] === undefined || found[2] === undefined ? { name: text } : { name: found[1], uid: found[2] };
}

/**
 * Runs an action and its record in one transaction: both stand or neither does. `describe` makes the record from what the work
 * returned. Returns the result and the record's number.
 */
export function audited<T>(store: AuditedStore, work: (db: WriteDb) => T, describe: (result: T) => Action): { readonly result: T; readonly record: number } {
  return store.act((db) => {
    const result = work(db);
    const { action, objects, marking, outcome = 'done', detail = {} } = describe(result);
    const head = readAuditHead(db);
    const record = {
      n: (head?.n ?? 0) + 1,
      at: store.clock.nowMs(),
      actor: nameOf(store.actor.person),
      device: nameOf(store.actor.device),
      action,
      objects: [...objects],
      marking,
      outcome,
      detail,
      previous: head?.hash ?? chainStart,
    };
    const hash = hashRecord(store.crypto, store.chain, record);
    insertAudit(db, { ...record, hash }, macHead(store, record.n, hash));
    return { result, record: record.n };
  });
}
