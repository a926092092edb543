import { type ReactNode, useId } from 'react';
import css from './settings.module.css';

/** One subject of the settings, under its heading. */
export function Section({ title, lead, children }: { title: string; lead?: string; children: ReactNode }) {
  const id = useId();
  return (
    <section className={css.section} aria-labelledby={id}>
      <h2 className={css.heading} id={id}>{title}</h2>
      {lead !== undefined && <p className={css.lead}>{lead}</p>}
      <div className={css.body}>{children}</div>
    </section>
  );
}
