import { useEffect, useRef, useState } from 'react';
import { queryClient, useRoute } from '../../lib/queries.ts';
import { MarkingField } from '../../lib/marking-field.tsx';
import { useMarkingReading } from '../../lib/marking-reading.ts';
import { Button, Notice, RadioGroup, Skeleton } from '../../ui/index.ts';
import type { Draft } from './draft.ts';
import { OtherVaultButton } from './other-vault.tsx';
import { StepFrame } from './step-frame.tsx';
import css from './vault.module.css';

/** Props of the first step. */
export interface StepSystemHighProps {
  readonly draft: Draft;
  readonly onChange: (part: Partial<Draft>) => void;
  readonly onNext: () => void;
}

/** Chooses the highest marking that this vault may hold. */
export function StepSystemHigh({ draft, onChange, onNext }: StepSystemHighProps) {
  const markings = useRoute('vault.markings', {});
  const [fault, setFault] = useState<string | null>(null);
  const list = markings.data?.markings ?? [];
  const isListed = list.some((view) => view.banner === draft.systemHigh);
  const [written, setWritten] = useState('');
  const reading = useMarkingReading(written);
  // What is written is chosen as soon as it can be read, and no longer when it cannot.
  const chosen = reading.kind === 'empty' ? undefined : reading.kind === 'read' ? reading.view.banner : null;
  const change = useRef(onChange);
  change.current = onChange;
  useEffect(() => {
    if (chosen !== undefined) change.current({ systemHigh: chosen });
  }, [chosen]);
  return (
    <StepFrame
      title="How high may this vault go?"
      lead="System high is the highest marking that this computer and this vault are accredited for. It stands in the banner at all times. No case can be marked above it, and a document whose marking is missing or cannot be read counts as its case’s own."
      nextText="Go on"
      isReady={draft.systemHigh !== null}
      onNext={onNext}
      other={<OtherVaultButton onFault={setFault}>Open a vault that exists</OtherVaultButton>}
    >
      <div className={css.block}>
        {markings.isPending && <Skeleton label="Reading the list of markings" />}
        {markings.error !== null && (
          <Notice
            kind="danger"
            live="alert"
            meaning={markings.error.message}
            action={<Button size="sm" onPress={() => { void queryClient.invalidateQueries({ queryKey: ['vault.markings'] }); }}>Try again</Button>}
          >
            The list of markings could not be read.
          </Notice>
        )}
        {list.length > 0 && (
          <RadioGroup
            label="System high"
            options={list.map((view) => ({ id: view.banner, text: view.banner }))}
            value={isListed ? draft.systemHigh : null}
            onChange={(banner) => {
              setWritten('');
              onChange({ systemHigh: banner });
            }}
          />
        )}
        <MarkingField label="Or another" value={written} onChange={setWritten} hint="With every control that this computer is accredited for, such as TOP SECRET//SI/TK//ORCON/NOFORN." />
        <p className={css.hint}>It cannot be changed later: a vault that is to go higher is made anew.</p>
        {fault !== null && <Notice kind="danger" live="alert" meaning={fault}>No other vault was opened.</Notice>}
      </div>
    </StepFrame>
  );
}
