import { Fragment, type ReactElement } from 'react';
import type { InlineRun } from '../../lib/markup/inline.ts';
import css from './markup.module.css';
import { Visible } from '../../lib/visible.tsx';

/** Runs of a model's text, drawn by elements of ours alone: none of them leads anywhere or loads anything. */
export function Markup({ runs }: { runs: readonly InlineRun[] }): ReactElement {
  return <>{runs.map((run, index) => <Fragment key={index}><Run run={run} /></Fragment>)}</>;
}

function Run({ run: { text, look } }: { run: InlineRun }): ReactElement {
  const words = <Visible text={text} />;
  switch (look) {
    case 'plain': return words;
    case 'strong': return <strong>{words}</strong>;
    case 'emphasis': return <em>{words}</em>;
    case 'struck': return <s>{words}</s>;
    case 'code': return <code className={css.code}>{words}</code>;
    case 'address': return <code className={css.address}>{words}</code>;
    case 'note': return <span className={css.said}>{words}</span>;
  }
}
