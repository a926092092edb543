/** The reduction over documents: whatever order parts come in, and whatever a model claims, the count is ours. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DocumentId } from '../../../../preload/contract/domains/basics.ts';
import type { Support } from '../../../../preload/contract/domains/chat.ts';
import { toMarking } from '../../../../main/policy/index.ts';
import { mergeAnswers, type ReadPart } from '../../../../main/chat/exhaustive/merge-answers.ts';

const idOf = (nth: number): DocumentId => nth.toString(16).padStart(32, '0') as DocumentId;

interface Said {
  readonly document: number;
  readonly holds: 'yes' | 'no' | 'unclear';
  /** Things named, each with whether its quote stands, and how well it bears it where it does. */
  readonly things: readonly { readonly text: string; readonly at: number; readonly stands: boolean; readonly support?: Support }[];
  readonly marking?: string;
}

function part({ document, holds, things, marking = 'UNCLASSIFIED' }: Said): ReadPart {
  return {
    document: idOf(document), state: 'done', reason: null,
    answer: {
      document: idOf(document), start: 0, end: 100, textVersion: 1, kind: 'question', version: 2, batch: null, marking: toMarking(marking), model: { endpoint: 'e', name: 'm' }, usage: { promptTokens: null, completionTokens: null },
      judged: {
        headline: '', proposal: null, value: { holds, items: [] },
        entries: things.map(({ text, at, stands, support = 'supported' }) => ({ name: 'Found', text, support: stands ? support : 'unsupported' as const, quote: { start: at, end: stands ? at + 4 : at, quote: 'word', page: null, check: stands ? 'verbatim' as const : 'not-found' as const, score: null } })),
      },
    },
  };
}

const held = (document: number, code: string, sentence: string): ReadPart => ({ document: idOf(document), state: 'held', reason: { code, sentence }, answer: null });
const thing = (text: string, at = 0, stands = true) => ({ text, at, stands });

describe('what counts', () => {
  test('a yes with a quote that stands; a yes without one, an unclear and a no do not', () => {
    const merged = mergeAnswers([
      part({ document: 1, holds: 'yes', things: [thing('Ann')] }), part({ document: 2, holds: 'yes', things: [thing('Bob', 0, false)] }), part({ document: 3, holds: 'yes', things: [] }),
      part({ document: 4, holds: 'unclear', things: [] }), part({ document: 5, holds: 'no', things: [thing('Cy')] }),
    ]);
    expect(merged).toMatchObject({ holding: 1, unclear: 3, different: 1, coverage: { inScope: 5, lookedAt: 5, skipped: [] } });
    expect(merged.coverage.notes.join(' ')).toContain('Of 1 document the model could not tell');
    expect(merged.coverage.notes.join(' ')).toContain('Of 2 documents the model says yes with no quote that stands');
  });

  test('a quote that stands and does not bear what is said counts nothing, and is told apart from one that stands nowhere', () => {
    const weak = (support: Support) => [{ ...thing('Ann'), support }];
    const merged = mergeAnswers([part({ document: 1, holds: 'yes', things: weak('partly') }), part({ document: 2, holds: 'yes', things: weak('unsupported') }), part({ document: 3, holds: 'yes', things: weak('uncited') }), part({ document: 4, holds: 'yes', things: [thing('Bob', 0, false)] })]);
    expect(merged).toMatchObject({ holding: 1, unclear: 3, coverage: { inScope: 4, lookedAt: 4 } });
    expect(merged.items.map(({ document }) => document)).toEqual([idOf(1)]);
    expect(merged.coverage.notes.join(' ')).toContain('Of 2 documents the model says yes with a quote that does not bear it');
    expect(merged.coverage.notes.join(' ')).toContain('Of 1 document the model says yes with no quote that stands');
  });

  test('what is found carries the roll-up of what the model was sent, of all chunks that give it', () => {
    const merged = mergeAnswers([part({ document: 1, holds: 'yes', things: [thing('Ann')] }), part({ document: 1, holds: 'yes', things: [thing('ann'), thing('Bob', 5)], marking: 'SECRET//NOFORN' }), part({ document: 2, holds: 'yes', things: [thing('Cy')] })]);
    expect(merged.items.map(({ marking }) => marking)).toEqual([toMarking('SECRET//NOFORN'), toMarking('SECRET//NOFORN'), toMarking('UNCLASSIFIED')]);
  });

  test('chunks of one document count once, and the same quote once', () => {
    const merged = mergeAnswers([part({ document: 1, holds: 'yes', things: [thing('Ann', 8), thing('ann ', 8)] }), part({ document: 1, holds: 'no', things: [] }), part({ document: 1, holds: 'yes', things: [thing('Bob', 2)] })]);
    expect(merged.holding).toBe(1);
    expect(merged.items.map(({ start }) => start)).toEqual([2, 8]);
    expect(merged.different).toBe(2);
  });

  test('documents that were held or failed are skipped with their reasons; one that holds it anyway counts, with a note', () => {
    const merged = mergeAnswers([
      held(1, 'policy.refused', 'It may receive up to U'), held(2, 'no-text', 'It has no text.'), { ...held(3, '', ''), state: 'queued', reason: null },
      part({ document: 4, holds: 'yes', things: [thing('Ann')] }), held(4, 'bulk.bad-output', 'Of another form.'), part({ document: 5, holds: 'no', things: [] }), held(5, 'bulk.bad-output', 'Of another form.'),
    ]);
    expect(merged.holding).toBe(1);
    expect(merged.coverage).toMatchObject({ inScope: 5, lookedAt: 1 });
    expect(merged.coverage.skipped.map(({ code, documents }) => `${code} ${documents}`).sort()).toEqual(['bulk.bad-output 1', 'bulk.not-read 1', 'no-text 1', 'policy.refused 1']);
    expect(merged.coverage.notes.join(' ')).toContain('a part was not read');
  });
});

const said = fc.record({ document: fc.integer({ min: 1, max: 6 }), holds: fc.constantFrom<Said['holds']>('yes', 'no', 'unclear'), things: fc.array(fc.record({ text: fc.constantFrom('Ann', 'Bob'), at: fc.integer({ min: 0, max: 9 }), stands: fc.boolean() }), { maxLength: 3 }) });
const missing = fc.record({ document: fc.integer({ min: 1, max: 6 }), code: fc.constantFrom('no-text', 'policy.refused') });

test('the numbers add up, agree with a count of a few lines, and do not depend on the order', () => {
  fc.assert(fc.property(fc.array(said, { maxLength: 12 }), fc.array(missing, { maxLength: 5 }), (answers, gaps) => {
    const parts = [...answers.map(part), ...gaps.map(({ document, code }) => held(document, code, code))];
    const merged = mergeAnswers(parts);
    const all = [...new Set(parts.map(({ document }) => document))];
    const holds = all.filter((id) => answers.some(({ document, holds: word, things }) => idOf(document) === id && word === 'yes' && things.some(({ stands }) => stands)));
    expect(merged.holding).toBe(holds.length);
    expect(merged.coverage.inScope).toBe(all.length);
    expect(merged.coverage.lookedAt + merged.coverage.skipped.reduce((sum, { documents }) => sum + documents, 0)).toBe(all.length);
    expect(new Set(merged.items.map(({ document }) => document)).size).toBe(holds.length);
    expect({ ...mergeAnswers(parts.toReversed()), items: [], coverage: null }).toEqual({ ...merged, items: [], coverage: null });
  }), { numRuns: 200 });
});
