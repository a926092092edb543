/** Whether find-in-document is open: the head's button and the reader's bar share it. */
import { create } from 'zustand';

export interface FindState {
  readonly isOpen: boolean;
  /** Grows whenever the field wants the focus. */
  readonly nonce: number;
}

/** The state itself; `openFind` and `closeFind` change it. */
export const useFindState = create<FindState>(() => ({ isOpen: false, nonce: 0 }));

/** Opens the bar of the reader that is shown and focuses its field. */
export function openFind(): void {
  useFindState.setState((state) => ({ isOpen: true, nonce: state.nonce + 1 }));
}

/** Closes the bar. */
export function closeFind(): void {
  useFindState.setState({ isOpen: false });
}
