import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import type { Tone } from './icon.tsx';
import css from './text.module.css';

/** Props of Text. `tone` 1, 2 and 3 are what is read, what supports it and what is looked up. */
export interface TextProps {
  children: ReactNode;
  as?: 'span' | 'p' | 'div' | 'b' | 'h1' | 'h2' | 'h3';
  size?: 'micro' | 'small' | 'ui' | 'lead' | 'read' | 'title' | 'display';
  tone?: 1 | 2 | 3 | Exclude<Tone, 'quiet'>;
  isMono?: boolean;
  isStrong?: boolean;
  /** Tabular digits, for numbers that change or line up. */
  isNumeric?: boolean;
  /** One line, cut with an ellipsis where room ends. */
  isClipped?: boolean;
  id?: string;
}

/** Sets words in one of the program's type sizes and text colours; without props it changes nothing. */
export function Text({ children, as: Element = 'span', size, tone, isMono, isStrong, isNumeric, isClipped, id }: TextProps) {
  const names = classNames(
    size && css[size],
    tone && css[typeof tone === 'number' ? `tone${tone}` : tone],
    isMono && css.mono,
    isStrong && css.strong,
    isNumeric && css.numeric,
    isClipped && css.clipped,
  );
  return <Element id={id} className={names || undefined}>{children}</Element>;
}
