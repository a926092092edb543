import type { ReactElement } from 'react';
import { Button as AriaButton } from 'react-aria-components/Button';
import type { ShownItem } from '../../../preload/contract/domains/chat.ts';
import type { TableColumn } from '../../../preload/contract/domains/exhaustive.ts';
import { visibleLine } from '../../lib/visible-text.ts';
import { classNames, VisuallyHidden } from '../../ui/index.ts';
import css from './found-rows.module.css';
import { Visible } from '../../lib/visible.tsx';

/** A wide table is scrolled by the keyboard too, so it is a tab stop. */
const scrollable = { 'role': 'group', 'aria-label': 'Rows', 'tabIndex': 0 };

/** Props of FoundRows. */
export interface FoundRowsProps {
  readonly heads: readonly TableColumn[];
  readonly items: readonly ShownItem[];
  readonly openNumber: number | null;
  readonly openCell: number | null;
  readonly onOpen: (number: number, cell?: number) => void;
}

/** Found rows as a table; a cell opens its place in the document. */
export function FoundRows({ heads, items, openNumber, openCell, onOpen }: FoundRowsProps): ReactElement {
  return (
    <div className={css.frame} {...scrollable}>
      <table className={css.table}>
        <thead>
          <tr>
            <th scope="col" className={css.number}><VisuallyHidden>Row</VisuallyHidden></th>
            {heads.map(({ name, letter, type }) => <th key={`${letter} ${name}`} scope="col" className={classNames(type === 'number' && css.end)}>{visibleLine(name)}{letter !== '' && ' '}{letter !== '' && <span className={css.letter}>{letter}</span>}</th>)}
          </tr>
        </thead>
        <tbody>
          {items.map(({ number, cells }) => (
            <tr key={number} className={classNames(number === openNumber && css.current)}>
              <td className={css.number}>{number}</td>
              {heads.map(({ letter, name, type }, at) => {
                const cell = cells[at];
                const isOpen = number === openNumber && at === openCell;
                return (
                  <td key={`${letter} ${name}`} className={classNames(type === 'number' && css.end)}>
                    {cell === undefined ? null : cell.start === null ? <Visible text={cell.text} />
                      : <AriaButton className={classNames(css.cell, isOpen && css.open)} aria-label={`${cell.name}: ${visibleLine(cell.text)}${isOpen ? ', open at right' : ''}`} onPress={() => onOpen(number, at)}><Visible text={cell.text} /></AriaButton>}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
