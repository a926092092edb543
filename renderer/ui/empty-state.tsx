import type { ReactNode } from 'react';
import { Button as AriaButton } from 'react-aria-components/Button';
import { classNames } from './class-names.ts';
import css from './empty-state.module.css';
import { type Glyph, Icon } from './icon.tsx';

/** A suggestion under an empty state: one line that can be pressed. */
export interface Prompt {
  id: string;
  icon: Glyph;
  text: string;
  detail?: string | undefined;
  run: () => void;
}

/** Props of EmptyState. */
export interface EmptyStateProps {
  title: string;
  children: ReactNode;
  actions?: ReactNode;
  prompts?: readonly Prompt[] | undefined;
  /** h1 where nothing else on the screen is one. */
  headingLevel?: 1 | 2;
}

/** The middle of a view that has nothing to show: the state first, then the way on. */
export function EmptyState({ title, children, actions, prompts, headingLevel = 1 }: EmptyStateProps) {
  const Heading = headingLevel === 1 ? 'h1' : 'h2';
  return (
    <div className={css.empty}>
      <Heading className={css.title}>{title}</Heading>
      <div className={css.words}>{children}</div>
      {actions && <div className={css.actions}>{actions}</div>}
      {prompts && prompts.length > 0 && (
        <ul className={css.prompts}>
          {prompts.map((prompt) => (
            <li key={prompt.id}>
              <AriaButton className={classNames(css.prompt)} onPress={prompt.run}>
                <Icon glyph={prompt.icon} tone="quiet" />
                <span>{prompt.text}</span>
                {prompt.detail && <span className={css.detail}>{prompt.detail}</span>}
              </AriaButton>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** One sentence in a side pane: what will appear there. */
export function EmptyPane({ children }: { children: ReactNode }) {
  return <p className={css.pane}>{children}</p>;
}
