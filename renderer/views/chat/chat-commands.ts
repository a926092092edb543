/** What the keys do in chat. */
import { useMemo, useRef } from 'react';
import type { Citation } from '../../../preload/contract/domains/chat.ts';
import { type Command, useCommands } from '../../lib/commands.ts';
import { askAboutSelection } from '../../lib/ask-selection.ts';
import { stopAsking } from './ask.ts';
import { useChatState } from './chat-state.ts';
import { closeCheck, openCheck } from './check-text.ts';
import { type AnsweredTurn, hasReview, saysSomething } from './review-answer.ts';

/** What the keys act on. */
export interface ChatCommands {
  readonly isAsking: boolean;
  readonly isOpen: boolean;
  readonly citations: readonly Citation[];
  /** The answer that a person's word is about: the one whose citation is open, else the last. */
  readonly answered: AnsweredTurn | null;
  readonly send: () => void;
  readonly startNew: () => void;
  readonly focusField: () => void;
  readonly step: (by: 1 | -1) => void;
  readonly openNumber: (number: number) => void;
  readonly close: () => void;
  /** Shows what was sent: for the open row of a list, else for the answer. Null where nothing was. */
  readonly showSent: (() => void) | null;
  readonly accept: () => void;
  readonly edit: () => void;
}

const digits = [1, 2, 3, 4, 5, 6, 7, 8, 9] as const;

/** Registers them while chat is shown. */
export function useChatCommands(chat: ChatCommands): void {
  const latest = useRef(chat);
  latest.current = chat;
  const { isAsking, isOpen, citations, answered } = chat;
  const canShowSent = chat.showSent !== null;
  const isEditing = useChatState((state) => state.editing !== null);
  const isChecking = useChatState((state) => state.isChecking);
  const canSend = useChatState((state) => (state.isChecking ? state.checking.text.trim() !== '' && state.checking.running === null : state.draft.trim() !== '' && state.asking === null));
  const commands = useMemo((): readonly Command[] => [
    { id: 'chat.write', name: 'Write a question', group: 'Chat', keys: ['C'], run: () => latest.current.focusField() },
    { id: 'chat.send', name: isChecking ? 'Check the text' : 'Send the question', group: 'Chat', keys: ['Ctrl+Enter'], enabled: canSend, run: () => latest.current.send() },
    { id: 'chat.accept', name: answered !== null && answered.review.accepted !== null ? 'Take back the acceptance of the answer' : 'Accept the answer', group: 'Chat', keys: ['Shift+A'], enabled: !isChecking && !isEditing && answered !== null && (answered.review.accepted !== null || saysSomething(answered)), run: () => latest.current.accept() },
    { id: 'chat.edit-answer', name: 'Edit the answer', group: 'Chat', keys: ['Shift+E'], enabled: !isChecking && !isEditing && answered !== null && hasReview(answered), run: () => latest.current.edit() },
    { id: 'chat.sent', name: 'Show what was sent', group: 'Chat', keys: ['W'], enabled: canShowSent, run: () => latest.current.showSent?.() },
    { id: 'chat.scope', name: 'Choose what is asked of', group: 'Chat', keys: ['S'], run: () => useChatState.setState({ isScoping: true }) },
    { id: 'chat.endpoint', name: 'Choose who answers', group: 'Chat', keys: ['E'], run: () => useChatState.setState({ isChoosing: true }) },
    { id: 'chat.new', name: 'New conversation', group: 'Chat', keys: ['Ctrl+N'], run: () => latest.current.startNew() },
    { id: 'chat.check', name: 'Check text against this case', group: 'Chat', keys: [], run: openCheck },
    { id: 'chat.ask', name: 'Ask about what is selected', group: 'Everywhere', keys: ['Q'], run: () => askAboutSelection() },
    { id: 'chat.next-citation', name: 'Next citation', group: 'Document', keys: ['T'], enabled: citations.length > 0, run: () => latest.current.step(1) },
    { id: 'chat.previous-citation', name: 'Previous citation', group: 'Document', keys: ['Shift+T'], enabled: citations.length > 0, run: () => latest.current.step(-1) },
    ...digits.map((number): Command => ({
      id: `chat.citation-${number}`, name: `Open citation ${number}`, group: 'Chat', keys: [String(number)],
      enabled: citations.some((citation) => citation.number === number), run: () => latest.current.openNumber(number),
    })),
    isChecking && !isOpen
      ? { id: 'chat.close-check', name: 'Back to the conversation', group: 'Chat', keys: ['Escape'], inFields: true, run: closeCheck }
      : isAsking && !isChecking
      ? { id: 'chat.stop', name: 'Stop the answer', group: 'Chat', keys: ['Escape'], inFields: true, run: stopAsking }
      : { id: 'chat.close', name: 'Close the cited document', group: 'Chat', keys: ['Escape'], inFields: true, enabled: isOpen, run: () => latest.current.close() },
  ], [answered, canSend, canShowSent, citations, isAsking, isChecking, isEditing, isOpen]);
  useCommands(commands);
}
