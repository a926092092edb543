import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import css from './facts.module.css';
import { type Glyph, Icon } from './icon.tsx';

/** A number with its caption. `detail` stands after it, quieter; a tone needs an icon, so that colour is never alone. */
export interface Fact {
  caption: string;
  value: ReactNode;
  detail?: ReactNode;
  alert?: { tone: 'ok' | 'warn' | 'danger'; icon: Glyph } | undefined;
}

/** Numbers side by side, already formatted. `lg` is for the head of a job, `sm` for the foot of a pane. */
export function Facts({ facts, size = 'sm' }: { facts: readonly Fact[]; size?: 'sm' | 'lg' }) {
  return (
    <dl className={classNames(css.facts, css[size])}>
      {facts.map((fact) => (
        <div key={fact.caption}>
          <dt className={css.caption}>{fact.caption}</dt>
          <dd className={classNames(css.value, fact.alert && css[fact.alert.tone])}>
            {fact.alert && <Icon glyph={fact.alert.icon} />} {fact.value}
            {fact.detail && <span className={css.detail}> {fact.detail}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
