import { type ReactElement, useEffect, useState } from 'react';
import SquarePen from 'lucide-react/icons/square-pen';
import type { ConversationInfo } from '../../../preload/contract/domains/chat.ts';
import { counted, todayOrDay } from '../../lib/format.ts';
import { visibleLine } from '../../lib/visible-text.ts';
import { Button, EmptyPane, Group, IconButton, Notice, Pane, PaneBody, PaneHead, PaneTitle, Portion, Row, Skeleton, Spacer, VirtualList } from '../../ui/index.ts';
import { showConversation, useChatState } from './chat-state.ts';

/** Props of ConversationPane; `conversations` is undefined until they are known. */
export interface ConversationPaneProps {
  conversations: readonly ConversationInfo[] | undefined;
  error: Error | null;
  onRetry: () => void;
  onNew: () => void;
}

/** The conversations of the case, the last one asked in first. */
export function ConversationPane({ conversations, error, onRetry, onNew }: ConversationPaneProps): ReactElement {
  const shown = useChatState((state) => state.conversation);
  const index = conversations?.findIndex((info) => info.conversation === shown) ?? -1;
  const nowMs = useNow();
  return (
    <Pane label="Conversations">
      <PaneHead>
        <PaneTitle level={1}>Conversations</PaneTitle>
        <Spacer />
        <IconButton label="New conversation" icon={SquarePen} keys={['Ctrl', 'N']} onPress={onNew} />
      </PaneHead>
      {error !== null && <Notice kind="danger" meaning="They are kept in the case." action={<Button size="sm" onPress={onRetry}>Try again</Button>}>The conversations could not be listed.</Notice>}
      {conversations === undefined && error === null && <PaneBody><Group><Skeleton label="Opening conversations" isLabelHidden /></Group></PaneBody>}
      {conversations?.length === 0 && <EmptyPane>No conversations yet.</EmptyPane>}
      {conversations !== undefined && conversations.length > 0 && (
        <VirtualList label="Conversations" count={conversations.length} rowHeight={48} selectedIndex={index < 0 ? null : index}
          onSelect={(at) => showConversation(conversations[at]?.conversation ?? null)}
          renderRow={(at) => <ConversationRow info={conversations[at]} nowMs={nowMs} />} />
      )}
    </Pane>
  );
}

function ConversationRow({ info, nowMs }: { info: ConversationInfo | undefined; nowMs: number }): ReactElement | null {
  if (info === undefined) return null;
  return (
    <Row title={visibleLine(info.title)} detail={`${counted(info.turns, 'question')} · ${todayOrDay(info.updatedAt, nowMs)}`}
      detailSide={<Portion text={info.marking.portion} />} />
  );
}

/** The time, to the minute: at midnight a time of day becomes a date. */
function useNow(): number {
  const [nowMs, setNowMs] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), 60_000);
    return () => clearInterval(timer);
  }, []);
  return nowMs;
}
