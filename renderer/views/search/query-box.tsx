import { type KeyboardEvent, type ReactElement, type Ref, useEffect, useRef } from 'react';
import { type EngineError, isEngineError } from '../../lib/client.ts';
import { faultAt } from '../../lib/text-fault.ts';
import { TextFaultLine } from '../../lib/text-fault-line.tsx';
import { SearchField } from '../../ui/index.ts';
import css from './query-box.module.css';
import { useSearchState } from './search-state.ts';

const pauseMs = 150;

/** Runs what is in the box now. */
export function askNow(): void {
  const { typed, asked } = useSearchState.getState();
  if (typed !== asked) useSearchState.setState({ asked: typed, selectedIndex: null });
}

/** Props of QueryBox. */
export interface QueryBoxProps {
  /** Why the last query was refused; any other failure is told elsewhere. */
  error: Error | null;
  inputRef: Ref<HTMLInputElement>;
  /** Enter on a query that has been run, or the down arrow: to the results. */
  onLeave: () => void;
}

/** The query, run after a pause in typing and on Enter. What is wrong with it stands below, at its character. */
export function QueryBox({ error, inputRef, onLeave }: QueryBoxProps): ReactElement {
  const typed = useSearchState((state) => state.typed);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const change = (text: string): void => {
    clearTimeout(timer.current);
    useSearchState.setState({ typed: text });
    if (text.trim() === '') askNow();
    else timer.current = setTimeout(askNow, pauseMs);
  };
  const submit = (): void => {
    clearTimeout(timer.current);
    const { asked } = useSearchState.getState();
    askNow();
    if (typed === asked && typed.trim() !== '' && error === null) onLeave();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'ArrowDown' || event.altKey || event.ctrlKey) return;
    event.preventDefault();
    onLeave();
  };
  const refused = isEngineError(error, 'search.bad-query') ? error : null;
  return (
    <div role="presentation" className={css.box} onKeyDown={onKeyDown}>
      <SearchField label="Query" keys={['/']} isMono inputRef={inputRef} value={typed} onChange={change} onSubmit={submit}
        placeholder="Words, “phrases”, prefix*, AND OR NOT" maxLength={4000} spellCheck="false" autoCorrect="off" autoComplete="off"
        error={refused === null ? null : <Fault error={refused} />} />
    </div>
  );
}

function Fault({ error }: { error: EngineError }): ReactElement {
  const asked = useSearchState((state) => state.asked);
  return <TextFaultLine text={asked} message={error.message} at={faultAt(asked, error.data)} />;
}
