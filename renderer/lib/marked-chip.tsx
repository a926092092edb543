import type { ReactElement } from 'react';
import MessageSquareText from 'lucide-react/icons/message-square-text';
import { Chip, VisuallyHidden } from '../ui/index.ts';
import { askAboutSelection } from './ask-selection.ts';
import { count } from './format.ts';
import { clearMarked, useMarked } from './marked-documents.ts';

/** How many documents are marked, and the ways to ask about them or to let them go; nothing while none is. */
export function MarkedChip(): ReactElement | null {
  const marked = useMarked((state) => state.documents.length);
  if (marked === 0) return null;
  return <Chip icon={MessageSquareText} onPress={() => askAboutSelection()} onRemove={clearMarked} removeLabel="Let the marked documents go">{count(marked)} marked<VisuallyHidden>, ask about {marked === 1 ? 'it' : 'them'}</VisuallyHidden></Chip>;
}
