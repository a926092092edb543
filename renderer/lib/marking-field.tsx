import type { ReactNode } from 'react';
import type { Marking } from '../../preload/contract/domains/basics.ts';
import { ComboField, MarkingChip } from '../ui/index.ts';
import css from './marking-field.module.css';
import { useMarkingReading } from './marking-reading.ts';
import { useRoute } from './queries.ts';
import { TextFaultLine } from './text-fault-line.tsx';

/** Props of MarkingField. */
export interface MarkingFieldProps {
  label: string;
  value: string;
  onChange: (text: string) => void;
  /** Offers only what this marking covers; null offers all. Anything else may still be typed. */
  within?: Marking | null;
  hint?: ReactNode;
  /** What is wrong beside the text's own grammar; it goes before that. */
  error?: ReactNode;
  size?: 'md' | 'lg';
  isReadOnly?: boolean;
  isDisabled?: boolean;
  autoFocus?: boolean;
}

/**
 * A marking as free text, in any form and of any scheme, with the usual ones offered. It is read while it is typed: what it was read as
 * stands below, or what is wrong, at its character. Whoever sends it reads it again; useMarkingReading tells a form the same.
 */
export function MarkingField({ label, value, onChange, within = null, hint, error, size = 'lg', isReadOnly = false, isDisabled = false, autoFocus = false }: MarkingFieldProps) {
  const reading = useMarkingReading(value);
  const offered = useRoute('vault.markings', { within }).data?.markings ?? [];
  const wrong = reading.kind === 'wrong' ? <TextFaultLine text={value} message={reading.message} at={reading.at} /> : null;
  return (
    <ComboField
      {...{ label, value, onChange, size, isReadOnly, isDisabled, autoFocus }}
      isMono
      maxLength={2000}
      suggestions={offered.map(({ banner, portion }) => ({ text: banner, detail: portion }))}
      error={error ?? wrong}
      hint={(
        <span className={css.hint}>
          {hint !== undefined && <span>{hint}</span>}
          <span className={css.read} role="status">
            {reading.kind === 'read' && <>Read as <MarkingChip level={reading.view.tone} text={reading.view.banner} /> <span className={css.portion}>{reading.view.portion}</span></>}
            {reading.kind === 'empty' && 'Nothing is written yet.'}
          </span>
        </span>
      )}
    />
  );
}
