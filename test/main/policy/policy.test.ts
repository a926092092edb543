import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DocumentId, Marking } from '../../../preload/contract/domains/basics.ts';
import { clear, dominates, findMarking, joinMarkings, markingText, markingViews, viewMarking } from '../../../main/policy/index.ts';

const marking: fc.Arbitrary<Marking> = fc.record({ scheme: fc.constant('us' as const), level: fc.constantFrom('U' as const, 'CUI' as const, 'C' as const, 'S' as const, 'TS' as const), controls: fc.subarray(['SI' as const, 'NOFORN' as const]) });
const same = (a: Marking, b: Marking): boolean => markingText(a) === markingText(b);

test('the roll-up is idempotent, commutative, associative and monotone, and dominates what went in', () => {
  fc.assert(fc.property(marking, marking, marking, (a, b, c) => {
    expect(same(joinMarkings(a, a), a)).toBe(true);
    expect(same(joinMarkings(a, b), joinMarkings(b, a))).toBe(true);
    expect(same(joinMarkings(joinMarkings(a, b), c), joinMarkings(a, joinMarkings(b, c)))).toBe(true);
    expect(dominates(joinMarkings(a, b), a) && dominates(joinMarkings(a, b), b)).toBe(true);
    if (dominates(a, b)) expect(dominates(joinMarkings(a, c), joinMarkings(b, c))).toBe(true);
  }));
});

test('every listed marking is read back from its banner and from its portion, in any case and spacing', () => {
  for (const view of markingViews()) {
    expect(findMarking(view.banner)).toEqual(view.marking);
    expect(findMarking(`  ${view.portion.toLowerCase()} `)).toEqual(view.marking);
  }
  expect(findMarking('secret // noforn')).toEqual({ scheme: 'us', level: 'S', controls: ['NOFORN'] });
  expect(() => findMarking('VERY SECRET')).toThrow(expect.objectContaining({ code: 'policy.unknown-marking' }));
  expect(viewMarking({ scheme: 'us', level: 'TS', controls: ['NOFORN', 'SI'] })).toMatchObject({ banner: 'TOP SECRET//SI//NOFORN', portion: '(TS//SI//NF)', tone: 'ts-sci' });
});

const portion = fc.record({ document: fc.constant(null as DocumentId | null), label: fc.string(), marking: fc.option(marking, { nil: null }) });

test('the guard lets a payload through exactly when its roll-up is within the ceiling; what is unmarked counts as the case', () => {
  fc.assert(fc.property(fc.array(portion, { maxLength: 6 }), marking, marking, (portions, systemHigh, ceiling) => {
    const outcome = clear({ payload: 'text', portions, systemHigh }, { name: 'target', ceiling });
    const rollUp = portions.reduce((sum, part) => joinMarkings(sum, part.marking ?? systemHigh), systemHigh);
    expect(outcome.kind === 'cleared').toBe(dominates(ceiling, rollUp));
    if (outcome.kind === 'cleared') expect(outcome.cleared).toMatchObject({ payload: 'text', target: 'target' });
    else expect(dominates(ceiling, outcome.portion.marking)).toBe(false);
  }));
});

test('a refusal names the first portion above the ceiling and the rule', () => {
  const secret = findMarking('SECRET//NOFORN');
  const outcome = clear(
    { payload: '', systemHigh: findMarking('UNCLASSIFIED'), portions: [{ document: null, label: 'question', marking: null }, { document: null, label: 'document 7', marking: secret }] },
    { name: 'Gateway', ceiling: findMarking('SECRET') },
  );
  expect(outcome).toMatchObject({ kind: 'refused', rule: 'Gateway may receive up to SECRET', portion: { label: 'document 7', marking: secret } });
});
