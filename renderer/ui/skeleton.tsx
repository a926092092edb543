import { useEffect, useState } from 'react';
import { VisuallyHidden } from 'react-aria-components/VisuallyHidden';
import { classNames } from './class-names.ts';
import css from './skeleton.module.css';

/** How long something may take before it is worth saying that it does. */
export const skeletonDelayMs = 200;

/** Turns true once `isWaiting` has lasted `delayMs`, and false with it; what is quick never flashes. */
export function useDelayed(isWaiting: boolean, delayMs = skeletonDelayMs): boolean {
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    if (!isWaiting) return;
    const timer = setTimeout(() => setLate(true), delayMs);
    return () => {
      clearTimeout(timer);
      setLate(false);
    };
  }, [isWaiting, delayMs]);
  return isWaiting && isLate;
}

/** Props of Skeleton. */
export interface SkeletonProps {
  /** What is being opened, with its size where known; drawn under the lines and read out. */
  label: string;
  /** Width of each line in per cent. */
  lines?: readonly number[];
  /** A taller first line, where a title will stand. */
  hasTitle?: boolean;
  isLabelHidden?: boolean;
}

/** Grey lines where text will be. They appear after 200 ms and do not move. */
export function Skeleton({ label, lines = [96, 92, 97, 55], hasTitle = false, isLabelHidden = false }: SkeletonProps) {
  const isLate = useDelayed(true);
  return (
    <div role="status">
      {isLate && (
        <>
          {lines.map((width, index) => (
            <span
              key={index}
              className={classNames(css.line, hasTitle && index === 0 && css.title)}
              style={{ width: `${width}%` }}
            />
          ))}
          {isLabelHidden ? <VisuallyHidden>{label}</VisuallyHidden> : <p className={css.label}>{label}</p>}
        </>
      )}
    </div>
  );
}

/** A list row whose data have not arrived; it fills the height its list gives it. */
export function SkeletonRow() {
  return (
    <div className={css.row}>
      <span className={classNames(css.line, css.long)} />
      <span className={classNames(css.line, css.short)} />
      <VisuallyHidden>Loading</VisuallyHidden>
    </div>
  );
}
