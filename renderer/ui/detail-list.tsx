import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import css from './detail-list.module.css';

/** A property and its value. */
export interface Detail {
  term: string;
  value: ReactNode;
  isMono?: boolean | undefined;
}

/** Props of DetailList. */
export interface DetailListProps {
  details: readonly Detail[];
  /** Width of the column of terms: 64 for a document's headers, 72 in a pane, 152 where terms are phrases. */
  termWidth?: 'narrow' | 'medium' | 'wide';
  size?: 'ui' | 'small';
}

/** Properties of one thing, term by term. */
export function DetailList({ details, termWidth = 'medium', size = 'ui' }: DetailListProps) {
  return (
    <dl className={classNames(css.list, css[termWidth], css[size])}>
      {details.map((detail) => (
        <div key={detail.term} className={css.pair}>
          <dt className={css.term}>{detail.term}</dt>
          <dd className={classNames(css.value, detail.isMono && css.mono)}>{detail.value}</dd>
        </div>
      ))}
    </dl>
  );
}
