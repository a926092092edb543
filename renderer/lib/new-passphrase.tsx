import { useId } from 'react';
import { Notice, PassphraseField, Strength } from '../ui/index.ts';
import css from './new-passphrase.module.css';
import { leastBits, type PassphraseStrength } from './passphrase-strength.ts';

/** What has been typed into the two fields. */
export interface NewPassphrase {
  readonly first: string;
  readonly second: string;
}

/** Nothing typed yet. */
export const noPassphrase: NewPassphrase = { first: '', second: '' };

/** True when both fields hold the same, and it is strong enough. */
export function isGoodPassphrase({ first, second }: NewPassphrase, strength: PassphraseStrength | null): boolean {
  return first !== '' && first === second && strength !== null && strength.bits >= leastBits;
}

/** Props of NewPassphraseFields. `strength` and `fault` come from usePassphraseStrength over the first field. */
export interface NewPassphraseFieldsProps {
  readonly label: string;
  readonly value: NewPassphrase;
  readonly onChange: (value: NewPassphrase) => void;
  readonly strength: PassphraseStrength | null;
  readonly fault: string | null;
  readonly isDisabled?: boolean;
  readonly autoFocus?: boolean;
}

/** A new passphrase, typed twice, with how hard it is to guess. */
export function NewPassphraseFields({ label, value, onChange, strength, fault, isDisabled = false, autoFocus = false }: NewPassphraseFieldsProps) {
  const hintId = useId();
  const isSame = value.second !== '' && value.first === value.second;
  // Told only once as much has been typed, so that nobody is corrected in the middle of a word.
  const isOther = value.second.length >= value.first.length && value.second !== '' && !isSame;
  return (
    <>
      <div>
        <PassphraseField
          label={label}
          value={value.first}
          onChange={(first) => onChange({ ...value, first })}
          isDisabled={isDisabled}
          autoFocus={autoFocus}
          aria-describedby={hintId}
        />
        {strength !== null && (
          <Strength score={strength.score} word={strength.word} detail={`about ${strength.bits} bits`} />
        )}
        <p id={hintId} className={css.hint}>
          Six or more words that do not belong together; at least {leastBits} bits. Spaces count. Every keyboard that may be used to unlock
          needs these letters.
        </p>
        {fault !== null && <Notice kind="danger" live="alert" meaning={fault}>The strength cannot be estimated, so no passphrase can be set.</Notice>}
      </div>
      <PassphraseField
        label={`${label} again`}
        value={value.second}
        onChange={(second) => onChange({ ...value, second })}
        isDisabled={isDisabled}
        confirmed={isSame ? 'same' : null}
        error={isOther ? 'This is not the same as above.' : null}
      />
    </>
  );
}
