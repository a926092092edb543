/** A failure of something that no view owns (undo, lock, a window button): a strip above the view shows it. */
import { create } from 'zustand';

export interface WindowFault {
  /** What happened. */
  readonly text: string;
  /** What it means, or what the engine or the shell said about it. */
  readonly meaning: string;
}

/** The failure that is shown; null for none. */
export const useWindowFault = create<{ readonly fault: WindowFault | null }>(() => ({ fault: null }));

/** Shows a failure until it is dismissed or another replaces it. */
export function reportFault(text: string, error: unknown): void {
  useWindowFault.setState({ fault: { text, meaning: error instanceof Error ? error.message : String(error) } });
}
