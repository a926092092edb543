/** The window's one toast. A view says what was done and how to take it back: `toasts.show({ text, action })`. */
import { createToastQueue } from '../ui/toast.tsx';

/** The queue that the window's ToastRegion shows. */
export const toasts = createToastQueue();
