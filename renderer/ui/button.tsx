import type { ReactNode, Ref } from 'react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components/Button';
import css from './button.module.css';
import { classNames } from './class-names.ts';
import { type Glyph, Icon } from './icon.tsx';
import { ariaKeyShortcuts, type Chord, KeyCaps } from './kbd.tsx';
import { Tip, type TipPlacement } from './tooltip.tsx';

type PressProps = Omit<AriaButtonProps, 'children' | 'className' | 'style' | 'render'>;

/** Props of Button, beside those of react-aria's Button (onPress, isDisabled, isPending, type, autoFocus). */
export interface ButtonProps extends PressProps {
  children: ReactNode;
  variant?: 'default' | 'primary' | 'ghost' | 'danger';
  /** 24, 28, 32 or 36 px high: heads, panes, dialogs, and the one button of a lock screen. */
  size?: 'sm' | 'md' | 'lg' | 'xl';
  icon?: Glyph | undefined;
  /** An icon after the words, such as a chevron. */
  trailingIcon?: Glyph;
  keys?: Chord | undefined;
  /** Fills the width it is given; `start` aligns its words to the left then. */
  isWide?: boolean;
  align?: 'center' | 'start';
  ref?: Ref<HTMLButtonElement>;
}

/** Does something when pressed. Its keys are drawn as caps and announced as its shortcut. */
export function Button({
  children, variant = 'default', size = 'md', icon, trailingIcon, keys, isWide, align = 'center', ...rest
}: ButtonProps) {
  const iconSize = size === 'sm' ? 14 : 16;
  return (
    <AriaButton
      {...rest}
      {...(keys && { render: (dom) => <button {...dom} aria-keyshortcuts={ariaKeyShortcuts(keys)} /> })}
      className={classNames(css.button, css[variant], css[size], isWide && css.wide, align === 'start' && css.start)}
    >
      {icon && <Icon glyph={icon} size={iconSize} />}
      {children}
      {trailingIcon && <Icon glyph={trailingIcon} size={14} />}
      {keys && <KeyCaps keys={keys} isDecorative />}
    </AriaButton>
  );
}

/** Props of IconButton. `label` is its name and its tooltip. */
export interface IconButtonProps extends Omit<PressProps, 'aria-label'> {
  label: string;
  icon: Glyph;
  size?: 'sm' | 'md';
  keys?: Chord | undefined;
  placement?: TipPlacement;
  ref?: Ref<HTMLButtonElement>;
}

/** A button that shows only an icon; its name and its keys appear as a tooltip. */
export function IconButton({ label, icon, size = 'md', keys, placement = 'bottom', ...rest }: IconButtonProps) {
  return (
    <Tip text={label} placement={placement} keys={keys}>
      <AriaButton
        {...rest}
        aria-label={label}
        {...(keys && { render: (dom) => <button {...dom} aria-keyshortcuts={ariaKeyShortcuts(keys)} /> })}
        className={classNames(css.button, css.icon, css[size])}
      >
        <Icon glyph={icon} />
      </AriaButton>
    </Tip>
  );
}

/** Props of LinkButton. */
export interface LinkButtonProps extends PressProps {
  children: ReactNode;
  ref?: Ref<HTMLButtonElement>;
}

/** A button that reads as part of a sentence. */
export function LinkButton({ children, ...rest }: LinkButtonProps) {
  return <AriaButton {...rest} className={classNames(css.link)}>{children}</AriaButton>;
}
