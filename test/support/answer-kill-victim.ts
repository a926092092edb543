/** A process with a real engine that asks an endpoint again and again until it is killed, and tells what it was told. Argument: an AskingOrder, as JSON. */
import type { CaseId, ConversationId, EndpointId, TurnId } from '../../preload/contract/domains/basics.ts';
import { unlockedEngine } from './engines.ts';

export interface AskingOrder {
  readonly vaultFolder: string;
  readonly case: CaseId;
  readonly endpoint: EndpointId;
  readonly conversation: ConversationId | null;
  /** What each question begins with; a number follows. */
  readonly question: string;
}

export type FromAsking =
  | { readonly t: 'tries'; readonly question: string }
  | { readonly t: 'kept'; readonly question: string; readonly conversation: ConversationId; readonly turn: TurnId }
  | { readonly t: 'wrote'; readonly turn: TurnId; readonly chars: number }
  | { readonly t: 'answered'; readonly turn: TurnId; readonly text: string }
  | { readonly t: 'accepted'; readonly turn: TurnId }
  | { readonly t: 'failed'; readonly message: string };

const order = JSON.parse(process.argv[2] ?? '') as AskingOrder;
const tell = (message: FromAsking): void => { process.send?.(message); };

async function work(): Promise<never> {
  const engine = await unlockedEngine(order.vaultFolder);
  await engine.call('cases.open', { case: order.case });
  let conversation = order.conversation;
  for (let round = 0; ; round += 1) {
    const question = `${order.question} ${round}`;
    tell({ t: 'tries', question });
    let turn: TurnId | null = null;
    const { turn: answered } = await engine.call('chat.ask', { case: order.case, conversation, question, endpoint: order.endpoint }, (progress) => {
      if (progress.kind === 'asked') {
        ({ conversation, turn } = progress);
        tell({ t: 'kept', question, conversation: progress.conversation, turn: progress.turn });
      }
      if (progress.kind === 'text' && turn !== null) tell({ t: 'wrote', turn, chars: progress.text.length });
    });
    tell({ t: 'answered', turn: answered.turn, text: answered.answer?.sentences.map(({ text }) => text).join(' ') ?? '' });
    if (answered.review !== null) {
      await engine.call('chat.accept-answer', { case: order.case, turn: answered.turn, of: answered.review.of, isAccepted: true });
      tell({ t: 'accepted', turn: answered.turn });
    }
  }
}

work().catch((error: unknown) => tell({ t: 'failed', message: error instanceof Error ? (error.stack ?? error.message) : String(error) }));
