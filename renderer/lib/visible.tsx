import type { ReactElement } from 'react';
import { visibleRuns } from './visible-text.ts';
import css from './visible.module.css';

/** Text of a model or a document as plain text: no markup, no links, and what would be hidden written out. */
export function Visible({ text }: { text: string }): ReactElement {
  return (
    <>
      {visibleRuns(text).map((run, index) => (run.isEscape ? <code key={index} className={css.escape}>{run.text}</code> : run.text))}
    </>
  );
}
