import type { ComponentType } from 'react';
import { classNames } from './class-names.ts';
import css from './icon.module.css';

/** A lucide glyph. Import each one by itself, `import Search from 'lucide-react/icons/search'`, so that only it is bundled. */
export type Glyph = ComponentType<{
  size?: string | number;
  strokeWidth?: string | number;
  className?: string;
  'aria-hidden'?: boolean | 'true' | 'false';
  focusable?: boolean | 'true' | 'false';
}>;

/** Meaning that colours an icon or a word. Never the only carrier: a word stands beside it. */
export type Tone = 'ok' | 'warn' | 'danger' | 'quiet';

/** Props of Icon; `size` is the edge in pixels. */
export interface IconProps {
  glyph: Glyph;
  size?: 12 | 14 | 16 | 20;
  tone?: Tone | undefined;
}

/** Draws a glyph in the colour of the text around it, hidden from assistive technology: the words carry the meaning. */
export function Icon({ glyph: Drawing, size = 16, tone }: IconProps) {
  return (
    <Drawing
      aria-hidden="true"
      focusable="false"
      size={size}
      strokeWidth={2}
      className={classNames(css.icon, css[`size${size}`], tone && css[tone])}
    />
  );
}
