import type { ReactNode, Ref } from 'react';
import { Button as AriaButton } from 'react-aria-components/Button';
import { FieldError } from 'react-aria-components/FieldError';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { SearchField as AriaSearchField, type SearchFieldProps as AriaSearchFieldProps } from 'react-aria-components/SearchField';
import { Text as AriaText } from 'react-aria-components/Text';
import { TextArea as AriaTextArea } from 'react-aria-components/TextArea';
import { TextField as AriaTextField, type TextFieldProps as AriaTextFieldProps } from 'react-aria-components/TextField';
import CircleAlert from 'lucide-react/icons/circle-alert';
import Search from 'lucide-react/icons/search';
import X from 'lucide-react/icons/x';
import { classNames } from './class-names.ts';
import css from './field.module.css';
import { type Glyph, Icon } from './icon.tsx';
import { type Chord, KeyCaps } from './kbd.tsx';

/** What every field says about itself. A field always has a label, drawn or only spoken. */
export interface FieldFrameProps {
  label: string;
  isLabelHidden?: boolean | undefined;
  hint?: ReactNode;
  /** What is wrong and what would be right; null or absent when nothing is. */
  error?: ReactNode;
  /** The key that moves focus into the field, drawn beside its label. */
  keys?: Chord | undefined;
}

/** Label above, control, then the error or the hint. For fields made elsewhere in the kit. */
export function FieldFrame({ label, isLabelHidden, hint, error, keys, children }: FieldFrameProps & { children: ReactNode }) {
  return (
    <>
      <Label className={classNames(isLabelHidden ? css.hiddenLabel : css.label)}>
        {label}{keys && <> <KeyCaps keys={keys} isDecorative /></>}
      </Label>
      {children}
      {error
        ? <FieldError className={classNames(css.error)}><Icon glyph={CircleAlert} size={14} /><span>{error}</span></FieldError>
        : hint && <AriaText slot="description" className={classNames(css.hint)}>{hint}</AriaText>}
    </>
  );
}

/** Errors are told, and do not bar the form: the browser's own check would refuse to send a field again while its last error stands. */
export const validationBehavior = 'aria';

type BareTextProps = Omit<AriaTextFieldProps, 'children' | 'className' | 'style' | 'isInvalid' | 'validationBehavior' | 'render' | 'aria-label'>;

/** Props of TextField, beside those of react-aria's TextField (value, onChange, isDisabled, autoFocus, type, name). */
export interface TextFieldProps extends BareTextProps, FieldFrameProps {
  placeholder?: string | undefined;
  /** 28 px in panes, 36 px in dialogs and on a screen of its own. */
  size?: 'md' | 'lg';
  isMono?: boolean;
  icon?: Glyph | undefined;
  /** What stands inside the field at its end: a unit, a button, a word. */
  suffix?: ReactNode;
  inputRef?: Ref<HTMLInputElement>;
}

/** One line of text. */
export function TextField({
  label, isLabelHidden, hint, error, keys, placeholder = '', size = 'md', isMono, icon, suffix, inputRef, ...rest
}: TextFieldProps) {
  return (
    <AriaTextField {...rest} isInvalid={Boolean(error)} validationBehavior={validationBehavior} className={classNames(css.field)}>
      <FieldFrame {...{ label, isLabelHidden, hint, error, keys }}>
        <div className={classNames(css.box, css[size], isMono && css.mono)}>
          {icon && <Icon glyph={icon} tone="quiet" />}
          <Input ref={inputRef} className={classNames(css.input)} placeholder={placeholder} />
          {suffix}
        </div>
      </FieldFrame>
    </AriaTextField>
  );
}

// The area sizes itself to its content, which leaves `rows` without effect on its own.
const lineHeightPx = 20;
const areaPaddingPx = 14;

/** Props of TextArea. */
export interface TextAreaProps extends BareTextProps, FieldFrameProps {
  placeholder?: string | undefined;
  rows?: number;
  inputRef?: Ref<HTMLTextAreaElement>;
}

/** Several lines of text, `rows` high (2 unless told); it grows with what is typed, up to ten lines. */
export function TextArea({ label, isLabelHidden, hint, error, keys, placeholder = '', rows = 2, inputRef, ...rest }: TextAreaProps) {
  return (
    <AriaTextField {...rest} isInvalid={Boolean(error)} validationBehavior={validationBehavior} className={classNames(css.field)}>
      <FieldFrame {...{ label, isLabelHidden, hint, error, keys }}>
        <AriaTextArea
          ref={inputRef}
          rows={rows}
          className={classNames(css.area)}
          style={{ minHeight: rows * lineHeightPx + areaPaddingPx }}
          placeholder={placeholder}
        />
      </FieldFrame>
    </AriaTextField>
  );
}

/** Props of SearchField, beside those of react-aria's SearchField (value, onChange, onSubmit, onClear). */
export interface SearchFieldProps
  extends Omit<AriaSearchFieldProps, 'children' | 'className' | 'style' | 'isInvalid' | 'validationBehavior' | 'render' | 'aria-label'>, FieldFrameProps {
  placeholder?: string | undefined;
  /** Mono type, for a query language. */
  isMono?: boolean;
  inputRef?: Ref<HTMLInputElement>;
}

/** A query: Enter submits, Escape clears. Its key is drawn inside while it is empty. */
export function SearchField({ label, isLabelHidden = true, hint, error, keys, placeholder = '', isMono, inputRef, ...rest }: SearchFieldProps) {
  return (
    <AriaSearchField {...rest} isInvalid={Boolean(error)} validationBehavior={validationBehavior} className={classNames(css.field, css.search)}>
      <FieldFrame {...{ label, hint, error, isLabelHidden }}>
        <div className={classNames(css.box, css.md, isMono && css.mono)}>
          <Icon glyph={Search} tone="quiet" size={14} />
          <Input ref={inputRef} className={classNames(css.input)} placeholder={placeholder} />
          {keys && <span className={css.searchKeys}><KeyCaps keys={keys} isDecorative /></span>}
          <AriaButton className={classNames(css.inner)} aria-label="Clear"><Icon glyph={X} size={14} /></AriaButton>
        </div>
      </FieldFrame>
    </AriaSearchField>
  );
}
