import { VisuallyHidden } from 'react-aria-components/VisuallyHidden';
import css from './kbd.module.css';
import { isMac } from './platform.ts';

const glyphByKey: ReadonlyMap<string, string> = new Map([
  ['Enter', '↵'],
  ['ArrowUp', '↑'],
  ['ArrowDown', '↓'],
  ['ArrowLeft', '←'],
  ['ArrowRight', '→'],
]);

/** Names of the keys of a chord in the order they are pressed, such as `['Ctrl', 'K']` or `['Enter']`. */
export type Chord = readonly string[];

/** Props of KeyCaps. */
export interface KeyCapsProps {
  keys: Chord;
  /** True where the control already announces its keys, as Button does; the caps are then drawn only. */
  isDecorative?: boolean;
}

/** Draws the keys of a chord as caps. Ctrl reads ⌘ on macOS; Enter and the arrows show their sign and are read by name. */
export function KeyCaps({ keys, isDecorative = false }: KeyCapsProps) {
  return (
    <span className={css.caps} aria-hidden={isDecorative || undefined}>
      {keys.map((key) => <Cap key={key} name={key} />)}
    </span>
  );
}

function Cap({ name }: { name: string }) {
  const glyph = name === 'Ctrl' && isMac() ? '⌘' : glyphByKey.get(name);
  if (glyph === undefined) return <kbd className={css.cap}>{name}</kbd>;
  return (
    <kbd className={css.cap}>
      <span aria-hidden="true">{glyph}</span>
      <VisuallyHidden>{glyph === '⌘' ? 'Command' : name.replace('Arrow', '')}</VisuallyHidden>
    </kbd>
  );
}

/** Writes a chord the way the aria-keyshortcuts attribute expects it (WAI-ARIA 1.2, section 6.6). */
export function ariaKeyShortcuts(keys: Chord): string {
  return keys.map((key) => (key === 'Ctrl' ? (isMac() ? 'Meta' : 'Control') : key === 'Esc' ? 'Escape' : key)).join('+');
}
