import type { ReactElement } from 'react';
import css from './text-fault-line.module.css';
import { splitAtFault } from './text-fault.ts';

/** What is wrong with a typed text, and the piece of it around `at`, a position from faultAt; null where the place is not known. */
export function TextFaultLine({ text, message, at }: { text: string; message: string; at: number | null }): ReactElement {
  const split = at === null ? null : splitAtFault(text, at);
  return (
    <span className={css.fault}>
      <span>{message}</span>
      {split !== null && (
        <code className={css.excerpt} aria-hidden="true">{split.before}<span className={css.at}>{split.fault === '' ? '\u00A0' : split.fault}</span>{split.after}</code>
      )}
    </span>
  );
}
