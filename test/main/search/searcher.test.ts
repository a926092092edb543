import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { setSource } from '../../../preload/contract/domains/sets.ts';
import { createSearcher, type Searcher } from '../../../main/search/index.ts';
import { createCaseDb, type CaseDb } from '../../support/case-db.ts';

let db: CaseDb;
let searcher: Searcher;

beforeEach(() => {
  db = createCaseDb();
  db.add({ path: 'a.txt', body: 'a pump' }, { path: 'b.txt', body: 'a valve and a pump' }, { path: 'c.txt', body: 'a valve' });
  searcher = createSearcher({ readerOptions: db.options });
});
afterEach(async () => {
  await searcher.close();
  db.close();
});

const source = (query: string): ReturnType<typeof setSource.parse> => setSource.parse({ kind: 'search', query, order: 'ingested' });

describe('a searcher', () => {
  test('answers everything from its thread', async () => {
    const set = await searcher.openSet(source('pump'));
    expect([...set.documents]).toEqual([1, 2]);
    expect((await searcher.readRows(set, 1, 5)).map(({ index, number }) => [index, number])).toEqual([[1, 2]]);
    expect(await searcher.position(set, db.id(2))).toBe(1);
    expect(await searcher.position(set, db.id(3))).toBeNull();
    expect((await searcher.facets('pump')).types).toEqual([{ value: 'text', count: 2 }]);
    expect(await searcher.highlights(db.id(1), 'pump')).toEqual([{ start: 2, end: 6, group: 1 }]);
    expect((await searcher.suggestions('pumd')).map(({ query }) => query)).toEqual(['pump']);
    expect((await searcher.plainWords('the pump (of', 10)).map(({ path }) => path)).toEqual(['a.txt', 'b.txt']);
    expect((await searcher.ranked('pump')).scores).toHaveLength(2);
  });

  test('sees what is committed while it is open, and keeps the set as it was', async () => {
    const set = await searcher.openSet(source('pump'));
    expect(await searcher.nextUncoded(set, 0)).toBe(0);
    db.code(1, 'relevant');
    db.add({ path: 'd.txt', body: 'another pump' });
    expect(await searcher.nextUncoded(set, 0)).toBe(1);
    expect(await searcher.nextUncoded(set, 5)).toBe(1);
    db.code(2, 'deferred');
    expect(await searcher.nextUncoded(set, 1)).toBeNull();
    expect((await searcher.readRows(set, 0, 9)).map(({ verdict }) => verdict)).toEqual(['relevant', 'deferred']);
    expect([...(await searcher.openSet(source('pump'))).documents]).toEqual([1, 2, 4]);
  });

  test('best first is right for documents that came after the first query, and equal ones stand by number', async () => {
    const best = setSource.parse({ kind: 'search', query: 'pump' });
    expect([...(await searcher.openSet(best)).documents]).toEqual([1, 2]);
    db.add({ path: 'd.txt', subject: 'pump', body: 'nothing else' }, { path: 'e.txt', body: 'a pump of its own' }, { path: 'f.txt', body: 'a pump by the sea' }, { path: 'g.txt', sameAs: 1 });
    expect([...(await searcher.openSet(best)).documents]).toEqual([4, 1, 2, 5, 6]);
  });

  test('the next uncoded one wraps round', async () => {
    const set = await searcher.openSet(source('pump'));
    db.code(2, 'relevant');
    expect(await searcher.nextUncoded(set, 1)).toBe(0);
  });

  test('a bad query keeps its place across the thread', async () => {
    await expect(searcher.openSet(source('a AND'))).rejects.toMatchObject({ code: 'search.bad-query', data: { at: 5 } });
    await expect(searcher.facets('(')).rejects.toMatchObject({ code: 'search.bad-query' });
  });

  test('a request that was cancelled rejects with its reason, the next is answered', async () => {
    const first = searcher.openSet(source('pump'));
    const control = new AbortController();
    const second = searcher.openSet(source('valve'), { signal: control.signal });
    const reason = new Error('typed on');
    control.abort(reason);
    await expect(second).rejects.toBe(reason);
    await expect(searcher.openSet(source('valve'), { signal: control.signal })).rejects.toBe(reason);
    expect([...(await first).documents]).toEqual([1, 2]);
    expect([...(await searcher.openSet(source('valve'))).documents]).toEqual([2, 3]);
  });

  test('closing fails what waits', async () => {
    const asked = searcher.openSet(source('pump'));
    const [outcome] = await Promise.allSettled([asked, searcher.close()]);
    expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'bridge.closed' } });
    await expect(searcher.facets('pump')).rejects.toMatchObject({ code: 'bridge.closed' });
  });

  test('a wrong key is a failure with a code, not a dead thread', async () => {
    const locked = createSearcher({ readerOptions: { ...db.options, key: new Uint8Array(32) } });
    await expect(locked.facets('pump')).rejects.toMatchObject({ code: 'vault.database-damaged' });
    await locked.close();
  });
});
