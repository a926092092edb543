import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { TurnId } from '../../../preload/contract/domains/basics.ts';
import type { Turn } from '../../../preload/contract/domains/chat.ts';
import { pathOf } from '../../../renderer/views/chat/branches.ts';

const turnOf = (name: string, after: string | null): Turn => ({ turn: name as TurnId, question: name, askedAt: 0, answer: null, marking: null, review: null, scope: { kind: 'case' }, after: after as TurnId | null, prompt: null });
const names = (turns: readonly Turn[], chosen: readonly (readonly [string, string])[] = []): string[] => pathOf(turns, new Map(chosen as [TurnId, TurnId][])).map(({ turn }) => turn.turn);
const tree = [turnOf('a', null), turnOf('b', 'a'), turnOf('c', 'a'), turnOf('d', 'b'), turnOf('e', null)];

test('the newest branch is shown at each fork, and another when it was chosen', () => {
  expect(names(tree)).toEqual(['e']);
  expect(names(tree, [['start', 'a']])).toEqual(['a', 'c']);
  expect(names(tree, [['start', 'a'], ['a', 'b']])).toEqual(['a', 'b', 'd']);
  expect(pathOf(tree, new Map([['start', 'a' as TurnId]])).map(({ branches }) => branches)).toEqual([['a', 'e'], ['b', 'c']]);
});

test('a turn whose parent is not here begins a branch, and nothing is lost', () => {
  expect(names([turnOf('b', 'gone'), turnOf('c', 'b')])).toEqual(['b', 'c']);
});

test('every path ends, starts at a beginning, and each turn goes on from the one before it', () => {
  fc.assert(fc.property(fc.array(fc.nat(), { maxLength: 12 }), fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 6 }), (parents, choices) => {
    const turns = parents.map((parent, index) => turnOf(String(index), index === 0 || parent % (index + 1) === index ? null : String(parent % index)));
    const path = pathOf(turns, new Map(choices.map(([at, to]) => [String(at) as TurnId, String(to) as TurnId])));
    for (const [index, { turn, branches }] of path.entries()) {
      expect(turn.after).toBe(index === 0 ? null : path[index - 1]?.turn.turn);
      expect(branches).toContain(turn.turn);
    }
    expect(path.length > 0).toBe(turns.length > 0);
  }));
});
