/** What a person is doing in chat: it outlives the view, so that an answer goes on while another view is shown. */
import { create } from 'zustand';
import type { ConversationId, EndpointId, OpId, TurnId } from '../../../preload/contract/domains/basics.ts';
import type { ChatScope, CheckedText, PassageRef, Refusal, SendPreview } from '../../../preload/contract/domains/chat.ts';
import { useNavigation } from '../../lib/navigation.ts';
import type { ChosenBranches } from './branches.ts';
import type { SentenceFeed } from './sentence-feed.ts';

/** A question that is being answered now. */
export interface Asking {
  readonly question: string;
  /** Null until the engine has begun a conversation for it. */
  readonly conversation: ConversationId | null;
  readonly turn: TurnId | null;
  /** The endpoint's name; null for the extractive reader. */
  readonly endpointName: string | null;
  readonly reading: { readonly done: number; readonly total: number } | null;
  readonly text: SentenceFeed;
}

/** Why the last question has no answer. The question is back in the composer. */
export type Problem =
  | { readonly kind: 'refused'; readonly endpointName: string; readonly refusal: Refusal | null; readonly sentence: string }
  | { readonly kind: 'not-as-shown' }
  | { readonly kind: 'endpoint-failed'; readonly endpointName: string; readonly sentence: string; readonly isUnreachable: boolean }
  | { readonly kind: 'failed'; readonly sentence: string };

/** How the question in the composer is to be sent, beyond its words. */
export interface Wishes {
  readonly leaveOut: readonly PassageRef[];
  /** Null: as the place asks for it. */
  readonly replacePersonalData: boolean | null;
}

/** What would leave this computer, shown before it does. */
export interface Shown {
  readonly endpoint: EndpointId;
  readonly wishes: Wishes;
  readonly preview: SendPreview;
}

/** A text that is checked in place of a conversation. */
export interface Checking {
  readonly text: string;
  /** How far the check that runs has come; null while none does. */
  readonly running: { readonly done: number; readonly total: number | null } | null;
  /** What came of the last one, and the text that it was of. */
  readonly checked: CheckedText | null;
  readonly of: string;
  readonly fault: string | null;
}

/** A citation that is open at the right: its number within the answer of a turn, or, without a turn, within the checked text. */
export interface OpenCitation {
  readonly turn: TurnId | null;
  readonly number: number;
  /** Of a row of a table: which of its cells, from 0. */
  readonly cell?: number | undefined;
}

/** An answer whose text a person is changing; `of` is the text that was there when it was begun. */
export interface Editing {
  readonly turn: TurnId;
  readonly of: OpId;
  readonly text: string;
  readonly isSaving: boolean;
  readonly fault: string | null;
}

export interface ChatState {
  /** The conversation shown; null is one that has not begun. */
  readonly conversation: ConversationId | null;
  readonly draft: string;
  /** Which branch is shown at each fork of the conversation; the newest where none was chosen. */
  readonly branches: ChosenBranches;
  /** The turn that the next question goes on from, where that is not the end of what is shown; `turn` null begins anew. */
  readonly goingOnFrom: { readonly turn: TurnId | null } | null;
  /** The last turn that is shown. */
  readonly lastShown: TurnId | null;
  /** What the person says of the question's own marking, as typed; '' counts as the case. */
  readonly questionMarking: string;
  /** What the next question is asked of. */
  readonly scope: ChatScope;
  readonly isScoping: boolean;
  /** The list of who may answer is open. */
  readonly isChoosing: boolean;
  /** Waits for the person's word. */
  readonly shown: Shown | null;
  /** Endpoints outside for which the person does not want to be shown each send again. */
  readonly unshown: ReadonlySet<EndpointId>;
  readonly asking: Asking | null;
  readonly editing: Editing | null;
  readonly problem: Problem | null;
  readonly open: OpenCitation | null;
  /** What was sent for it is read just now: a question's, or one request of a list. */
  readonly sent: { readonly kind: 'turn'; readonly turn: TurnId } | { readonly kind: 'request'; readonly sending: OpId } | null;
  /** True while a text is checked in place of the conversation; what it is stays when the person goes back. */
  readonly isChecking: boolean;
  readonly checking: Checking;
}

const initial: ChatState = { conversation: null, draft: '', branches: new Map(), goingOnFrom: null, lastShown: null, questionMarking: '', scope: { kind: 'case' }, isScoping: false, isChoosing: false, shown: null, unshown: new Set(), asking: null, editing: null, problem: null, open: null, sent: null, isChecking: false, checking: { text: '', running: null, checked: null, of: '', fault: null } };

/** The state itself. */
export const useChatState = create<ChatState>(() => initial);

useNavigation.subscribe((now, before) => {
  if (now.case !== before.case) useChatState.setState(initial, true);
});

/** Shows a conversation, or a new one. What is in the composer stays. */
export function showConversation(conversation: ConversationId | null): void {
  useChatState.setState({ conversation, open: null, editing: null, problem: null, branches: new Map(), goingOnFrom: null, lastShown: null, isChecking: false });
}

/** Shows a branch behind a turn; null stands for the beginning. */
export function chooseBranch(after: TurnId | null, turn: TurnId): void {
  useChatState.setState((state) => ({ branches: new Map(state.branches).set(after ?? 'start', turn), open: null }));
}

/** Lets the next question go on from a turn; null begins the conversation anew. */
export function goOnFrom(turn: TurnId | null): void {
  useChatState.setState({ goingOnFrom: { turn } });
}

/** Puts a question into the composer, after what stands there already. */
export function putBack(question: string): void {
  const { draft } = useChatState.getState();
  useChatState.setState({ draft: draft.trim() === '' || draft === question ? question : `${question}\n${draft}` });
}
