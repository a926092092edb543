import { type KeyboardEvent, type ReactElement, useState } from 'react';
import FileOutput from 'lucide-react/icons/file-output';
import Pencil from 'lucide-react/icons/pencil';
import type { CaseId } from '../../../preload/contract/domains/basics.ts';
import type { ConversationInfo } from '../../../preload/contract/domains/chat.ts';
import { call } from '../../lib/client.ts';
import { queryClient } from '../../lib/queries.ts';
import { visibleLine } from '../../lib/visible-text.ts';
import { Button, IconButton, PaneHead, PaneTitle, Spacer, Text, TextField } from '../../ui/index.ts';
import { exportConversation } from './export-conversation.ts';
import css from './thread-head.module.css';

/** Props of ThreadHead; `info` is null for a conversation that has not begun. */
export interface ThreadHeadProps {
  case: CaseId;
  info: ConversationInfo | null;
}

/** The conversation's title, which can be changed in its place. */
export function ThreadHead({ case: caseId, info }: ThreadHeadProps): ReactElement {
  const [editing, setEditing] = useState<{ of: string; title: string; error: string | null } | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  if (info === null) return <PaneHead><PaneTitle>New conversation</PaneTitle></PaneHead>;
  if (editing === null || editing.of !== info.conversation) {
    return (
      <PaneHead>
        <PaneTitle>{visibleLine(info.title)}</PaneTitle>
        <IconButton size="sm" label="Rename" icon={Pencil} onPress={() => setEditing({ of: info.conversation, title: info.title, error: null })} />
        <Spacer />
        {fault !== null && <Text size="small" tone="danger">Not exported: {fault}</Text>}
        <IconButton size="sm" label="Export the conversation" icon={FileOutput} onPress={() => { void exportConversation(caseId, info).then(setFault); }} />
      </PaneHead>
    );
  }
  const title = editing.title.trim();
  const save = async (): Promise<void> => {
    if (title === '') return;
    try {
      await call('chat.rename', { case: caseId, conversation: info.conversation, title });
      for (const route of ['chat.turns', 'chat.conversations'] as const) void queryClient.invalidateQueries({ queryKey: [route] });
      setEditing(null);
    } catch (error) {
      setEditing({ ...editing, error: error instanceof Error ? error.message : String(error) });
    }
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter') void save();
    else if (event.key === 'Escape') setEditing(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <PaneHead>
      <span role="presentation" className={css.field} onKeyDown={onKeyDown}>
        <TextField label="Title of the conversation" isLabelHidden value={editing.title} maxLength={200} autoFocus
          onChange={(next) => setEditing({ ...editing, title: next, error: null })} />
      </span>
      {editing.error !== null && <Text size="small" tone="danger">Not renamed: {editing.error}</Text>}
      <Button size="sm" variant="ghost" onPress={() => setEditing(null)}>Cancel</Button>
      <Button size="sm" isDisabled={title === ''} onPress={() => void save()}>Rename</Button>
    </PaneHead>
  );
}
