import { useState } from 'react';
import { call, EngineError } from '../../lib/client.ts';
import { NewCaseFields, useNewCase } from '../../lib/new-case.tsx';
import { openCaseInWindow } from '../../lib/case-info.ts';
import { Button, Notice } from '../../ui/index.ts';
import { StepFrame } from './step-frame.tsx';
import css from './vault.module.css';

/** Creates the first case and opens it; the vault is there already, so this may be skipped. */
export function StepCase({ onDone }: { onDone: () => void }) {
  const draft = useNewCase();
  const [isCreating, setCreating] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const create = async (): Promise<void> => {
    setCreating(true);
    setFault(null);
    try {
      const created = await call('cases.create', { name: draft.name, marking: draft.marking });
      await openCaseInWindow(created.case);
      onDone();
    } catch (error) {
      setFault(error instanceof EngineError ? error.message : String(error));
      setCreating(false);
    }
  };
  return (
    <StepFrame
      title="First case"
      lead="The vault is made and open. A case holds one piece of work: its documents, decisions, questions and notes, encrypted under a key of its own."
      nextText="Create case"
      isReady={draft.isReady && !isCreating}
      onNext={() => { void create(); }}
      other={<Button variant="ghost" size="lg" onPress={onDone} isDisabled={isCreating}>Skip</Button>}
    >
      <div className={css.fields}>
        <NewCaseFields draft={draft} isReadOnly={isCreating} />
        {fault !== null && <Notice kind="danger" live="alert">{fault}</Notice>}
      </div>
    </StepFrame>
  );
}
