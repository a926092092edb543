/** Q: asking about what is selected. A selected passage comes first, then marked documents, then what stands for neither. */
import type { DocumentId } from '../../preload/contract/domains/basics.ts';
import type { ChatScope } from '../../preload/contract/domains/chat.ts';
import { useMarked } from './marked-documents.ts';
import { useNavigation } from './navigation.ts';
import { readSelection } from './reader/use-selection.ts';
import { selectedQuote } from './selected-quote.ts';

/** The passage that is selected in a reader; null when none is. */
function selectedSpan(): ChatScope | null {
  const node = document.getSelection()?.anchorNode ?? null;
  const frame = (node instanceof Element ? node : node?.parentElement)?.closest<HTMLElement>('[data-document]') ?? null;
  const selection = frame === null ? null : readSelection(frame);
  if (frame === null || selection === null) return null;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the reader writes the id of its document
  return { kind: 'span', document: frame.dataset['document'] as DocumentId, start: selection.start, end: selection.end };
}

/** Goes to chat with what is selected as what is asked of; without a selection, with `fallback` as the beginning of a question. */
export function askAboutSelection(fallback = ''): void {
  const { ask } = useNavigation.getState();
  const span = selectedSpan();
  const { documents } = useMarked.getState();
  if (span !== null) ask('', span);
  else if (documents.length > 0) ask('', { kind: 'documents', documents: [...documents] });
  else ask(selectedQuote() || fallback);
}
