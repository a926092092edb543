import ChevronDown from 'lucide-react/icons/chevron-down';
import ChevronUp from 'lucide-react/icons/chevron-up';
import X from 'lucide-react/icons/x';
import { type KeyboardEvent, type ReactElement, useEffect, useRef } from 'react';
import { IconButton, TextField } from '../../ui/index.ts';
import css from './find-bar.module.css';
import { closeFind, useFindState } from './find-state.ts';
import type { Find } from './use-find.ts';

/** The bar over a document's top right: a field, which find of how many, next, previous, close. */
export function FindBar({ find, onClosed }: { find: Find; onClosed: () => void }): ReactElement | null {
  const field = useRef<HTMLInputElement>(null);
  const nonce = useFindState((state) => state.nonce);
  useEffect(() => {
    if (!find.isOpen) return;
    field.current?.focus();
    field.current?.select();
  }, [find.isOpen, nonce]);
  if (!find.isOpen) return null;
  const close = (): void => {
    closeFind();
    onClosed();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') close();
    else if (event.key === 'Enter') find.step(event.shiftKey ? -1 : 1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className={css.bar} role="search" aria-label="Find in document" onKeyDownCapture={onKeyDown}>
      <TextField label="Find in document" isLabelHidden placeholder="Find in document" value={find.query} onChange={find.setQuery} inputRef={field} />
      <span className={css.count} role="status">{find.said}</span>
      <IconButton label="Previous find" icon={ChevronUp} size="sm" keys={['Shift', 'Enter']} onPress={() => find.step(-1)} />
      <IconButton label="Next find" icon={ChevronDown} size="sm" keys={['Enter']} onPress={() => find.step(1)} />
      <IconButton label="Close find" icon={X} size="sm" keys={['Esc']} onPress={close} />
    </div>
  );
}
