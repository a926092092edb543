import { classNames } from './class-names.ts';
import css from './scroll-ruler.module.css';

/** Where something is in the scrolled text: `at` in per cent of its whole height, and which kind it is. */
export interface RulerMark {
  id: string;
  at: number;
  kind: 'hit1' | 'hit2' | 'hit3' | 'current' | 'quote';
}

/**
 * Ticks beside a scroller that show where its marks are. Decoration: the counts and the mark list say the same, so it is
 * hidden from assistive technology. Put it as the last child of the positioned box that holds the scroller.
 */
export function ScrollRuler({ marks }: { marks: readonly RulerMark[] }) {
  return (
    <div className={css.ruler} aria-hidden="true">
      {marks.map((mark) => <i key={mark.id} className={classNames(css.mark, css[mark.kind])} style={{ top: `${mark.at}%` }} />)}
    </div>
  );
}
