import type { ReactNode } from 'react';
import { Button as AriaButton } from 'react-aria-components/Button';
import X from 'lucide-react/icons/x';
import css from './chip.module.css';
import { classNames } from './class-names.ts';
import { type Glyph, Icon } from './icon.tsx';

/** Props of Chip. */
export interface ChipProps {
  children: ReactNode;
  icon?: Glyph | undefined;
  /** plain: no ground, for terms beside a swatch. line: outlined. */
  variant?: 'default' | 'plain' | 'line';
  onPress?: (() => void) | undefined;
  /** Takes the chip out. Where there is no onPress the whole chip does it. */
  onRemove?: (() => void) | undefined;
  /** What taking out is called, such as "Take out Jan to Apr 2019"; required with onRemove. */
  removeLabel?: string | undefined;
  isPressed?: boolean | undefined;
}

/** A small fact or filter, 24 px high: words alone, a button, or something that can be taken out. */
export function Chip({ children, icon, variant = 'default', onPress, onRemove, removeLabel, isPressed }: ChipProps) {
  const name = classNames(css.chip, css[variant]);
  const inside = <>{icon && <Icon glyph={icon} size={14} />}{children}</>;
  if (onRemove && !onPress) {
    return (
      <AriaButton className={name} onPress={onRemove} {...(removeLabel && { 'aria-label': removeLabel })}>
        {inside}<Icon glyph={X} size={12} />
      </AriaButton>
    );
  }
  if (!onPress) return <span className={name}>{inside}</span>;
  const button = (
    <AriaButton className={name} onPress={onPress} {...(isPressed !== undefined && { 'aria-pressed': isPressed })}>{inside}</AriaButton>
  );
  if (!onRemove) return button;
  return (
    <span className={css.pair}>
      {button}
      <AriaButton className={classNames(css.remove)} onPress={onRemove} aria-label={removeLabel ?? 'Take out'}>
        <Icon glyph={X} size={12} />
      </AriaButton>
    </span>
  );
}

/** A portion marking in parentheses, such as (U); `text` comes with its parentheses from the marking vocabulary. */
export function Portion({ text }: { text: string }) {
  return <span className={css.portion}>{text}</span>;
}

/** A marking as a boxed word, where the handling of a whole document is stated. */
export function Handling({ text }: { text: string }) {
  return <span className={css.handling}>{text}</span>;
}

/** Which of the six annotation colours a label has. */
export type LabelKind = 1 | 2 | 3 | 4 | 5 | 6;

/** The short name of an annotation label on its wash. */
export function LabelTag({ kind, text }: { kind: LabelKind; text: string }) {
  return <span className={classNames(css.tag, css[`label${kind}`])}>{text}</span>;
}

/** Which of the three groups of highlight terms, each with a hue and an underline of its own. */
export type HitGroup = 1 | 2 | 3;

/** A drop of a group's highlight, beside the group's name. */
export function Swatch({ group }: { group: HitGroup }) {
  return <span className={classNames(css.swatch, css[`swatch${group}`])} aria-hidden="true" />;
}
