import { Button as AriaButton } from 'react-aria-components/Button';
import { ComboBox } from 'react-aria-components/ComboBox';
import { Input } from 'react-aria-components/Input';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import ChevronDown from 'lucide-react/icons/chevron-down';
import { classNames } from './class-names.ts';
import css from './combo-field.module.css';
import { FieldFrame, type FieldFrameProps, validationBehavior } from './field.tsx';
import fieldCss from './field.module.css';
import { Icon } from './icon.tsx';
import { FloatingSurface } from './popover.tsx';

/** A text that may be taken as it is. `detail` stands after it, quieter. */
export interface Suggestion {
  text: string;
  detail?: string | undefined;
}

/** Props of ComboField. */
export interface ComboFieldProps extends FieldFrameProps {
  value: string;
  onChange: (text: string) => void;
  suggestions: readonly Suggestion[];
  size?: 'md' | 'lg';
  isMono?: boolean;
  isReadOnly?: boolean;
  isDisabled?: boolean;
  autoFocus?: boolean;
  maxLength?: number | undefined;
  placeholder?: string;
}

/** One line of any text, with a list of usual ones: typing narrows it, the down arrow opens it, Enter takes one, Escape leaves the text as typed. */
export function ComboField({
  label, isLabelHidden, hint, error, keys, value, onChange, suggestions, size = 'md', isMono, maxLength, placeholder = '', ...rest
}: ComboFieldProps) {
  return (
    <ComboBox
      {...rest}
      allowsCustomValue
      allowsEmptyCollection={false}
      inputValue={value}
      onInputChange={onChange}
      defaultItems={suggestions}
      isInvalid={Boolean(error)}
      validationBehavior={validationBehavior}
      className={classNames(fieldCss.field, css.combo)}
    >
      <FieldFrame {...{ label, isLabelHidden, hint, error, keys }}>
        <div className={classNames(fieldCss.box, fieldCss[size], isMono && fieldCss.mono)}>
          <Input className={classNames(fieldCss.input)} placeholder={placeholder} autoComplete="off" spellCheck="false" maxLength={maxLength} />
          <AriaButton className={classNames(fieldCss.inner)}><Icon glyph={ChevronDown} size={14} tone="quiet" /></AriaButton>
        </div>
      </FieldFrame>
      <FloatingSurface isTriggerWide>
        <ListBox<Suggestion> className={classNames(css.list)}>
          {({ text, detail }) => (
            <ListBoxItem id={text} textValue={text} className={classNames(css.option)}>
              <span>{text}</span>
              {detail !== undefined && <span className={css.detail}>{detail}</span>}
            </ListBoxItem>
          )}
        </ListBox>
      </FloatingSurface>
    </ComboBox>
  );
}
