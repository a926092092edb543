import { type KeyboardEvent, useState } from 'react';
import { Button as AriaButton } from 'react-aria-components/Button';
import { Input } from 'react-aria-components/Input';
import { TextField as AriaTextField } from 'react-aria-components/TextField';
import ArrowBigUpDash from 'lucide-react/icons/arrow-big-up-dash';
import Check from 'lucide-react/icons/check';
import Eye from 'lucide-react/icons/eye';
import EyeOff from 'lucide-react/icons/eye-off';
import { classNames } from './class-names.ts';
import { FieldFrame, type TextFieldProps, validationBehavior } from './field.tsx';
import css from './field.module.css';
import { Icon } from './icon.tsx';

/** Props of PassphraseField. `autoComplete` is always off: nothing may keep what is typed here. */
export interface PassphraseFieldProps
  extends Omit<TextFieldProps, 'type' | 'icon' | 'suffix' | 'isMono' | 'keys' | 'size' | 'autoComplete'> {
  /** A short word inside the field when what is typed matches what it must match, such as "same". */
  confirmed?: string | null;
}

/** A secret: hidden until shown, 36 px high, and warns while Caps Lock is on. */
export function PassphraseField({
  label, isLabelHidden = false, hint, error, placeholder = '', inputRef, confirmed, onKeyDown, onKeyUp, onBlur, ...rest
}: PassphraseFieldProps) {
  const [isShown, setShown] = useState(false);
  const [isCapsOn, setCapsOn] = useState(false);
  const noteCaps = (event: Pick<KeyboardEvent, 'getModifierState'>) => setCapsOn(event.getModifierState('CapsLock'));
  return (
    <AriaTextField
      {...rest}
      type={isShown ? 'text' : 'password'}
      autoComplete="off"
      spellCheck="false"
      isInvalid={Boolean(error)}
      validationBehavior={validationBehavior}
      className={classNames(css.field)}
      onKeyDown={(event) => { noteCaps(event); onKeyDown?.(event); }}
      onKeyUp={(event) => { noteCaps(event); onKeyUp?.(event); }}
      onBlur={(event) => { setCapsOn(false); onBlur?.(event); }}
    >
      <FieldFrame {...{ label, isLabelHidden, hint, error }}>
        <div className={classNames(css.box, css.lg)}>
          <Input ref={inputRef} className={classNames(css.input)} placeholder={placeholder} />
          {confirmed && <span className={css.confirmed}><Icon glyph={Check} size={14} /> {confirmed}</span>}
          <AriaButton
            className={classNames(css.inner)}
            aria-label={isShown ? `Hide ${label}` : `Show ${label}`}
            aria-pressed={isShown}
            onPress={() => setShown(!isShown)}
          >
            <Icon glyph={isShown ? EyeOff : Eye} size={14} />{isShown ? 'Hide' : 'Show'}
          </AriaButton>
        </div>
        <div role="status">
          {isCapsOn && <p className={css.warn}><Icon glyph={ArrowBigUpDash} size={14} />Caps Lock is on</p>}
        </div>
      </FieldFrame>
    </AriaTextField>
  );
}
