import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { answer } from '../../../preload/contract/domains/chat.ts';
import type { CaseId } from '../../../preload/contract/domains/basics.ts';
import { ingestPaths, routeCaller, withCase, type RouteCaller } from '../../support/route-caller.ts';
import { tempFolder } from '../../support/vaults.ts';

const log = 'Shift log\n\nPump 4B tripped on 20 March 2024 because a bearing ran hot. Nobody signed the log that night.\n';
const paint = 'The weir was painted green in June, for £310. (S) The foreman counted four otters.\n';

/** A case with two notes, a copy of one and an empty file. */
async function withNotes(): Promise<{ readonly caller: RouteCaller; readonly id: CaseId }> {
  const caller = routeCaller(join(tempFolder(), 'vault'));
  const info = await withCase(caller);
  const drop = join(tempFolder(), 'drop');
  mkdirSync(drop);
  writeFileSync(join(drop, 'log.txt'), log);
  writeFileSync(join(drop, 'copy.txt'), log);
  writeFileSync(join(drop, 'paint.txt'), paint);
  writeFileSync(join(drop, 'empty.txt'), '');
  await ingestPaths(caller, info, [drop]);
  return { caller, id: info.case };
}

test('each sentence of a pasted text comes with its label, its quotes and what is missing', async () => {
  const { caller, id } = await withNotes();
  const seen: number[] = [];
  const { sentences, citations, coverage } = await caller.ok('chat.check-text', { case: id, text: 'Pump 4B tripped on 2024-03-20 because a bearing ran hot. The weir was painted green for £410.\nThe minister resigned.' }, ({ done }) => seen.push(done));
  expect(sentences).toMatchObject([
    { text: 'Pump 4B tripped on 2024-03-20 because a bearing ran hot.', support: 'supported', missing: { dates: [] }, nearest: null },
    { text: 'The weir was painted green for £410.', support: 'partly', missing: { numbers: ['£410'] } },
    { text: 'The minister resigned.', support: 'unsupported', citations: [] },
  ]);
  const [first] = citations.filter(({ number }) => number === sentences[0]?.citations[0]);
  expect(first).toMatchObject({ quote: 'Pump 4B tripped on 20 March 2024 because a bearing ran hot.', check: 'verbatim', score: null });
  const { text } = await caller.ok('documents.text', { case: id, document: first?.document ?? citations[0]?.document ?? id });
  expect(text.slice(first?.start, first?.end)).toBe(first?.quote);
  expect(coverage).toMatchObject({ documents: 3, withoutText: 1 });
  expect(seen.at(-1)).toBe(3);
});

test('a text taken as one claim is one sentence, and what nothing bears has its nearest quote', async () => {
  const { caller, id } = await withNotes();
  const { sentences, citations } = await caller.ok('chat.check-text', { case: id, text: 'Nobody signed. The otters did, four hundred of them, under a lunar treaty of the navy.', isOneClaim: true });
  expect(sentences).toHaveLength(1);
  expect(sentences[0]?.support).not.toBe('supported');
  expect(citations.length).toBeGreaterThan(0);
});

test('documents are named by id or by path, and nothing outside them bears anything', async () => {
  const { caller, id } = await withNotes();
  const text = 'The weir was painted green in June, for £310.';
  const inside = await caller.ok('chat.check-text', { case: id, text, documents: ['drop/paint.txt'] });
  expect(inside.sentences).toMatchObject([{ support: 'supported' }]);
  const outside = await caller.ok('chat.check-text', { case: id, text, documents: ['drop/log.txt', 'drop/empty.txt'] });
  expect(outside).toMatchObject({ sentences: [{ support: 'unsupported', nearest: null }], citations: [], coverage: { documents: 2, withoutText: 1 } });
  const byId = await caller.ok('chat.check-text', { case: id, text, documents: [inside.citations[0]?.document ?? ''] });
  expect(byId.sentences).toMatchObject([{ support: 'supported' }]);
  const copy = await caller.ok('chat.check-text', { case: id, text: 'Nobody signed the log that night.', documents: ['drop/copy.txt'] });
  expect(copy.citations).toMatchObject([{ path: 'drop/copy.txt' }]);
  expect(await caller.fails('chat.check-text', { case: id, text, documents: ['drop/paint.txt', 'drop/none.txt'] })).toBe('case.unknown-document');
});

test('an answer kept before checks said what is missing still reads', () => {
  const old = {
    state: 'answered', sentences: [{ text: 'A.', support: 'partly', citations: [1] }], coverage: { documents: 1, read: 1, withoutText: 0, passages: 1 }, model: { kind: 'endpoint', name: 'Office', model: 'm' }, tookMs: 1, fault: null,
    citations: [{ number: 1, document: '0'.repeat(32), documentNumber: 1, title: 'Log', path: 'log.txt', page: null, start: 0, end: 1, quote: 'A', check: 'verbatim', portion: '(U)' }], marking: { marking: 'UNCLASSIFIED', banner: 'UNCLASSIFIED', portion: '(U)', colour: 'green' },
  };
  const read = answer.safeParse({ ...old, marking: undefined });
  expect(read.error?.issues.map(({ path }) => path[0])).toEqual(['marking']);
});
