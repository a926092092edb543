import { VisuallyHidden } from 'react-aria-components/VisuallyHidden';
import Check from 'lucide-react/icons/check';
import { classNames } from './class-names.ts';
import { Icon } from './icon.tsx';
import css from './steps.module.css';

/** Props of Steps. `current` counts from 0; what is before it is done. */
export interface StepsProps {
  label?: string;
  steps: readonly string[];
  current: number;
}

/** The steps of a set-up, numbered, with a tick on what is done. */
export function Steps({ label = 'Steps', steps, current }: StepsProps) {
  return (
    <ol className={css.steps} aria-label={label}>
      {steps.map((step, index) => (
        <li
          key={step}
          className={classNames(css.step, index < current && css.done, index === current && css.current)}
          aria-current={index === current ? 'step' : undefined}
        >
          <span className={css.number} aria-hidden="true">
            {index < current ? <Icon glyph={Check} size={12} /> : index + 1}
          </span>
          <span>{step}{index < current && <VisuallyHidden>, done</VisuallyHidden>}</span>
        </li>
      ))}
    </ol>
  );
}
