/** Copying through the shell, which alone may write the clipboard. */
import { bridge } from '../bridge.ts';
import { toasts } from '../toasts.ts';

/** Copies a text and says so. `what` names it: "SHA-256", "Path". A failure is said in the same place. */
export function copyText(text: string, what: string): void {
  bridge.shell('clipboard.write', { text }).then(
    () => toasts.show({ text: `${what} copied` }),
    (error: unknown) => toasts.show({ text: `${what} was not copied: ${error instanceof Error ? error.message : String(error)}`, tone: 'danger' }),
  );
}
