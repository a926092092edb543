import type { ReactElement, ReactNode } from 'react';
import { Dialog, DialogTrigger } from 'react-aria-components/Dialog';
import { Popover as AriaPopover, type PopoverProps as AriaPopoverProps } from 'react-aria-components/Popover';
import { classNames } from './class-names.ts';
import css from './popover.module.css';

/** Where a floating surface opens from its trigger; it flips when there is no room. */
export type PopoverPlacement = NonNullable<AriaPopoverProps['placement']>;

/** Props of FloatingSurface. */
export interface FloatingSurfaceProps {
  children: ReactNode;
  placement?: PopoverPlacement;
  /** At least as wide as its trigger, for selects. */
  isTriggerWide?: boolean;
}

/** The raised surface of every menu, select and popover. It stays inside the banners and below them in the stack. */
export function FloatingSurface({ children, placement = 'bottom start', isTriggerWide }: FloatingSurfaceProps) {
  return (
    <AriaPopover
      className={classNames(css.surface, isTriggerWide && css.triggerWide)}
      placement={placement}
      offset={4}
      containerPadding={24}
    >
      {children}
    </AriaPopover>
  );
}

/** Props of Popover. `trigger` is a button of this kit; `label` names the popover for assistive technology. */
export interface PopoverProps {
  label: string;
  trigger: ReactElement;
  children: ReactNode | ((close: () => void) => ReactNode);
  placement?: PopoverPlacement;
  isOpen?: boolean;
  onOpenChange?: (isOpen: boolean) => void;
}

/** Shows something beside the button that was pressed, without taking the window away. Escape and a press outside close it. */
export function Popover({ label, trigger, children, placement = 'bottom start', ...open }: PopoverProps) {
  return (
    <DialogTrigger {...open}>
      {trigger}
      <FloatingSurface placement={placement}>
        <Dialog aria-label={label} className={classNames(css.body)}>
          {({ close }) => (typeof children === 'function' ? children(close) : children)}
        </Dialog>
      </FloatingSurface>
    </DialogTrigger>
  );
}
