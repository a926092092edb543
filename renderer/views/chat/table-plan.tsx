import type { ReactElement } from 'react';
import type { CaseId } from '../../../preload/contract/domains/basics.ts';
import type { TableFace, TablePlan } from '../../../preload/contract/domains/exhaustive.ts';
import { counted } from '../../lib/format.ts';
import { visibleLine } from '../../lib/visible-text.ts';
import { Text } from '../../ui/index.ts';
import css from './plan-strip.module.css';

/** Props of TablePlanLines. */
export interface TablePlanLinesProps {
  readonly case: CaseId;
  readonly plan: TablePlan;
  readonly table: TableFace;
  readonly fault: string | null;
}

/** A plan over the rows of a sheet in words, with the sheet as it was understood. */
export function TablePlanLines({ table, fault }: TablePlanLinesProps): ReactElement {
  return (
    <>
      <div className={css.line}><dt className={css.term}>Table</dt><dd className={css.words}>{visibleLine(table.title)}{table.sheet !== '' && `, sheet ${visibleLine(table.sheet)}`}, {counted(table.rows, 'row')} under the heads in row {table.headRow}</dd></div>
      <div className={css.line}><dt className={css.term}>Columns</dt><dd className={css.words}>{table.columns.map(({ name, letter, type }) => `${letter} ${visibleLine(name)} (${type})`).join(' · ')}</dd></div>
      {table.words.map((words, index) => <div key={words} className={css.line}><dt className={css.term}>{index === 0 ? 'Does' : null}</dt><dd className={css.words}>{visibleLine(words)}</dd></div>)}
      {fault !== null && <div className={css.line}><dt className={css.term} /><dd className={css.words}><Text size="small" tone="danger">{fault}</Text></dd></div>}
    </>
  );
}
