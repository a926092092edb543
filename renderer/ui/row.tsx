import type { ReactNode } from 'react';
import { VisuallyHidden } from 'react-aria-components/VisuallyHidden';
import { classNames } from './class-names.ts';
import { type Glyph, Icon, type Tone } from './icon.tsx';
import css from './row.module.css';

/** Props of Row. */
export interface RowProps {
  /** The state of what the row stands for, such as its verdict; `iconLabel` says it in words. */
  icon?: Glyph | undefined;
  iconLabel?: string | undefined;
  iconTone?: Tone | undefined;
  /** First line, cut where room ends, and what stands at its end: a score, a count. */
  title: ReactNode;
  side?: ReactNode;
  /** Second line and what stands at its end: a portion marking. */
  detail?: ReactNode;
  detailSide?: ReactNode;
  /** Already dealt with: lighter text. The icon says so too. */
  isDone?: boolean | undefined;
  /** Further lines under the first two, in rows higher than 48 px. */
  children?: ReactNode;
}

/**
 * What a two-line list row says. Its list draws what the row is: hovered, selected, focused. Selected state is taken
 * from the nearest `[aria-selected]` around it.
 */
export function Row({ icon, iconLabel, iconTone = 'quiet', title, side, detail, detailSide, isDone, children }: RowProps) {
  return (
    <div className={classNames(css.row, icon && css.withIcon, isDone && css.done, children !== undefined && css.tall)}>
      {icon && <span className={css.icon}><Icon glyph={icon} tone={iconTone} /></span>}
      <div className={css.first}>
        <span className={css.clip}>{title}{iconLabel && <VisuallyHidden>, {iconLabel}</VisuallyHidden>}</span>
        {side !== undefined && <span className={css.side}>{side}</span>}
      </div>
      {(detail !== undefined || detailSide !== undefined) && (
        <div className={css.second}><span className={css.clip}>{detail}</span>{detailSide}</div>
      )}
      {children !== undefined && <div className={css.more}>{children}</div>}
    </div>
  );
}

/** Props of RowFrame. */
export interface RowFrameProps {
  children: ReactNode;
  isSelected?: boolean;
  /** As though its pane had focus, or as though the keyboard were on it; for a sheet of states. */
  isActive?: boolean;
  isFocused?: boolean;
  isHovered?: boolean;
}

/** The ground of one row outside a list, 48 px: for a short static list or a sheet of states. */
export function RowFrame({ children, isSelected, isActive, isFocused, isHovered }: RowFrameProps) {
  return (
    <div data-active={isActive || undefined}>
      <div
        className={classNames(css.frame, isFocused && css.focused, isHovered && css.hovered)}
        aria-current={isSelected || undefined}
      >
        {children}
      </div>
    </div>
  );
}
