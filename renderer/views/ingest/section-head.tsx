import type { ReactNode } from 'react';
import css from './ingest.module.css';

/** The heading of a table of the job: what it lists, how many, and what can be done with all of them. */
export function SectionHead({ title, detail, action }: { title: string; detail: string; action?: ReactNode }) {
  return (
    <div className={css.sectionHead}>
      <h2 className={css.sectionTitle}>{title}</h2>
      <span className={css.quiet}>{detail}</span>
      {action !== undefined && <span className={css.push}>{action}</span>}
    </div>
  );
}
