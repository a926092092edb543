import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DocumentId } from '../../../preload/contract/domains/basics.ts';
import { dataKind, type DataKind } from '../../../preload/contract/domains/endpoints.ts';
import { clear, dominates, joinMarkings, toMarking, type Portion } from '../../../main/policy/index.ts';
import { anyMarking } from '../../support/markings.ts';

const kinds = dataKind.options;
const everything: readonly DataKind[] = kinds;
const portion: fc.Arbitrary<Portion> = fc.record({
  document: fc.constant<DocumentId | null>(null), label: fc.string({ maxLength: 5 }), kind: fc.constantFrom(...kinds), marking: fc.option(anyMarking), hasPersonalData: fc.boolean(),
});

test('the guard lets through exactly what the target may hold, unmarked portions counting as their case', () => {
  fc.assert(fc.property(fc.array(portion, { maxLength: 6 }), anyMarking, anyMarking, (portions, systemHigh, ceiling) => {
    const outcome = clear({ payload: 'text', portions, systemHigh }, { name: 'X', ceiling, dataKinds: everything });
    const all = portions.map(({ marking }) => marking ?? systemHigh);
    const rollUp = all.reduce((sum, marking) => joinMarkings(sum, marking), all[0] ?? systemHigh);
    expect(outcome.kind === 'cleared').toBe(dominates(ceiling, rollUp));
    if (outcome.kind === 'cleared') expect(outcome.cleared).toMatchObject({ payload: 'text', target: 'X' });
    else for (const { marking } of outcome.portions) expect(dominates(ceiling, marking)).toBe(false);
  }));
});

test('a kind of data that the target may not receive never passes, whatever its ceiling', () => {
  fc.assert(fc.property(fc.array(portion, { minLength: 1, maxLength: 6 }), fc.subarray([...kinds]), (portions, dataKinds) => {
    const open = toMarking('UNCLASSIFIED');
    const outcome = clear({ payload: '', portions: portions.map((one) => ({ ...one, marking: open })), systemHigh: open }, { name: 'X', ceiling: open, dataKinds });
    const may = portions.every(({ kind, hasPersonalData }) => dataKinds.includes(kind) && (hasPersonalData !== true || dataKinds.includes('personal-data')));
    expect(outcome.kind === 'cleared').toBe(may);
  }));
});

test('a refusal names the rule and every portion that caused it, first one first', () => {
  const secret = toMarking('SECRET//NOFORN');
  const outcome = clear(
    {
      payload: '', systemHigh: toMarking('UNCLASSIFIED'),
      portions: [
        { document: null, label: 'document 5', kind: 'passages', marking: null },
        { document: null, label: 'document 7', kind: 'passages', marking: secret },
        { document: null, label: 'document 9', kind: 'passages', marking: toMarking('TOP SECRET') },
        { document: null, label: 'your question', kind: 'questions', marking: null },
      ],
    },
    { name: 'Gateway', ceiling: toMarking('SECRET'), dataKinds: everything },
  );
  expect(outcome).toMatchObject({ kind: 'refused', rule: 'Gateway may receive up to SECRET', portions: [{ label: 'document 7', marking: secret, why: 'ceiling' }, { label: 'document 9' }] });
});
