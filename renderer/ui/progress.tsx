import type { ReactNode } from 'react';
import { ProgressBar as AriaProgressBar } from 'react-aria-components/ProgressBar';
import { classNames } from './class-names.ts';
import css from './progress.module.css';

/** Props of ProgressBar. `total` null means that it is not known: the bar stays empty and `valueText` carries the count. */
export interface ProgressBarProps {
  label: string;
  done: number;
  total: number | null;
  /** What is read out in place of a percentage, such as "41,203 of 100,000". */
  valueText?: string | undefined;
  /** 4 or 8 px high. */
  size?: 'sm' | 'lg';
}

/** A bar as wide as it is given. Numbers always stand beside it; an unknown total shows an empty bar, never a moving one. */
export function ProgressBar({ label, done, total, valueText, size = 'sm' }: ProgressBarProps) {
  return (
    <AriaProgressBar
      aria-label={label}
      value={total === null ? 0 : done}
      maxValue={total === null || total === 0 ? 1 : total}
      isIndeterminate={total === null}
      {...(valueText !== undefined && { valueLabel: valueText })}
      className={classNames(css.bar, css[size])}
    >
      {({ percentage }) => <span className={css.fill} style={{ width: `${percentage ?? 0}%` }} />}
    </AriaProgressBar>
  );
}

/** Props of ProgressLine. */
export interface ProgressLineProps extends Omit<ProgressBarProps, 'size'> {
  /** done / total, rate, time left, already formatted. */
  text: ReactNode;
  /** Pause, go on or stop. */
  action?: ReactNode;
}

/** A 96 px bar with its numbers beside it and what can be done about it at the end. */
export function ProgressLine({ text, action, ...bar }: ProgressLineProps) {
  return (
    <div className={css.progressLine}>
      <span className={css.short}><ProgressBar {...bar} /></span>
      <span className={css.numbers}>{text}</span>
      {action}
    </div>
  );
}
