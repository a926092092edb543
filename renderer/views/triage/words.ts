/** Words of the triage view. Pure. */
import type { DocumentType } from '../../../preload/contract/domains/basics.ts';
import type { HistoryEntry } from '../../../preload/contract/domains/coding.ts';
import type { CodingFilter } from '../../../preload/contract/domains/sets.ts';
import { codingNames, verdictName } from '../../lib/document-words.ts';

/** Queues in the order in which they are offered. */
export const queues: readonly { readonly id: CodingFilter; readonly text: string }[] = [
  { id: 'any', text: 'All documents' },
  ...(['uncoded', 'relevant', 'not-relevant', 'deferred'] as const).map((id) => ({ id, text: codingNames[id] })),
];

/** Orders of a queue. */
export const orders = [
  { id: 'ingested', text: 'Order in case' },
  { id: 'newest', text: 'Newest' },
  { id: 'oldest', text: 'Oldest' },
  { id: 'path', text: 'Path' },
] as const;

export type QueueOrder = (typeof orders)[number]['id'];

/** Types that a queue can be narrowed to. */
export const types: readonly DocumentType[] = ['mail', 'pdf', 'word', 'text', 'markdown', 'table', 'web-page', 'image', 'other'];

/** What a line of the history says after the name. */
export function historyWords(entry: HistoryEntry): string {
  if (entry.kind === 'noted') return entry.undo ? 'took a note back' : 'wrote the note';
  if (entry.kind === 'marked') return entry.undo ? 'took a change of the marking back' : 'changed the marking';
  if (entry.verdict === null) return 'took the code back';
  return entry.undo ? `went back to ${verdictName(entry.verdict)}` : `set ${verdictName(entry.verdict)}`;
}
