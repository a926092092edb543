import type { ReactElement, ReactNode } from 'react';
import Plus from 'lucide-react/icons/plus';
import X from 'lucide-react/icons/x';
import type { CaseId } from '../../../preload/contract/domains/basics.ts';
import type { ChatScope } from '../../../preload/contract/domains/chat.ts';
import type { PlanTable, TableColumn, TableFace, TablePlan } from '../../../preload/contract/domains/exhaustive.ts';
import { counted } from '../../lib/format.ts';
import { useOnScreen } from '../../lib/on-screen.ts';
import { useRoute } from '../../lib/queries.ts';
import { visibleLine } from '../../lib/visible-text.ts';
import { Button, IconButton, LinkButton, Select, Text, TextField } from '../../ui/index.ts';
import { changePlan, type PlanFault } from './plan-state.ts';
import css from './plan-strip.module.css';
import { comparisonsOf, comparisonWords, figureColumns, measuresOf, measureWords, onSheet, sortColumns, takesValue, withFigure, withFilter, withGroup, withMeasure, withMoreFilters } from './table-plan-edit.ts';

/** Props of TablePlanLines. */
export interface TablePlanLinesProps {
  readonly case: CaseId;
  readonly scope: ChatScope;
  readonly plan: TablePlan;
  readonly table: TableFace;
  readonly fault: PlanFault | null;
  readonly isLooking: boolean;
}

const none = '\0none';
const typeHint = { number: '1200.50', date: '2024, 2024-03 or 2024-03-14', text: 'any case' } as const;
const nameOptions = (columns: readonly TableColumn[]) => columns.map(({ name, letter, type }) => ({ id: name, text: visibleLine(name), detail: `${letter}, ${type}` }));
const keyOf = ({ document, sheet }: Pick<PlanTable, 'document' | 'sheet'>): string => `${document} ${sheet}`;

/** A plan over the rows of a sheet: the sheet as it was understood, and each part of the plan to be changed in place. Every change is held against the sheet at once. */
export function TablePlanLines({ case: caseId, scope, plan, table, fault, isLooking }: TablePlanLinesProps): ReactElement {
  const { columns } = table;
  // The title and the heads are the document's own.
  const marks = useRoute('markings.document', { case: caseId, document: plan.document }).data;
  useOnScreen(marks === undefined ? null : [marks.marking, ...(marks.rollUp === null ? [] : [marks.rollUp])]);
  const change = (next: TablePlan): void => void changePlan(caseId, next);
  const { measure, groupBy, filters, sort, limit } = plan;
  const sortable = sortColumns(columns, plan);
  const addFilter = (): void => {
    change(withMoreFilters(plan, columns));
    // The new condition is where the hands are wanted next.
    requestAnimationFrame(() => document.querySelector<HTMLButtonElement>(`[data-condition="${filters.length}"] button`)?.focus());
  };
  return (
    <>
      <Line term="Table"><SheetChoice case={caseId} scope={scope} plan={plan} table={table} onChoose={(chosen) => change(onSheet(plan, chosen))} /></Line>
      <Line term="Columns"><span className={css.note}>{columns.map(({ name, letter, type }) => `${letter} ${visibleLine(name)} (${type})`).join(' · ')}</span></Line>
      <Line term="Makes" fault={fault?.where === 'measure' || fault?.where === 'grouping' ? fault.text : null}>
        <span className={css.parts}>
          <Select label="What is made" variant="chip" value={measure.kind} options={measuresOf(columns, groupBy !== null).map((kind) => ({ id: kind, text: measureWords[kind] }))} onChange={(kind) => change(withMeasure(plan, columns, kind))} />
          {'column' in measure && <Select label="Of which column" variant="chip" value={measure.column} options={nameOptions(figureColumns(columns, measure.kind))} onChange={(column) => change(withFigure(plan, columns, column))} />}
          <Text size="small" tone={2}>by</Text>
          <Select label="Grouped by" variant="chip" value={groupBy ?? none} options={[{ id: none, text: 'nothing: all rows together' }, ...nameOptions(columns)]} onChange={(name) => change(withGroup(plan, columns, name === none ? null : name))} />
        </span>
      </Line>
      {filters.map((filter, at) => {
        const type = columns.find(({ name }) => name === filter.column)?.type ?? 'text';
        return (
          <Line key={at} condition={at} term={at === 0 ? 'Where' : 'and'} fault={fault?.where === 'filter' && fault.at === at && !takesValue(filter.is) ? fault.text : null}>
            <span className={css.parts}>
              <Select label={`Column of condition ${at + 1}`} variant="chip" value={filter.column} options={nameOptions(columns)} onChange={(column) => change(withFilter(plan, columns, at, { column }))} />
              <Select label={`Comparison of condition ${at + 1}`} variant="chip" value={filter.is} options={comparisonsOf(type).map((is) => ({ id: is, text: comparisonWords[is] }))} onChange={(is) => change(withFilter(plan, columns, at, { is }))} />
              {takesValue(filter.is) && <span className={css.value}><TextField label={`Value of condition ${at + 1}`} isLabelHidden placeholder={typeHint[type]} value={filter.value} maxLength={500} error={fault?.where === 'filter' && fault.at === at ? fault.text : null} onChange={(value) => change(withFilter(plan, columns, at, { value }))} /></span>}
              <IconButton size="sm" label={`Take out condition ${at + 1}`} icon={X} onPress={() => change({ ...plan, filters: filters.filter((_, index) => index !== at) })} />
            </span>
          </Line>
        );
      })}
      <Line term={filters.length === 0 ? 'Where' : null}>
        <span className={css.parts}>
          {filters.length === 0 && <Text size="small" tone={2}>all rows</Text>}
          <Button size="sm" variant="ghost" icon={Plus} isDisabled={filters.length >= 20} onPress={addFilter}>Add a condition</Button>
        </span>
      </Line>
      {(sortable.length > 0 || limit !== null) && (
        <Line term="Order" fault={fault?.where === 'order' ? fault.text : null}>
          <span className={css.parts}>
            {sortable.length > 0 && <Select label="Ordered by" variant="chip" value={sort?.column ?? none} options={[{ id: none, text: 'as they stand' }, ...nameOptions(sortable)]} onChange={(column) => change({ ...plan, sort: column === none ? null : { column, isDescending: sort?.isDescending ?? true } })} />}
            {sort !== null && <Select label="Direction" variant="chip" value={sort.isDescending ? 'down' : 'up'} options={[{ id: 'down', text: 'greatest first' }, { id: 'up', text: 'least first' }]} onChange={(direction) => change({ ...plan, sort: { ...sort, isDescending: direction === 'down' } })} />}
            <Select label="How many" variant="chip" value={limit === null ? none : String(limit)} options={[{ id: none, text: 'all of them' }, ...limitsWith(limit).map((most) => ({ id: String(most), text: `the first ${most}` }))]} onChange={(most) => change({ ...plan, limit: most === none ? null : Number(most) })} />
          </span>
        </Line>
      )}
      <Line term="Does" fault={fault !== null && fault.where === null ? fault.text : null}><span aria-live="polite">{fault !== null ? <Text size="small" tone={2}>Not known while something is wrong.</Text> : isLooking ? <Text size="small" tone={2}>Looking at the sheet…</Text> : table.words.map(visibleLine).join(' · ')}</span></Line>
    </>
  );
}

const limitsWith = (limit: number | null): number[] => [...new Set([5, 10, 25, 100, 1000, ...(limit === null ? [] : [limit])])].sort((a, b) => a - b);

function Line({ term, fault = null, condition, children }: { term: string | null; fault?: string | null; condition?: number; children: ReactNode }): ReactElement {
  return <div className={css.line} data-condition={condition}><dt className={css.term}>{term}</dt><dd className={css.words}>{children}{fault !== null && <span role="alert" className={css.fault}>{fault}</span>}</dd></div>;
}

interface SheetChoiceProps extends Pick<TablePlanLinesProps, 'case' | 'scope' | 'plan' | 'table'> {
  readonly onChoose: (table: PlanTable) => void;
}

/** The sheet that the plan is over, to be changed for another in scope. */
function SheetChoice({ case: caseId, scope, plan, table, onChoose }: SheetChoiceProps): ReactElement {
  const { data, error, refetch } = useRoute('chat.tables', { case: caseId, scope });
  const words = `${visibleLine(table.title)}${table.sheet === '' ? '' : `, sheet ${visibleLine(table.sheet)}`}`;
  const tables = data?.tables ?? [];
  const isListed = tables.some((other) => keyOf(other) === keyOf(plan));
  const options = [
    ...(isListed ? [] : [{ id: keyOf(plan), text: words }]),
    ...tables.map((other) => ({ id: keyOf(other), text: `${visibleLine(other.title)}${other.name === '' ? '' : `, sheet ${visibleLine(other.name)}`}` })),
  ];
  return (
    <span className={css.parts}>
      <Select label="Sheet" variant="chip" value={keyOf(plan)} options={options} onChange={(key) => {
        const chosen = tables.find((other) => keyOf(other) === key);
        if (chosen !== undefined) onChoose(chosen);
      }} />
      <Text size="small" tone={2}>{counted(table.rows, 'row')} under the heads in row {table.headRow}</Text>
      {error !== null && <Text size="small" tone="danger">The other sheets could not be listed. <LinkButton onPress={() => void refetch()}>Try again</LinkButton></Text>}
    </span>
  );
}
