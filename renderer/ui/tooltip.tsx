import type { ReactElement } from 'react';
import { Tooltip, TooltipTrigger } from 'react-aria-components/Tooltip';
import { classNames } from './class-names.ts';
import { type Chord, KeyCaps } from './kbd.tsx';
import css from './tooltip.module.css';

/** Side of the control on which a tooltip appears when there is room. */
export type TipPlacement = 'top' | 'bottom' | 'left' | 'right';

/** Props of Tip. The child must be one focusable control of this kit. */
export interface TipProps {
  text: string;
  keys?: Chord | undefined;
  placement?: TipPlacement;
  children: ReactElement;
}

/** Shows a control's name and keys after 600 ms under the pointer, or at once when the keyboard focuses it. */
export function Tip({ text, keys, placement = 'bottom', children }: TipProps) {
  return (
    <TooltipTrigger delay={600} closeDelay={0}>
      {children}
      <Tooltip className={classNames(css.tip)} placement={placement} offset={6} containerPadding={24}>
        {text}
        {keys && <KeyCaps keys={keys} />}
      </Tooltip>
    </TooltipTrigger>
  );
}
