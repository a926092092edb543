import { Button, Notice, TextField } from '../../ui/index.ts';
import { type Draft, hasNames } from './draft.ts';
import { StepFrame } from './step-frame.tsx';
import css from './vault.module.css';

/** Props of the third step. */
export interface StepNamesProps {
  readonly draft: Draft;
  readonly onChange: (part: Partial<Draft>) => void;
  readonly onBack: () => void;
  readonly onCreate: () => void;
  readonly isCreating: boolean;
  /** Why the vault was not created; null when it was not tried or is being tried. */
  readonly fault: string | null;
}

/** Names the person, the device and the vault, and creates it. */
export function StepNames({ draft, onChange, onBack, onCreate, isCreating, fault }: StepNamesProps) {
  return (
    <StepFrame
      title="You and this device"
      lead="Every decision and note carries the name of the person who made it and of the device it was made on, and so does the audit trail."
      nextText="Create vault"
      isReady={hasNames(draft) && !isCreating}
      onNext={onCreate}
      other={<Button variant="ghost" size="lg" onPress={onBack} isDisabled={isCreating}>Back</Button>}
    >
      <div className={css.fields}>
        <TextField
          label="Your name"
          size="lg"
          autoFocus
          maxLength={120}
          value={draft.person}
          onChange={(person) => onChange({ person })}
          isReadOnly={isCreating}
          hint="As colleagues will read it: a name, or a role with an initial."
        />
        <TextField
          label="This device"
          size="lg"
          maxLength={120}
          value={draft.device}
          onChange={(device) => onChange({ device })}
          isReadOnly={isCreating}
          hint="Tells this computer from the others that you work on."
        />
        <TextField
          label="Name of the vault"
          size="lg"
          maxLength={120}
          value={draft.vaultName}
          onChange={(vaultName) => onChange({ vaultName })}
          isReadOnly={isCreating}
          hint="Shown on the lock screen, so put nothing into it that must stay hidden."
        />
        <p className={css.trying} role="status">{isCreating && 'Making the keys, then the encrypted database. This takes a few seconds.'}</p>
        {fault !== null && <Notice kind="danger" live="alert" meaning="Nothing that you typed is lost.">{fault}</Notice>}
      </div>
    </StepFrame>
  );
}
