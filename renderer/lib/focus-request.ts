/** Asks a field of some view for the focus, from anywhere: `/` wants the search box, whatever view is shown. */
import { useEffect, useRef } from 'react';
import { create } from 'zustand';

export type FocusTarget = 'search-box' | 'composer' | 'note';

/** The last request; `nonce` grows with each, so that asking twice works. `target` is null once it was met. */
export interface FocusRequest {
  readonly target: FocusTarget | null;
  readonly nonce: number;
}

/** The request itself. Views use `useFocusOnRequest`. */
export const useFocusRequest = create<FocusRequest>(() => ({ target: null, nonce: 0 }));

/** Asks for the focus. A target that is not mounted yet takes it when it mounts. */
export function requestFocus(target: FocusTarget): void {
  useFocusRequest.setState((state) => ({ target, nonce: state.nonce + 1 }));
}

/** Calls `focus` when the target is asked for, at once if it was asked for before the caller mounted. */
export function useFocusOnRequest(target: FocusTarget, focus: () => void): void {
  const asked = useFocusRequest((state) => (state.target === target ? state.nonce : 0));
  const latest = useRef(focus);
  latest.current = focus;
  useEffect(() => {
    if (asked === 0) return;
    useFocusRequest.setState({ target: null });
    latest.current();
  }, [asked]);
}
