import type { ReactNode } from 'react';
import css from './history-list.module.css';

/** Something that happened. `when` is already formatted; `who` is drawn stronger before the words. */
export interface HistoryEntry {
  id: string;
  when: string;
  who?: string | undefined;
  what: ReactNode;
}

/** What happened, in the order it is given. */
export function HistoryList({ entries }: { entries: readonly HistoryEntry[] }) {
  return (
    <dl className={css.history}>
      {entries.map((entry) => (
        <div key={entry.id} className={css.entry}>
          <dt className={css.when}>{entry.when}</dt>
          <dd className={css.what}>{entry.who && <><b className={css.who}>{entry.who}</b> </>}{entry.what}</dd>
        </div>
      ))}
    </dl>
  );
}
