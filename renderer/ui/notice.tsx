import { type ReactNode, useId } from 'react';
import CircleCheck from 'lucide-react/icons/circle-check';
import CircleX from 'lucide-react/icons/circle-x';
import Info from 'lucide-react/icons/info';
import ShieldX from 'lucide-react/icons/shield-x';
import TriangleAlert from 'lucide-react/icons/triangle-alert';
import { classNames } from './class-names.ts';
import { type Glyph, Icon } from './icon.tsx';
import css from './notice.module.css';

const glyphByKind = { info: Info, warn: TriangleAlert, danger: CircleX, ok: CircleCheck } as const;

/** Props of Notice. */
export interface NoticeProps {
  kind: keyof typeof glyphByKind;
  /** What happened. */
  children: ReactNode;
  /** What it means. */
  meaning?: ReactNode;
  /** One button: the way on. */
  action?: ReactNode;
  icon?: Glyph | undefined;
  /** alert: read out at once, for what has just failed. status: read when there is a pause. Absent: part of the page. */
  live?: 'alert' | 'status' | undefined;
}

/** An inline strip where something happened: an icon, what happened, what it means, one button. */
export function Notice({ kind, children, meaning, action, icon, live }: NoticeProps) {
  return (
    <div className={classNames(css.notice, css[kind])} role={live}>
      <Icon glyph={icon ?? glyphByKind[kind]} />
      <div>{children}{meaning && <> <span className={css.meaning}>{meaning}</span></>}</div>
      {action && <div className={css.action}>{action}</div>}
    </div>
  );
}

/** One line of a refusal: Rule, Portion or Allowed, what it is, and its button. Lines under one term leave the term out. */
export interface RefusalLine {
  id: string;
  term: string | null;
  text: ReactNode;
  action?: ReactNode;
}

/** Props of Refusal. */
export interface RefusalProps {
  /** What was not done, and that nothing left. */
  title: ReactNode;
  /** The audit record. */
  aside?: ReactNode;
  lines: readonly RefusalLine[];
}

/** Says that policy stopped something: neutral ground, a red bar and a shield, because it is not a crash. */
export function Refusal({ title, aside, lines }: RefusalProps) {
  const titleId = useId();
  return (
    <section className={css.refusal} role="alert" aria-labelledby={titleId}>
      <div className={css.refusalHead}>
        <Icon glyph={ShieldX} tone="danger" />
        <h3 id={titleId} className={css.refusalTitle}>{title}</h3>
        {aside && <span className={css.aside}>{aside}</span>}
      </div>
      <ul className={css.lines}>
        {lines.map((line) => (
          <li key={line.id} className={css.line}>
            <span className={css.term}>{line.term}</span>
            <span className={css.words}>{line.text}</span>
            {line.action}
          </li>
        ))}
      </ul>
    </section>
  );
}
