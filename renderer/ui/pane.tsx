import type { ReactNode, Ref } from 'react';
import { Toolbar } from 'react-aria-components/Toolbar';
import { classNames } from './class-names.ts';
import { type Chord, KeyCaps } from './kbd.tsx';
import { rememberFocus } from './pane-focus.ts';
import css from './pane.module.css';

/** Props of Pane. */
export interface PaneProps {
  label: string;
  /** The document has the lightest ground; list and work stand back. */
  tone?: 'side' | 'document';
  children: ReactNode;
  /** The same panel on another element: article for a document, section otherwise. */
  as?: 'section' | 'article';
}

/** One of the panes of a view. It knows whether the focus is in it: selected rows inside are drawn accordingly. */
export function Pane({ label, tone = 'side', children, as: Element = 'section' }: PaneProps) {
  return (
    <Element
      aria-label={label}
      tabIndex={-1}
      data-pane=""
      className={classNames(css.pane, tone === 'document' && css.document)}
      onFocus={(event) => rememberFocus(event.currentTarget, event.target)}
    >
      {children}
    </Element>
  );
}

/** The first row of a pane, 40 px. */
export function PaneHead({ children }: { children?: ReactNode }) {
  return <header className={css.head}>{children}</header>;
}

/** The name of a pane in its head. */
export function PaneTitle({ children, level = 2 }: { children: ReactNode; level?: 1 | 2 }) {
  const Heading = level === 1 ? 'h1' : 'h2';
  return <Heading className={css.title}>{children}</Heading>;
}

/** The second row of a pane, 36 px. With a label it is a toolbar: arrows move between its controls. */
export function PaneSub({ label, children }: { label?: string; children: ReactNode }) {
  if (label === undefined) return <div className={css.sub}>{children}</div>;
  return <Toolbar aria-label={label} className={classNames(css.sub)}>{children}</Toolbar>;
}

/** Pushes what follows it in a head or a sub row to the end. */
export function Spacer() {
  return <span className={css.spacer} />;
}

/** Props of PaneBody. */
export interface PaneBodyProps {
  children: ReactNode;
  /** Names the scrolled region and makes it a tab stop: for text, which has no controls that would scroll it. */
  label?: string | undefined;
  /** Where a ScrollRuler or a pager stands over the scroller. */
  overlay?: ReactNode;
  scrollerRef?: Ref<HTMLDivElement>;
}

/** The rest of a pane; it scrolls up and down. */
export function PaneBody({ children, label, overlay, scrollerRef }: PaneBodyProps) {
  return (
    <div className={css.bodyFrame}>
      <div
        ref={scrollerRef}
        className={css.body}
        data-pane-body=""
        {...(label !== undefined && { role: 'region', 'aria-label': label, tabIndex: 0 })}
      >
        {children}
      </div>
      {overlay}
    </div>
  );
}

/** What stays at the foot of a pane: a composer, a summary. */
export function PaneFoot({ children }: { children: ReactNode }) {
  return <footer className={css.foot}>{children}</footer>;
}

/** A part of a pane, divided from the next by a hairline. */
export function Group({ children }: { children: ReactNode }) {
  return <div className={css.group}>{children}</div>;
}

/** Props of GroupHead. */
export interface GroupHeadProps {
  children: ReactNode;
  /** Stands at the end of the line: a count, a button. */
  aside?: ReactNode;
  keys?: Chord | undefined;
  level?: 2 | 3 | 4;
  id?: string | undefined;
}

/** The heading of a Group, at least 24 px high. */
export function GroupHead({ children, aside, keys, level = 2, id }: GroupHeadProps) {
  const Heading = `h${level}` as const;
  return (
    <div className={css.groupHead}>
      <Heading className={css.groupTitle} id={id}>{children}</Heading>
      {keys && <KeyCaps keys={keys} />}
      {aside && <span className={css.aside}>{aside}</span>}
    </div>
  );
}
