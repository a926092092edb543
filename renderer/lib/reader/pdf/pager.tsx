import ChevronDown from 'lucide-react/icons/chevron-down';
import ChevronUp from 'lucide-react/icons/chevron-up';
import Minus from 'lucide-react/icons/minus';
import Plus from 'lucide-react/icons/plus';
import { type KeyboardEvent, type ReactElement, type Ref, useEffect, useState } from 'react';
import { Button, IconButton } from '../../../ui/index.ts';
import { count, percent } from '../../format.ts';
import { fullScale, nextScale, typedPage } from './pdf-layout.ts';
import css from './pdf-reader.module.css';

/** Props of Pager. `onScale` with null goes back to fitting the width. */
export interface PagerProps {
  readonly scale: number;
  readonly isFit: boolean;
  readonly onScale: (scale: number | null) => void;
  readonly page: number;
  readonly pages: number;
  readonly onPage: (page: number) => void;
  readonly onDone: () => void;
  readonly fieldRef: Ref<HTMLInputElement>;
}

/** Zoom and page over the foot of a PDF: smaller, larger, fit; which page of how many, previous, next. */
export function Pager({ scale, isFit, onScale, page, pages, onPage, onDone, fieldRef }: PagerProps): ReactElement {
  const [typed, setTyped] = useState(String(page));
  useEffect(() => setTyped(String(page)), [page]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' && event.key !== 'Escape') return;
    event.preventDefault();
    const chosen = event.key === 'Enter' ? typedPage(typed, pages) : null;
    setTyped(String(page));
    if (chosen !== null) onPage(chosen);
    onDone();
  };
  return (
    <div className={css['pager']} role="group" aria-label="Zoom and page">
      <IconButton label="Smaller" icon={Minus} placement="top" onPress={() => onScale(nextScale(scale, -1))} />
      <span className={css['zoom']}>{percent(scale, fullScale)}</span>
      <IconButton label="Larger" icon={Plus} placement="top" onPress={() => onScale(nextScale(scale, 1))} />
      <Button variant="ghost" size="sm" isDisabled={isFit} onPress={() => onScale(null)}>Fit</Button>
      <span className={css['rule']} />
      <label className={css['place']}>
        Page
        <input ref={fieldRef} className={css['number']} style={{ width: `${Math.max(2, String(pages).length) + 1.5}ch` }} inputMode="numeric" value={typed} aria-label="Page"
          onChange={(event) => setTyped(event.target.value)} onFocus={(event) => event.target.select()} onBlur={() => setTyped(String(page))} onKeyDown={onKeyDown} />
        of {count(pages)}
      </label>
      <IconButton label="Previous page" icon={ChevronUp} placement="top" isDisabled={page <= 1} onPress={() => onPage(page - 1)} />
      <IconButton label="Next page" icon={ChevronDown} placement="top" isDisabled={page >= pages} onPress={() => onPage(page + 1)} />
    </div>
  );
}
