import type { ReactNode, SubmitEvent } from 'react';
import { Button } from '../../ui/index.ts';
import css from './vault.module.css';

/** Props of StepFrame. */
export interface StepFrameProps {
  readonly title: string;
  readonly lead: string;
  readonly children: ReactNode;
  readonly nextText: string;
  readonly isReady: boolean;
  readonly onNext: () => void;
  /** What stands at the start of the last row, beside the way on. */
  readonly beside?: ReactNode;
  /** The button before the way on: back, or skip. */
  readonly other?: ReactNode;
}

/** One step of the first run: what it is for, its fields, and the way on, which Enter takes when the step is complete. */
export function StepFrame({ title, lead, children, nextText, isReady, onNext, beside, other }: StepFrameProps) {
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (isReady) onNext();
  };
  return (
    <form onSubmit={submit}>
      <h1 className={css.title}>{title}</h1>
      <p className={css.stepLead}>{lead}</p>
      {children}
      <div className={css.actions}>
        <div className={css.grow}>{beside}</div>
        {other}
        <Button type="submit" size="lg" variant="primary" isDisabled={!isReady}>{nextText}</Button>
      </div>
    </form>
  );
}
