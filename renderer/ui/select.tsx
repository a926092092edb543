import type { ReactNode } from 'react';
import { Button as AriaButton } from 'react-aria-components/Button';
import { FieldError } from 'react-aria-components/FieldError';
import { Label } from 'react-aria-components/Label';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { Select as AriaSelect, SelectValue } from 'react-aria-components/Select';
import { Text as AriaText } from 'react-aria-components/Text';
import Check from 'lucide-react/icons/check';
import ChevronDown from 'lucide-react/icons/chevron-down';
import { classNames } from './class-names.ts';
import { validationBehavior } from './field.tsx';
import { type Glyph, Icon } from './icon.tsx';
import { FloatingSurface } from './popover.tsx';
import css from './select.module.css';

/** One choice of a select. `detail` stands after its text, quieter: a count, a ceiling. */
export interface SelectOption<Id extends string> {
  id: Id;
  text: string;
  detail?: string | undefined;
  icon?: Glyph | undefined;
  isDisabled?: boolean | undefined;
}

/** Props of Select. `value` null means that nothing is chosen and the placeholder is shown. */
export interface SelectProps<Id extends string> {
  label: string;
  options: readonly SelectOption<Id>[];
  value: Id | null;
  onChange: (id: Id) => void;
  /** title: the bold name at the start of a pane head. boxed: in forms, with its label. chip: in sub rows and tool rows. */
  variant?: 'title' | 'boxed' | 'chip';
  size?: 'md' | 'lg';
  placeholder?: string;
  icon?: Glyph | undefined;
  isDisabled?: boolean;
  hint?: ReactNode;
  /** For a list that a key opens. */
  isOpen?: boolean;
  onOpenChange?: (isOpen: boolean) => void;
  /** What is wrong and what would be right; null or absent when nothing is. */
  error?: ReactNode;
}

/** Chooses one of a few. The label is drawn in the boxed variant and spoken in the others. */
export function Select<Id extends string>({
  label, options, value, onChange, variant = 'boxed', size = 'md', placeholder = 'Choose', icon, isDisabled = false, hint, error, isOpen, onOpenChange,
}: SelectProps<Id>) {
  const isBoxed = variant === 'boxed';
  const choose = (key: unknown) => {
    const chosen = options.find((option) => option.id === key);
    if (chosen) onChange(chosen.id);
  };
  return (
    <AriaSelect
      className={classNames(css.select, isBoxed && css.form)}
      value={value}
      onChange={choose}
      placeholder={placeholder}
      isDisabled={isDisabled}
      {...(isOpen !== undefined && { isOpen })}
      {...(onOpenChange !== undefined && { onOpenChange })}
      isInvalid={Boolean(error)}
      validationBehavior={validationBehavior}
      {...(!isBoxed && { 'aria-label': label })}
    >
      {isBoxed && <Label className={classNames(css.label)}>{label}</Label>}
      <AriaButton className={classNames(css.button, css[variant], size === 'lg' && css.lg)}>
        {icon && <Icon glyph={icon} size={14} />}
        <SelectValue className={classNames(css.value)}>
          {({ selectedText, isPlaceholder }) => (isPlaceholder ? placeholder : selectedText)}
        </SelectValue>
        <Icon glyph={ChevronDown} size={14} tone="quiet" />
      </AriaButton>
      {error ? <FieldError className={classNames(css.error)}>{error}</FieldError> : hint && <AriaText slot="description" className={classNames(css.hint)}>{hint}</AriaText>}
      <FloatingSurface isTriggerWide>
        <ListBox className={classNames(css.list)} items={options}>
          {(option) => (
            <ListBoxItem
              id={option.id}
              textValue={option.text}
              isDisabled={option.isDisabled ?? false}
              className={classNames(css.option)}
            >
              {option.icon && <Icon glyph={option.icon} />}
              <span>{option.text}</span>
              {option.detail && <span className={css.detail}>{option.detail}</span>}
              <span className={css.tick}><Icon glyph={Check} /></span>
            </ListBoxItem>
          )}
        </ListBox>
      </FloatingSurface>
    </AriaSelect>
  );
}
