import { useId, useState } from 'react';
import { Button, Dialog, PassphraseField } from '../../ui/index.ts';

/** Props of PasswordDialog. */
export interface PasswordDialogProps {
  readonly onClose: () => void;
  /** Tries the held files of the job again; the password is tried on all that are encrypted. */
  readonly onRetry: (password: string) => void;
}

/** Asks for a password of files. It goes to the job and is kept nowhere; passwords that were given before are tried too. */
export function PasswordDialog({ onClose, onRetry }: PasswordDialogProps) {
  const formId = useId();
  const [password, setPassword] = useState('');
  const isReady = password !== '';
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title="Try again with a password"
      size="sm"
      footer={(
        <>
          <Button size="lg" variant="ghost" onPress={onClose}>Cancel</Button>
          <Button size="lg" variant="primary" type="submit" form={formId} isDisabled={!isReady}>Try again</Button>
        </>
      )}
    >
      <form
        id={formId}
        onSubmit={(event) => {
          event.preventDefault();
          if (!isReady) return;
          onRetry(password);
          onClose();
        }}
      >
        <PassphraseField
          label="Password of the files"
          hint="Tried on every held file of this job that is encrypted. It is not kept: after the vault is locked it must be given again."
          autoFocus
          maxLength={1024}
          value={password}
          onChange={setPassword}
        />
      </form>
    </Dialog>
  );
}
