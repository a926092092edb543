import type { ReactNode } from 'react';
import { CheckboxButton, CheckboxField, type CheckboxFieldProps } from 'react-aria-components/Checkbox';
import Check from 'lucide-react/icons/check';
import Minus from 'lucide-react/icons/minus';
import css from './checkbox.module.css';
import { classNames } from './class-names.ts';
import { Icon } from './icon.tsx';
import { type Chord, KeyCaps } from './kbd.tsx';

/** Props of Checkbox, beside those of react-aria's CheckboxField (isSelected, onChange, isDisabled, value). */
export interface CheckboxProps extends Omit<CheckboxFieldProps, 'children' | 'className' | 'style' | 'render'> {
  children: ReactNode;
  /** Said after the words, quieter: what it covers, how many. */
  detail?: ReactNode;
  keys?: Chord | undefined;
  /** A facet value that is taken out: a red minus and struck words instead of a tick. */
  isExcluded?: boolean | undefined;
}

/** A choice that is on or off, in a row 28 px high that is pressed as a whole. */
export function Checkbox({ children, detail, keys, isExcluded = false, ...rest }: CheckboxProps) {
  return (
    <CheckboxField {...rest} className={classNames(css.field)}>
      <CheckboxButton className={classNames(css.row, isExcluded && css.excluded)}>
        {({ isSelected, isIndeterminate }) => (
          <>
            <CheckMark isOn={isSelected} isMixed={isIndeterminate || isExcluded} />
            <span className={css.words}>{children}</span>
            {detail && <span className={css.detail}>{detail}</span>}
            {keys && <span className={css.keys}><KeyCaps keys={keys} isDecorative /></span>}
          </>
        )}
      </CheckboxButton>
    </CheckboxField>
  );
}

/** The 16 px box of a checkbox, drawn only; for rows that carry their own role. */
export function CheckMark({ isOn, isMixed = false }: { isOn: boolean; isMixed?: boolean }) {
  return (
    <span className={classNames(css.mark, isOn && css.on, isMixed && css.mixed)} aria-hidden="true">
      {isMixed ? <Icon glyph={Minus} size={12} /> : isOn && <Icon glyph={Check} size={12} />}
    </span>
  );
}
