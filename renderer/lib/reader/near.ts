/** Knowing which parts of a long document are near what is visible, so that only those are drawn. */
import { createContext, type RefObject, useContext, useEffect, useState } from 'react';

/** Watches elements of one scroller; `watch` returns what stops it. */
export interface NearWatch {
  readonly watch: (element: Element, onNear: (isNear: boolean) => void) => () => void;
}

/** The watch of the scroller around; null until the scroller is there. */
export const NearContext = createContext<NearWatch | null>(null);

/** Makes a watch over a scroller, reaching one and a half of its heights beyond what is visible. */
export function createNearWatch(scroller: Element): NearWatch & { readonly stop: () => void } {
  const listeners = new Map<Element, (isNear: boolean) => void>();
  const observer = new IntersectionObserver((entries) => {
    for (const entry of entries) listeners.get(entry.target)?.(entry.isIntersecting);
  }, { root: scroller, rootMargin: '150% 0px' });
  return {
    watch: (element, onNear) => {
      listeners.set(element, onNear);
      observer.observe(element);
      return () => {
        listeners.delete(element);
        observer.unobserve(element);
      };
    },
    stop: () => observer.disconnect(),
  };
}

/** Says whether the element is near, from `initially` on. */
export function useNear(ref: RefObject<Element | null>, initially: boolean): boolean {
  const near = useContext(NearContext);
  const [isNear, setNear] = useState(initially);
  useEffect(() => {
    const element = ref.current;
    if (near === null || element === null) return;
    return near.watch(element, setNear);
  }, [near, ref]);
  return isNear;
}
