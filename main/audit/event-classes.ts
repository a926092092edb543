/** Event classes of the Open Cybersecurity Schema Framework 1.9.0 that our actions fall into, by their names there. */
export const eventClasses = {
  base_event: { uid: 0, category: 0 },
  authentication: { uid: 3002, category: 3 },
  entity_management: { uid: 3004, category: 3 },
  user_management: { uid: 3007, category: 3 },
  api_activity: { uid: 6003, category: 6 },
  datastore_activity: { uid: 6005, category: 6 },
} as const;
export type EventClass = keyof typeof eventClasses;

/** What an action is called there: the class, and the number of the activity within it. */
export interface EventKind {
  readonly class: EventClass;
  readonly activity: number;
}

const authentication = { logOn: 1, logOff: 2 };
const entity = { create: 1, read: 2, update: 3, remove: 4, activate: 10, deactivate: 11 };
const user = { passwordChange: 8 };
const api = { create: 1, read: 2 };
const datastore = { read: 1, update: 2, connect: 3, query: 4, write: 5, create: 6, remove: 7 };

const of = (name: EventClass) => (activity: number): EventKind => ({ class: name, activity });
const [authenticated, managed, changedUser, called, stored] = [of('authentication'), of('entity_management'), of('user_management'), of('api_activity'), of('datastore_activity')];

const kindByAction: ReadonlyMap<string, EventKind> = new Map([
  ['vault.created', managed(entity.create)],
  ['vault.unlock', authenticated(authentication.logOn)],
  ['vault.locked', authenticated(authentication.logOff)],
  ['vault.verified', managed(entity.read)],
  ['vault.passphrase-changed', changedUser(user.passwordChange)],
  ['case.created', managed(entity.create)],
  ['case.opened', stored(datastore.connect)],
  ['case.renamed', managed(entity.update)],
  ['case.marked', managed(entity.update)],
  ['case.registered-marking', managed(entity.update)],
  ['case.archived', managed(entity.deactivate)],
  ['case.restored', managed(entity.activate)],
  ...['case', 'conversation', 'texts', 'codes', 'annotations', 'audit', 'failures', 'batch'].flatMap((what) => ['export-started', 'exported', 'export-done'].map((step) => [`${what}.${step}`, stored(datastore.read)] as const)),
  ...['started', 'resumed', 'retried', 'paused', 'cancelled', 'done', 'failed'].map((state) => [`ingest.${state}`, stored(datastore.write)] as const),
  ['ingest.committed', stored(datastore.create)],
  ['folder.watched', managed(entity.update)],
  ['folder.unwatched', managed(entity.update)],
  ['ocr.committed', stored(datastore.create)],
  ...['wanted', 'paused', 'resumed', 'turned-on', 'turned-off', 'languages-chosen', 'asked-again'].map((state) => [`ocr.${state}`, stored(datastore.write)] as const),
  ['document.coded', stored(datastore.update)],
  ['document.noted', stored(datastore.update)],
  ['document.marked', stored(datastore.update)],
  ['passages.marked', stored(datastore.update)],
  ['passage.unmarked', stored(datastore.update)],
  ['annotation.added', stored(datastore.create)],
  ['annotation.changed', stored(datastore.update)],
  ['annotation.removed', stored(datastore.remove)],
  ['op.undone', stored(datastore.update)],
  ['op.redone', stored(datastore.update)],
  ['turn.asked', stored(datastore.query)],
  ['turn.sent', stored(datastore.create)],
  ['turn.answered', stored(datastore.create)],
  ['turn.listed', stored(datastore.create)],
  ['turn.marked', stored(datastore.update)],
  ['turn.edited', stored(datastore.update)],
  ['turn.accepted', stored(datastore.update)],
  ['turn.acceptance-taken-back', stored(datastore.update)],
  ['conversation.named', stored(datastore.update)],
  ['model.cleared', called(api.create)],
  ...['started', 'resumed', 'retried', 'paused', 'stopped', 'cancelled', 'done'].map((state) => [`bulk.${state}`, called(api.create)] as const),
  ['bulk.answered', stored(datastore.create)],
  ['bulk.batch-written', stored(datastore.create)],
  ['bulk.batch-exported', stored(datastore.read)],
  ['bulk.batch-withdrawn', stored(datastore.update)],
  ['bulk.batch-imported', stored(datastore.write)],
  ['model.added', managed(entity.create)],
  ['model.removed', managed(entity.remove)],
  ['endpoint.added', managed(entity.create)],
  ['endpoint.changed', managed(entity.update)],
  ['endpoint.removed', managed(entity.remove)],
  ['endpoint.tested', called(api.read)],
  ['endpoint.requested', called(api.create)],
]);

/** The class and activity of an action; null for one that has no row here: it goes out as a general event. */
export function eventKind(action: string): EventKind | null {
  return kindByAction.get(action) ?? null;
}
