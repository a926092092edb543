import { useState } from 'react';
import { call, EngineError } from '../../lib/client.ts';
import { useEngineState } from '../../lib/engine-state.ts';
import { keyOf, queryClient } from '../../lib/queries.ts';
import { withSecretBytes } from '../../lib/secret-bytes.ts';
import { Steps } from '../../ui/index.ts';
import { type Draft, emptyDraft } from './draft.ts';
import { codeText, drawTwo } from './recovery-code.ts';
import { StepCase } from './step-case.tsx';
import { StepNames } from './step-names.tsx';
import { StepPassphrase } from './step-passphrase.tsx';
import { StepSystemHigh } from './step-system-high.tsx';
import css from './vault.module.css';

const steps = ['System high', 'Passphrase and code', 'You and this device', 'First case'] as const;

/** Makes a vault in four steps. Nothing is written before the end of the third; what was typed stays when something fails. */
export function FirstRun({ folderName }: { folderName: string }) {
  const [step, setStep] = useState(0);
  const [draft, setDraft] = useState<Draft>(() => emptyDraft(folderName, drawTwo()));
  const [isCreating, setCreating] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const change = (part: Partial<Draft>): void => setDraft((before) => ({ ...before, ...part }));

  const create = async (): Promise<void> => {
    const { systemHigh, code, person, device, vaultName } = draft;
    if (systemHigh === null || code === null) return;
    setCreating(true);
    setFault(null);
    // The engine reports the vault open before it answers; the window waits for the last step all the same.
    useEngineState.setState({ settingUp: true });
    try {
      const status = await withSecretBytes(draft.passphrase.first, (passphrase) => call('vault.create', {
        name: vaultName, passphrase, recoveryCode: codeText(code), systemHigh, person, device,
      }));
      queryClient.setQueryData(keyOf('vault.status', {}), status);
      setDraft(emptyDraft(folderName, [0, 1])); // the secrets are not needed any more
      setStep(3);
    } catch (error) {
      useEngineState.setState({ settingUp: false });
      setFault(error instanceof EngineError ? `${error.message} (${error.code})` : String(error));
    } finally {
      setCreating(false);
    }
  };
  const finish = (): void => {
    useEngineState.setState({ settingUp: false });
    void queryClient.invalidateQueries();
  };
  return (
    <div className={css.stage}>
      <div className={css.setup}>
        <Steps steps={steps} current={step} />
        {step === 0 && <StepSystemHigh draft={draft} onChange={change} onNext={() => setStep(1)} />}
        {step === 1 && <StepPassphrase draft={draft} onChange={change} onBack={() => setStep(0)} onNext={() => setStep(2)} />}
        {step === 2 && (
          <StepNames draft={draft} onChange={change} onBack={() => setStep(1)} onCreate={() => { void create(); }} isCreating={isCreating} fault={fault} />
        )}
        {step === 3 && <StepCase onDone={finish} />}
      </div>
    </div>
  );
}
