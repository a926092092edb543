/** Marks over a page: where they lie by the text over it, how they are drawn, and which one was pressed. */
import { type ReactElement, type RefObject, useEffect, useLayoutEffect, useState } from 'react';
import { classNames } from '../../ui/index.ts';
import { markClass } from './marked-text.tsx';
import { type MarkIndex, marksOver } from './mark-layers.ts';
import markCss from './marks.module.css';
import { offsetOfPoint, rangesOf } from './offset-map.ts';
import css from './pdf/pdf-reader.module.css';
import type { ReaderMark } from './reader-contract.ts';

/** The rectangles, as assistive technology need not see them: the text is marked for it. */
export function MarkAreas({ areas, now }: { readonly areas: readonly Area[]; readonly now: string | null }): ReactElement {
  return (
    <div className={css['areas']} aria-hidden="true">
      {areas.map((area) => (
        <span key={area.key} className={classNames(markCss['area'], markClass(area.mark, area.mark.id === now), area.isFirst && css['first'])}
          {...(area.isFirst && area.mark.tag !== undefined && { 'data-tag': area.mark.tag })}
          style={{ left: `${area.left}%`, top: `${area.top}%`, width: `${area.width}%`, height: `${area.height}%` }} />
      ))}
    </div>
  );
}

/** Reports the mark under a click: the invisible text lies over the rectangles, so the place in the text decides. */
export function usePressedMark(ref: RefObject<HTMLElement | null>, layerRef: RefObject<HTMLElement | null>, index: MarkIndex, onMark: ((id: string) => void) | undefined): void {
  useEffect(() => {
    const element = ref.current;
    if (element === null || onMark === undefined) return;
    const click = (event: MouseEvent): void => {
      if (layerRef.current === null || document.getSelection()?.isCollapsed === false) return;
      const point = document.caretPositionFromPoint(event.clientX, event.clientY);
      const at = point === null ? null : offsetOfPoint(layerRef.current, point.offsetNode, point.offset);
      const hit = at === null ? undefined : marksOver(index, at, at + 1).at(-1);
      if (hit !== undefined) onMark(hit.id);
    };
    element.addEventListener('click', click);
    return () => element.removeEventListener('click', click);
  }, [ref, layerRef, index, onMark]);
}

/** A rectangle of a mark, in per cent of its page. */
export interface Area {
  readonly key: string;
  readonly mark: ReaderMark;
  readonly isFirst: boolean;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** The rectangles of the marks of a page, in per cent of it, so that zooming leaves them right. */
export function useAreas(layerRef: { readonly current: HTMLDivElement | null }, version: number, index: MarkIndex): readonly Area[] {
  const [areas, setAreas] = useState<readonly Area[]>([]);
  useLayoutEffect(() => {
    const layer = layerRef.current;
    if (version === 0 || layer === null) {
      setAreas((before) => (before.length === 0 ? before : []));
      return;
    }
    const runs = [...layer.querySelectorAll<HTMLElement>('[data-start]')];
    const start = Math.min(...runs.map((run) => Number(run.dataset['start'])));
    const end = Math.max(...runs.map((run) => Number(run.dataset['end'])));
    const box = layer.getBoundingClientRect();
    const found = runs.length === 0 ? [] : marksOver(index, start, end);
    setAreas(found.flatMap((mark) => [...boxesOf(runs, mark), ...rangesOf(layer, mark.start, mark.end).filter(isDrawn).flatMap((range) => [...range.getClientRects()])]
      .filter((rect) => rect.width > 0 && rect.height > 0)
      .map((rect, at): Area => ({
        key: `${mark.id} ${at}`,
        mark,
        isFirst: at === 0,
        left: (100 * (rect.left - box.left)) / box.width,
        top: (100 * (rect.top - box.top)) / box.height,
        width: (100 * rect.width) / box.width,
        height: (100 * rect.height) / box.height,
      }))));
  }, [layerRef, version, index]);
  return areas;
}

/** Words that OCR read lie in boxes of their own, whatever the letters in them measure. */
function boxesOf(runs: readonly HTMLElement[], mark: ReaderMark): DOMRect[] {
  return runs.filter(({ dataset }) => dataset['box'] !== undefined && Number(dataset['start']) < mark.end && Number(dataset['end']) > mark.start).map((run) => run.getBoundingClientRect());
}

const isDrawn = (range: Range): boolean => range.startContainer.parentElement?.dataset['box'] === undefined;
