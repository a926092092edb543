import { type ReactElement, useDeferredValue } from 'react';
import ChevronDown from 'lucide-react/icons/chevron-down';
import type { Marking } from '../../preload/contract/domains/basics.ts';
import type { ReadMarking } from '../../preload/contract/domains/markings.ts';
import { IconButton, Menu, TextField } from '../ui/index.ts';
import { isEngineError } from './client.ts';
import { useRoute } from './queries.ts';

/** What the engine says of a marking's text: what it reads as, or what is wrong and where. Both null while it is empty or being read. */
export interface MarkingCheck {
  readonly read: ReadMarking | null;
  readonly fault: string | null;
}

/** The sentence that says what is wrong with a marking, and at which character. */
export function markingFault(error: Error | null): string | null {
  if (error === null) return null;
  if (!isEngineError(error, 'policy.bad-marking')) return error.message;
  const { at, rule } = error.data;
  return [typeof at === 'number' ? `Character ${at + 1}: ` : '', error.message, typeof rule === 'string' ? ` (${rule})` : ''].join('');
}

/** Reads a marking's text as it is typed. */
export function useMarkingCheck(text: string): MarkingCheck {
  const settled = useDeferredValue(text.trim());
  const answer = useRoute('markings.read', { text: settled }, { enabled: settled !== '' });
  if (settled === '' || settled !== text.trim()) return { read: null, fault: null };
  return { read: answer.data ?? null, fault: markingFault(answer.error) };
}

/** Props of MarkingField. */
export interface MarkingFieldProps {
  readonly label: string;
  /** As typed; the engine reads it. */
  readonly value: string;
  readonly onChange: (text: string) => void;
  readonly check: MarkingCheck;
  /** Offers only what this may hold; null offers all. */
  readonly within: Marking | null;
  readonly hint?: string;
  /** What is wrong besides the text itself. */
  readonly error?: string | null;
  readonly autoFocus?: boolean;
  readonly isReadOnly?: boolean;
}

/** A marking, written in any form or chosen from those that are offered. Says what it reads as, or which character breaks which rule. */
export function MarkingField({ label, value, onChange, check, within, hint, error = null, autoFocus = false, isReadOnly = false }: MarkingFieldProps): ReactElement {
  const offered = useRoute('vault.markings', { within }).data?.markings ?? [];
  const { read, fault } = check;
  const readsAs = read !== null && read.banner !== value.trim() ? `Reads as ${read.banner}, in portions ${read.portion}.` : null;
  const choose = (
    <Menu
      label="Markings"
      placement="bottom end"
      trigger={<IconButton label="Choose a marking" icon={ChevronDown} size="sm" />}
      groups={[{ id: 'offered', entries: offered.map((view) => ({ id: view.banner, text: view.banner, detail: view.portion, isChecked: view.banner === read?.banner, run: () => onChange(view.banner) })) }]}
    />
  );
  return (
    <TextField label={label} size="lg" isMono autoComplete="off" spellCheck="false" maxLength={2000} autoFocus={autoFocus} isReadOnly={isReadOnly} value={value} onChange={onChange}
      error={value.trim() === '' ? error : fault ?? error} hint={readsAs ?? hint} {...(!isReadOnly && { suffix: choose })} />
  );
}
