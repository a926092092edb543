import type { ReactNode } from 'react';
import { Label } from 'react-aria-components/Label';
import { RadioButton, RadioField, RadioGroup as AriaRadioGroup } from 'react-aria-components/RadioGroup';
import { classNames } from './class-names.ts';
import { type Chord, KeyCaps } from './kbd.tsx';
import css from './radio-group.module.css';

/** One of the choices of a group. */
export interface RadioOption<Id extends string> {
  id: Id;
  text: string;
  detail?: ReactNode;
  keys?: Chord | undefined;
  isDisabled?: boolean | undefined;
}

/** Props of RadioGroup and VerdictGroup. `value` null means that none is chosen yet. */
export interface RadioGroupProps<Id extends string> {
  label: string;
  isLabelHidden?: boolean | undefined;
  options: readonly RadioOption<Id>[];
  value: Id | null;
  onChange: (id: Id) => void;
  isDisabled?: boolean | undefined;
}

/** One of several, each on a line of its own. */
export function RadioGroup<Id extends string>(props: RadioGroupProps<Id>) {
  return (
    <Group {...props} className={css.lines}>
      {(option) => (
        <>
          <span className={css.dot} aria-hidden="true" />
          <span>{option.text}</span>
          {option.detail && <span className={css.detail}>{option.detail}</span>}
          {option.keys && <span className={css.keys}><KeyCaps keys={option.keys} isDecorative /></span>}
        </>
      )}
    </Group>
  );
}

/** One of a few as wide buttons with their keys, 32 px high: how a document is coded. */
export function VerdictGroup<Id extends string>(props: RadioGroupProps<Id>) {
  return (
    <Group {...props} className={css.verdicts}>
      {(option) => (
        <>
          {option.text}
          {option.keys && <KeyCaps keys={option.keys} isDecorative />}
        </>
      )}
    </Group>
  );
}

function Group<Id extends string>({
  label, isLabelHidden, options, value, onChange, isDisabled = false, className, children,
}: RadioGroupProps<Id> & { className: string | undefined; children: (option: RadioOption<Id>) => ReactNode }) {
  const choose = (id: string) => {
    const chosen = options.find((option) => option.id === id);
    if (chosen) onChange(chosen.id);
  };
  return (
    <AriaRadioGroup
      className={classNames(css.group)}
      value={value}
      onChange={choose}
      isDisabled={isDisabled}
      {...(isLabelHidden && { 'aria-label': label })}
    >
      {!isLabelHidden && <Label className={classNames(css.label)}>{label}</Label>}
      <div className={className}>
        {options.map((option) => (
          <RadioField key={option.id} value={option.id} isDisabled={option.isDisabled ?? false} className={classNames(css.field)}>
            <RadioButton className={classNames(css.choice)}>{children(option)}</RadioButton>
          </RadioField>
        ))}
      </div>
    </AriaRadioGroup>
  );
}
