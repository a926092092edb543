import type { ReactNode } from 'react';
import { SwitchButton, SwitchField, type SwitchFieldProps } from 'react-aria-components/Switch';
import { classNames } from './class-names.ts';
import css from './switch.module.css';

/** Props of Switch, beside those of react-aria's SwitchField (isSelected, onChange, isDisabled). */
export interface SwitchProps extends Omit<SwitchFieldProps, 'children' | 'className' | 'style' | 'render'> {
  children: ReactNode;
  detail?: ReactNode;
}

/** A setting that takes effect at once. */
export function Switch({ children, detail, ...rest }: SwitchProps) {
  return (
    <SwitchField {...rest} className={classNames(css.field)}>
      <SwitchButton className={classNames(css.row)}>
        <span className={css.words}>{children}{detail && <span className={css.detail}>{detail}</span>}</span>
        <span className={css.track} aria-hidden="true"><span className={css.thumb} /></span>
      </SwitchButton>
    </SwitchField>
  );
}
