import { type ReactElement, useDeferredValue, useEffect, useState } from 'react';
import SquarePen from 'lucide-react/icons/square-pen';
import type { CaseId } from '../../../preload/contract/domains/basics.ts';
import type { ConversationInfo } from '../../../preload/contract/domains/chat.ts';
import { counted, todayOrDay } from '../../lib/format.ts';
import { useRoute } from '../../lib/queries.ts';
import { visibleLine } from '../../lib/visible-text.ts';
import { Button, EmptyPane, Group, IconButton, Notice, Pane, PaneBody, PaneHead, PaneSub, PaneTitle, Portion, Row, SearchField, Skeleton, Spacer, VirtualList } from '../../ui/index.ts';
import { showConversation, useChatState } from './chat-state.ts';

/** Props of ConversationPane; `conversations` is undefined until they are known. */
export interface ConversationPaneProps {
  case: CaseId;
  conversations: readonly ConversationInfo[] | undefined;
  error: Error | null;
  onRetry: () => void;
  onNew: () => void;
}

/** The conversations of the case, the last one asked in first. */
export function ConversationPane({ case: caseId, conversations: all, error, onRetry, onNew }: ConversationPaneProps): ReactElement {
  const [words, setWords] = useState('');
  const sought = useDeferredValue(words.trim());
  const found = useRoute('chat.search', { case: caseId, words: sought }, { enabled: sought !== '', keepPrevious: true }).data?.conversations;
  const conversations = sought === '' || found === undefined ? all : all?.filter((info) => found.includes(info.conversation));
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
      {(all?.length ?? 0) > 1 && <PaneSub><SearchField label="Find a conversation" isLabelHidden placeholder="Find by any word" value={words} onChange={setWords} maxLength={400} /></PaneSub>}
      {error !== null && <Notice kind="danger" meaning="They are kept in the case." action={<Button size="sm" onPress={onRetry}>Try again</Button>}>The conversations could not be listed.</Notice>}
      {conversations === undefined && error === null && <PaneBody><Group><Skeleton label="Opening conversations" isLabelHidden /></Group></PaneBody>}
      {conversations?.length === 0 && <EmptyPane>{sought === '' ? 'No conversations yet.' : `None of ${counted(all?.length ?? 0, 'conversation')} holds these words.`}</EmptyPane>}
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
