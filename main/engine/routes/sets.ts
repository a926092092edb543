import { marking as markingSchema, type SetId } from '../../../preload/contract/domains/basics.ts';
import type { SetRow } from '../../../preload/contract/domains/sets.ts';
import { AppError } from '../../base/errors.ts';
import { newId } from '../../base/ids.ts';
import { standingMarking, viewMarking } from '../../policy/index.ts';
import type { MemberWithSnippets } from '../../search/index.ts';
import { readDocument, type CaseStore } from '../../store/index.ts';
import type { HeldSet } from '../held-set.ts';
import type { Handlers } from '../server.ts';
import type { CaseSession, EngineContext } from '../sessions.ts';

/** Sets kept per case; the one that was used longest ago goes first. At 100,000 documents a set is 400 KB. */
const keptSets = 24;

function mustFind(session: CaseSession, id: SetId): HeldSet {
  const held = session.sets.get(id);
  if (held === undefined) throw new AppError('case.unknown-set', 'This list was closed. Open it again.', { data: { set: id } });
  session.sets.delete(id);
  session.sets.set(id, held); // the last one used stands last
  return held;
}

function toRow(store: CaseStore, member: MemberWithSnippets, score: number | null): SetRow {
  const { content, parent, chars: _chars, nearOthers, nearLeast, messages, addsNothing, marking, snippets, ...rest } = member;
  const own = marking === null ? null : markingSchema.parse(JSON.parse(marking));
  const isAlone = parent === null && rest.duplicates === 0;
  const view = viewMarking(isAlone ? own ?? store.marking : standingMarking(store, { document: rest.number, content, parent }, own));
  const near = nearOthers === null || nearOthers === 0 ? null : { others: nearOthers, least: nearLeast ?? 1 };
  const thread = messages === null || messages < 2 ? null : { messages, addsNothing: addsNothing === 1 };
  return { ...rest, near, thread, marking: view.marking, portion: view.portion, tone: view.tone, score, snippets: snippets.map((line) => [...line]) };
}

async function scoresOf(session: CaseSession, held: HeldSet, signal: AbortSignal): Promise<ReadonlyMap<number, number>> {
  if (held.set.query === null) return new Map();
  if (held.scores === null) {
    const { documents, scores } = await session.searcher.ranked(held.set.query, { signal });
    held.scores = new Map([...documents].map((document, index) => [document, scores[index] ?? 0]));
  }
  return held.scores;
}

/** Handlers of ordered sets and of search. */
export function setHandlers(context: EngineContext): Pick<Handlers, 'sets.open' | 'sets.rows' | 'sets.position' | 'sets.next-uncoded' | 'sets.languages' | 'sets.close' | 'search.words' | 'search.facets' | 'search.highlights' | 'search.suggestions'> {
  return {
    'sets.open': async ({ case: id, source }, { signal }) => {
      const session = context.session(id);
      const began = performance.now();
      const { documents, query, searched, read } = await session.searcher.openSet(source, { signal });
      const set = newId<SetId>(context.tools.ids);
      session.sets.set(set, { set: { documents, query }, scores: null });
      for (const oldest of session.sets.keys()) {
        if (session.sets.size <= keptSets) break;
        session.sets.delete(oldest);
      }
      return { set, total: documents.length, searched, read: [...read], tookMs: performance.now() - began };
    },
    'sets.rows': async ({ case: id, set, offset, limit, scores }, { signal }) => {
      const session = context.session(id);
      const held = mustFind(session, set);
      const members = await session.searcher.readRows(held.set, offset, limit, { signal });
      const byNumber = scores ? await scoresOf(session, held, signal) : null;
      return { rows: members.map((member) => toRow(session.store, member, byNumber?.get(member.number) ?? null)) };
    },
    'sets.position': async ({ case: id, set, document }, { signal }) => {
      const session = context.session(id);
      return { index: await session.searcher.position(mustFind(session, set).set, document, { signal }) };
    },
    'sets.next-uncoded': async ({ case: id, set, from }, { signal }) => {
      const session = context.session(id);
      return { index: await session.searcher.nextUncoded(mustFind(session, set).set, from, { signal }) };
    },
    'sets.languages': async ({ case: id }, { signal }) => ({ languages: [...await context.session(id).searcher.languages({ signal })] }),
    'sets.close': ({ case: id, set }) => {
      context.session(id).sets.delete(set);
      return {};
    },
    'search.words': async ({ case: id, text, depth }, { signal }) => {
      const { searcher, store } = context.session(id);
      const hits = await searcher.plainWords(text, depth, { signal });
      return { hits: hits.map(({ number, path, score }) => ({ document: readDocument(store.read, number).id, path, score })) };
    },
    'search.facets': async ({ case: id, query }, { signal }) => {
      const { coding, types, groups, languages } = await context.session(id).searcher.facets(query, { signal });
      return { coding: [...coding], types: [...types], groups: [...groups], languages: [...languages] };
    },
    'search.highlights': async ({ case: id, document, query }, { signal }) => ({ hits: await context.session(id).searcher.highlights(document, query, { signal }) }),
    'search.suggestions': async ({ case: id, query }, { signal }) => ({ suggestions: await context.session(id).searcher.suggestions(query, { signal }) }),
  };
}
