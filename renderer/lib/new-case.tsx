import { useState } from 'react';
import { TextField } from '../ui/index.ts';
import { MarkingField } from './marking-field.tsx';
import { useMarkingReading } from './marking-reading.ts';
import { useVaultFace } from './vault-status.ts';

/** A case about to be created. */
export interface NewCaseDraft {
  readonly name: string;
  readonly setName: (name: string) => void;
  /** As typed. */
  readonly marking: string;
  readonly setMarking: (marking: string) => void;
  readonly isReady: boolean;
}

/** Holds name and marking of a new case. The marking starts at the vault's system high: too high is safe, too low is not. */
export function useNewCase(): NewCaseDraft {
  const [name, setName] = useState('');
  const [written, setMarking] = useState<string | null>(null);
  const systemHigh = useVaultFace()?.systemHigh ?? null;
  const marking = written ?? systemHigh?.banner ?? '';
  const reading = useMarkingReading(marking);
  return { name, setName, marking, setMarking, isReady: name.trim() !== '' && reading.kind !== 'empty' && reading.kind !== 'wrong' };
}

/** The fields of a new case. */
export function NewCaseFields({ draft, isReadOnly = false }: { draft: NewCaseDraft; isReadOnly?: boolean }) {
  const ceiling = useVaultFace()?.systemHigh ?? null;
  return (
    <>
      <TextField label="Name of the case" size="lg" autoFocus maxLength={200} value={draft.name} onChange={draft.setName} isReadOnly={isReadOnly} />
      <MarkingField label="Marking" value={draft.marking} onChange={draft.setMarking} within={ceiling?.marking ?? null} isReadOnly={isReadOnly}
        hint="Not above the vault’s system high. Documents without a marking of their own are held as this, and no endpoint with a lower ceiling is sent anything from the case." />
    </>
  );
}
