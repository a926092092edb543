import type { GroupMember } from '../../../preload/contract/domains/groups.ts';
import type { Progress } from '../../../preload/contract/routes.ts';
import { markingOfDocument, readMarks, viewMarking } from '../../policy/index.ts';
import { countGrouped, listNearGroups, listThreads, listNear, listThread, readDocument, readDocumentState, type CaseStore } from '../../store/index.ts';
import { familyOf } from '../../triage/index.ts';
import type { Handlers } from '../server.ts';
import { mustFindDocument, type EngineContext } from '../sessions.ts';

/** Members that are listed; more are only counted. */
const mostListed = 200;
const groupsAtOnce = 100;

type Listed = Progress<'groups.list'>['groups'][number];

function memberOf(store: CaseStore, number: number): GroupMember {
  const document = readDocument(store.read, number);
  const { marking, portion, tone } = viewMarking(markingOfDocument(readMarks(store, document), store.marking));
  return { document: document.id, number, title: document.title, by: document.by, date: document.date, verdict: readDocumentState(store.read, number).verdict, marking, portion, tone };
}

function* groupsOf(store: CaseStore): Generator<Listed> {
  const named = (number: number): Pick<Listed['members'][number], 'document' | 'path'> => {
    const { id, path } = readDocument(store.read, number);
    return { document: id, path };
  };
  for (const content of listNearGroups(store.read)) yield { kind: 'near', members: listNear(store.read, content).map(({ document, similarity }) => ({ ...named(document), similarity })) };
  for (const content of listThreads(store.read)) yield { kind: 'thread', members: listThread(store.read, content).map(({ document, within }) => ({ ...named(document), inclusive: within === null })) };
}

/** Handlers of near-duplicates, threads and families. */
export function groupHandlers(context: EngineContext): Pick<Handlers, 'groups.of' | 'groups.state' | 'groups.list'> {
  return {
    'groups.of': ({ case: id, document: ref }) => {
      const { store } = context.session(id);
      const document = mustFindDocument(store, ref);
      const near = document.content === null ? [] : listNear(store.read, document.content);
      const thread = document.content === null ? [] : listThread(store.read, document.content);
      return {
        near: near.length < 2 ? null : { total: near.length, least: Math.min(...near.map(({ similarity }) => similarity)), members: near.slice(0, mostListed).map(({ document: number, similarity }) => ({ ...memberOf(store, number), similarity })) },
        thread: thread.length < 2 ? null : { total: thread.length, members: thread.slice(0, mostListed).map(({ document: number, within }) => ({ ...memberOf(store, number), addsNothingTo: within })) },
        family: familyOf(store, document).length - 1,
      };
    },
    'groups.state': ({ case: id }) => countGrouped(context.session(id).store.read),
    'groups.list': async ({ case: id }, { progress, signal }) => {
      const { store, grouper } = context.session(id);
      await grouper.settle();
      const counts = { near: 0, thread: 0 };
      let part: Listed[] = [];
      const flush = async (): Promise<void> => {
        progress({ groups: part });
        part = [];
        await new Promise((resolve) => { setImmediate(resolve); });
      };
      for (const group of groupsOf(store)) {
        signal.throwIfAborted();
        counts[group.kind] += 1;
        if (part.push(group) >= groupsAtOnce) await flush();
      }
      if (part.length > 0) await flush();
      return { near: counts.near, threads: counts.thread, texts: countGrouped(store.read).texts };
    },
  };
}
