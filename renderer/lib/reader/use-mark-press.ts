/** Presses on marks in text, by pointer or Enter, heard in one place for all of them. */
import { type RefObject, useEffect } from 'react';

function pressedMark(event: Event): string | null {
  const mark = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-press]') : null;
  return mark?.dataset['press'] ?? null;
}

/** Calls `onMark` with the topmost mark that is pressed in the element. Ending a selection on a mark is no press. */
export function useMarkPress(ref: RefObject<Element | null>, isThere: boolean, onMark: ((id: string) => void) | undefined): void {
  useEffect(() => {
    const element = ref.current;
    if (element === null || onMark === undefined) return;
    const click = (event: Event): void => {
      const id = pressedMark(event);
      if (id !== null && document.getSelection()?.isCollapsed !== false) onMark(id);
    };
    const key = (event: Event): void => {
      const id = event instanceof KeyboardEvent && event.key === 'Enter' ? pressedMark(event) : null;
      if (id === null) return;
      event.preventDefault();
      event.stopPropagation();
      onMark(id);
    };
    element.addEventListener('click', click);
    element.addEventListener('keydown', key);
    return () => {
      element.removeEventListener('click', click);
      element.removeEventListener('keydown', key);
    };
  }, [ref, isThere, onMark]);
}
