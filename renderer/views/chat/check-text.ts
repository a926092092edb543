/** Checking a pasted text: one at a time, stoppable, kept on screen while the person looks elsewhere in chat. */
import type { CaseId } from '../../../preload/contract/domains/basics.ts';
import { call } from '../../lib/client.ts';
import { useNavigation } from '../../lib/navigation.ts';
import { type Checking, useChatState } from './chat-state.ts';

/** As many characters as the engine takes at once. */
export const mostChars = 200_000;

let controller: AbortController | null = null;

/** Shows the place where a text is checked; what was there last is there again. */
export function openCheck(): void {
  useChatState.setState({ isChecking: true, open: null, problem: null });
}

/** Goes back to the conversation; the text stays. A check that runs ends. */
export function closeCheck(): void {
  stopCheck();
  useChatState.setState({ isChecking: false, open: null });
}

/** Ends the check that runs; nothing of it is shown. */
export function stopCheck(): void {
  controller?.abort(new DOMException('The person stopped the check.', 'AbortError'));
}

function change(part: Partial<Checking>): void {
  useChatState.setState(({ checking }) => ({ checking: { ...checking, ...part } }));
}

/** Takes what is typed or pasted. */
export function writeText(text: string): void {
  change({ text });
}

/** Checks the text against the whole case. Does nothing while it is empty or a check runs. */
export async function checkText(caseId: CaseId): Promise<void> {
  const { checking } = useChatState.getState();
  if (checking.running !== null || checking.text.trim() === '') return;
  const mine = new AbortController();
  controller = mine;
  const { text } = checking;
  change({ running: { done: 0, total: null }, fault: null });
  useChatState.setState({ open: null });
  const isStillHere = (): boolean => useNavigation.getState().case === caseId;
  try {
    const checked = await call('chat.check-text', { case: caseId, text }, { signal: mine.signal, onProgress: (running) => { if (isStillHere()) change({ running }); } });
    if (isStillHere()) change({ checked, of: text });
  } catch (error) {
    if (isStillHere() && !mine.signal.aborted) change({ fault: error instanceof Error ? error.message : String(error) });
  } finally {
    if (controller === mine) controller = null;
    if (isStillHere()) change({ running: null });
  }
}
