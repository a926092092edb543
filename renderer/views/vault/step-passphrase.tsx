import { useEffect, useEffectEvent, useState } from 'react';
import { call } from '../../lib/client.ts';
import { isGoodPassphrase, NewPassphraseFields } from '../../lib/new-passphrase.tsx';
import { usePassphraseStrength } from '../../lib/passphrase-strength.ts';
import { Button, Notice, Skeleton, TextField } from '../../ui/index.ts';
import { CodeCard } from './code-card.tsx';
import { type Draft, hasProvenCode } from './draft.ts';
import { isGroup, readTyped } from './recovery-code.ts';
import { StepFrame } from './step-frame.tsx';
import css from './vault.module.css';

/** Props of the second step. */
export interface StepPassphraseProps {
  readonly draft: Draft;
  readonly onChange: (part: Partial<Draft>) => void;
  readonly onBack: () => void;
  readonly onNext: () => void;
}

/** Sets the passphrase and hands over the recovery code; goes on only when the person has shown that the code is in hand. */
export function StepPassphrase({ draft, onChange, onBack, onNext }: StepPassphraseProps) {
  const { strength, fault } = usePassphraseStrength(draft.passphrase.first);
  const [codeFault, setCodeFault] = useState<string | null>(null);
  const drawCode = (): void => {
    setCodeFault(null);
    call('vault.draft-recovery-code', {}).then(
      ({ groups }) => onChange({ code: groups }),
      (error: unknown) => setCodeFault(error instanceof Error ? error.message : String(error)),
    );
  };
  // Drawn once: coming back to this step shows the same code.
  const drawIfAbsent = useEffectEvent(() => { if (draft.code === null) drawCode(); });
  useEffect(() => { drawIfAbsent(); }, []);
  const [first, second] = draft.asked;
  return (
    <StepFrame
      title="Create a vault"
      lead="Everything you ingest, code and write is kept in it, encrypted. There is no reset: without the passphrase or the recovery code nobody can open it, its makers included."
      nextText="Go on"
      isReady={isGoodPassphrase(draft.passphrase, strength) && hasProvenCode(draft)}
      onNext={onNext}
      beside={draft.code !== null && <Proof draft={draft} onChange={onChange} />}
      other={<Button variant="ghost" size="lg" onPress={onBack}>Back</Button>}
    >
      <div className={css.fields}>
        <NewPassphraseFields
          label="Passphrase"
          value={draft.passphrase}
          onChange={(passphrase) => onChange({ passphrase })}
          strength={strength}
          fault={fault}
          autoFocus
        />
      </div>
      <section className={css.block} aria-label="Recovery code">
        <h2 className={css.blockHead}>Recovery code</h2>
        {draft.code === null && codeFault === null && <Skeleton label="Drawing a code" lines={[90, 90]} />}
        {codeFault !== null && (
          <Notice kind="danger" live="alert" meaning={codeFault} action={<Button size="sm" onPress={drawCode}>Try again</Button>}>No code could be drawn.</Notice>
        )}
        {draft.code !== null && <CodeCard groups={draft.code} vaultName={draft.vaultName} marking={draft.systemHigh ?? ''} />}
      </section>
      {draft.code !== null && (
        <h2 className={css.proofHead} id="proof-of-code">Type groups {first + 1} and {second + 1} to show that you have it</h2>
      )}
    </StepFrame>
  );
}

function Proof({ draft, onChange }: Pick<StepPassphraseProps, 'draft' | 'onChange'>) {
  return (
    <div className={css.proof} role="group" aria-labelledby="proof-of-code">
      {draft.asked.map((position, index) => {
        const typed = draft.typed[index] ?? '';
        const isWrong = readTyped(typed).length >= 4 && !isGroup(typed, draft.code?.[position] ?? '');
        return (
          <div key={position} className={css.proofField}>
            <TextField
              label={`Group ${position + 1}`}
              isLabelHidden
              size="lg"
              isMono
              autoComplete="off"
              spellCheck="false"
              placeholder={`group ${position + 1}`}
              value={typed}
              onChange={(text) => onChange({ typed: index === 0 ? [text, draft.typed[1]] : [draft.typed[0], text] })}
              error={isWrong ? 'Not this group' : null}
            />
          </div>
        );
      })}
    </div>
  );
}
