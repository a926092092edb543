import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { VisuallyHidden } from 'react-aria-components/VisuallyHidden';
import CircleCheck from 'lucide-react/icons/circle-check';
import { Button } from './button.tsx';
import { type Glyph, Icon, type Tone } from './icon.tsx';
import type { Chord } from './kbd.tsx';
import css from './toast.module.css';

/** What was done, and how to take it back. An error never lives only here. */
export interface Toast {
  text: string;
  /** Read out after the text, not drawn: "412 left." */
  spoken?: string | undefined;
  icon?: Glyph | undefined;
  tone?: Tone | undefined;
  action?: { text: string; keys?: Chord | undefined; run: () => void } | undefined;
}

/** Holds the one toast that is shown; a new one replaces it. `id` grows with every toast. */
export interface ToastQueue {
  show: (toast: Toast) => void;
  close: () => void;
  current: () => (Toast & { id: number }) | null;
  subscribe: (listener: () => void) => () => void;
}

/** Makes an empty queue. The window owns one and gives it to ToastRegion. */
export function createToastQueue(): ToastQueue {
  let shown: (Toast & { id: number }) | null = null;
  let lastId = 0;
  const listeners = new Set<() => void>();
  const set = (next: typeof shown) => {
    shown = next;
    for (const listener of listeners) listener();
  };
  return {
    show: (toast) => set({ ...toast, id: ++lastId }),
    close: () => { if (shown) set(null); },
    current: () => shown,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => { listeners.delete(listener); };
    },
  };
}

const shownForMs = 10_000;
/** What is left at least after the pointer or the focus has gone. */
const graceMs = 3_000;

/**
 * Shows the queue's toast bottom right, above the status bar, for 10 s; the clock stands still under pointer or focus,
 * and Escape closes it while it has the focus. It is read out politely and stays reachable while a dialog is open.
 */
export function ToastRegion({ queue }: { queue: ToastQueue }) {
  const toast = useSyncExternalStore(queue.subscribe, queue.current);
  return (
    <div className={css.region} role="status" data-react-aria-top-layer="true">
      {toast && <ToastCard key={toast.id} toast={toast} onClose={queue.close} />}
    </div>
  );
}

function ToastCard({ toast, onClose }: { toast: Toast; onClose: () => void }) {
  const [isHeld, setHeld] = useState(false);
  const leftMs = useRef(shownForMs);
  useEffect(() => {
    if (isHeld) return;
    const startedAt = performance.now();
    const timer = setTimeout(onClose, leftMs.current);
    return () => {
      clearTimeout(timer);
      leftMs.current = Math.max(graceMs, leftMs.current - (performance.now() - startedAt));
    };
  }, [isHeld, onClose]);
  const { action } = toast;
  return (
    // A presentation: it only hears what its text and its button hear.
    <div
      role="presentation"
      className={css.toast}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
      onKeyDown={(event) => { if (event.key === 'Escape') onClose(); }}
    >
      <Icon glyph={toast.icon ?? CircleCheck} tone={toast.tone} />
      <span>{toast.text}</span>
      {toast.spoken !== undefined && <VisuallyHidden>. {toast.spoken}</VisuallyHidden>}
      {action && (
        <Button size="sm" variant="ghost" keys={action.keys} onPress={() => { onClose(); action.run(); }}>{action.text}</Button>
      )}
    </div>
  );
}
