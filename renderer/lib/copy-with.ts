/** Copying with what has to go along: who wrote a text, from what, and how it is marked. */
import type { ClipboardEvent } from 'react';

/** Copies what is selected, plain, with its provenance behind it. What is selected in a field is the person's own. */
export function copyWith(event: ClipboardEvent, provenance: string): void {
  if (event.target instanceof HTMLTextAreaElement) return;
  const selected = document.getSelection()?.toString() ?? '';
  if (selected.trim() === '') return;
  event.clipboardData.setData('text/plain', `${selected}\n\n${provenance}\n`);
  event.preventDefault();
}
