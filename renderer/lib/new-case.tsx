import { useState } from 'react';
import type { MarkingView } from '../../preload/contract/domains/basics.ts';
import { Select, TextField } from '../ui/index.ts';
import { useRoute } from './queries.ts';
import { useVaultFace } from './vault-status.ts';

/** A case about to be created: what was chosen, and what may be. */
export interface NewCaseDraft {
  readonly name: string;
  readonly setName: (name: string) => void;
  readonly marking: MarkingView | null;
  readonly setMarking: (marking: MarkingView) => void;
  /** Those that the vault's system high covers, lowest first. */
  readonly allowed: readonly MarkingView[];
  readonly isReady: boolean;
}

/** Holds name and marking of a new case. The marking starts at the vault's system high: too high is safe, too low is not. */
export function useNewCase(): NewCaseDraft {
  const [name, setName] = useState('');
  const [chosen, setMarking] = useState<MarkingView | null>(null);
  const ceiling = useVaultFace()?.systemHigh ?? null;
  const allowed = useRoute('vault.markings', { within: ceiling?.marking ?? null }, { enabled: ceiling !== null }).data?.markings ?? [];
  const marking = chosen ?? ceiling;
  return { name, setName, marking, setMarking, allowed, isReady: name.trim() !== '' && marking !== null };
}

/** The fields of a new case. */
export function NewCaseFields({ draft, isReadOnly = false }: { draft: NewCaseDraft; isReadOnly?: boolean }) {
  return (
    <>
      <TextField label="Name of the case" size="lg" autoFocus maxLength={200} value={draft.name} onChange={draft.setName} isReadOnly={isReadOnly} />
      <Select
        label="Marking"
        size="lg"
        options={draft.allowed.map((view) => ({ id: view.banner, text: view.banner }))}
        value={draft.marking?.banner ?? null}
        onChange={(banner) => {
          const next = draft.allowed.find((view) => view.banner === banner);
          if (next !== undefined) draft.setMarking(next);
        }}
        isDisabled={isReadOnly}
        hint="Not above the vault’s system high. Documents without a marking of their own are held as this, and no endpoint with a lower ceiling is sent anything from the case."
      />
    </>
  );
}
