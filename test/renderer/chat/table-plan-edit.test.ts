import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PlanTable, TableColumn, TablePlan } from '../../../preload/contract/domains/exhaustive.ts';
import { checkPlan } from '../../../main/chat/tables/index.ts';
import { readTable } from '../../../main/chat/tables/sheet-table.ts';
import { comparisonsOf, figureColumns, measuresOf, onSheet, sortColumns, takesValue, withFigure, withFilter, withGroup, withMeasure, withMoreFilters } from '../../../renderer/views/chat/table-plan-edit.ts';

/** A sheet of separated values as the engine reads it. */
function sheetOf(text: string): NonNullable<ReturnType<typeof readTable>> {
  const cells: number[] = [];
  let at = 0;
  for (const [row, line] of text.split('\n').entries()) {
    for (const [column, cell] of line.split(',').entries()) {
      cells.push(at, at + cell.length, row, column);
      at += cell.length + 1;
    }
  }
  const table = readTable('', text, Uint32Array.from(cells), null);
  if (table === null) throw new Error('no heads');
  return table;
}

const dues = sheetOf('ship,paid on,dues\nCorran,2024-03-01,1200.50\nVellen,2024-03-02,99.50\nEgret,2024-04-01,0.10');
const notes = sheetOf('ship,remark\nCorran,late\nVellen,early\nEgret,none');
const faceOf = (table: typeof dues, sheet: number): PlanTable => ({ document: 'd'.repeat(32) as PlanTable['document'], title: 'dues', sheet, name: '', headRow: table.headRow, columns: table.columns.map(({ name, letter, type }) => ({ name, letter, type })) });
const columns: readonly TableColumn[] = faceOf(dues, 1).columns;
const start: TablePlan = { kind: 'table', document: 'd'.repeat(32) as TablePlan['document'], sheet: 1, headRow: 1, filters: [], groupBy: null, measure: { kind: 'rows' }, sort: null, limit: null };

test('whatever is chosen from what is offered, the sheet bears the plan, once its conditions have values', () => {
  const name = fc.constantFrom(...columns.map((column) => column.name));
  const step = fc.oneof(
    fc.record({ do: fc.constant('measure' as const), pick: fc.nat(20) }), fc.record({ do: fc.constant('figure' as const), pick: fc.nat(20) }), fc.record({ do: fc.constant('group' as const), name: fc.option(name) }),
    fc.record({ do: fc.constant('sort' as const), pick: fc.nat(20), isDescending: fc.boolean() }), fc.constant({ do: 'more' as const }), fc.record({ do: fc.constant('column' as const), at: fc.nat(3), name }), fc.record({ do: fc.constant('is' as const), at: fc.nat(3), pick: fc.nat(20) }),
    fc.constantFrom({ do: 'sheet' as const, to: 1 }, { do: 'sheet' as const, to: 2 }),
  );
  fc.assert(fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
    let [plan, table] = [start, dues];
    const face = (): readonly TableColumn[] => faceOf(table, 1).columns;
    const pickOf = <T>(of: readonly T[], pick: number): T | undefined => of[pick % Math.max(1, of.length)];
    for (const one of steps) {
      switch (one.do) {
        case 'measure': plan = withMeasure(plan, face(), pickOf(measuresOf(face(), plan.groupBy !== null), one.pick) ?? 'count'); break;
        case 'figure': plan = withFigure(plan, face(), pickOf(figureColumns(face(), plan.measure.kind), one.pick)?.name ?? ''); break;
        case 'group': plan = withGroup(plan, face(), one.name !== null && face().some((column) => column.name === one.name) ? one.name : null); break;
        case 'sort': { const column = pickOf(sortColumns(face(), plan), one.pick); plan = { ...plan, sort: column === undefined ? null : { column: column.name, isDescending: one.isDescending } }; break; }
        case 'more': plan = withMoreFilters(plan, face()); break;
        case 'column': plan = face().some((column) => column.name === one.name) ? withFilter(plan, face(), one.at, { column: one.name }) : plan; break;
        case 'is': { const filter = plan.filters[one.at]; const is = pickOf(comparisonsOf(face().find((column) => column.name === filter?.column)?.type ?? 'text'), one.pick); plan = is === undefined ? plan : withFilter(plan, face(), one.at, { is }); break; }
        case 'sheet': table = one.to === 1 ? dues : notes; plan = onSheet(plan, faceOf(table, one.to)); break;
      }
      const valueOf = (column: string): string => ({ number: '5', date: '2024-03', text: 'corran' })[face().find((known) => known.name === column)?.type ?? 'text'];
      const written = { ...plan, filters: plan.filters.map((filter) => (takesValue(filter.is) ? { ...filter, value: valueOf(filter.column) } : filter)) };
      expect(() => checkPlan(table, written)).not.toThrow();
    }
  }));
});

test('on another sheet what is there too stays, and what is not goes', () => {
  const plan: TablePlan = { ...start, filters: [{ column: 'ship', is: 'contains', value: 'Cor' }, { column: 'dues', is: '>', value: '5' }], groupBy: 'paid on', measure: { kind: 'sum', column: 'dues' }, sort: { column: 'dues', isDescending: true }, limit: 5 };
  expect(onSheet(plan, faceOf(notes, 2))).toEqual({ ...plan, sheet: 2, filters: [plan.filters[0]], groupBy: null, measure: { kind: 'count' }, sort: null });
});

test('rows cannot be listed by groups, and a figure is offered only where a column bears it', () => {
  expect(withGroup(start, columns, 'ship').measure).toEqual({ kind: 'count' });
  expect(measuresOf(columns, true)).toEqual(['count', 'sum', 'avg', 'min', 'max']);
  expect(measuresOf(faceOf(notes, 2).columns, false)).toEqual(['rows', 'count']);
  expect(figureColumns(columns, 'min').map(({ name }) => name)).toEqual(['paid on', 'dues']);
  expect(withFilter({ ...start, filters: [{ column: 'dues', is: '<=', value: '5' }] }, columns, 0, { column: 'ship' }).filters).toEqual([{ column: 'ship', is: '=', value: '5' }]);
});
