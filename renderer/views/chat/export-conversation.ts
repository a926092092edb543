import type { CaseId } from '../../../preload/contract/domains/basics.ts';
import type { ConversationInfo } from '../../../preload/contract/domains/chat.ts';
import { bridge } from '../../lib/bridge.ts';
import { call } from '../../lib/client.ts';
import { toasts } from '../../lib/toasts.ts';

/** Writes a conversation as Markdown and JSON into a folder that the person chooses, and says what was written. Answers why it was not, or null. */
export async function exportConversation(caseId: CaseId, { conversation }: ConversationInfo): Promise<string | null> {
  try {
    const { path: folder } = await bridge.shell('files.choose-save-folder', {});
    if (folder === null) return null;
    const { files, marking } = await call('chat.export', { case: caseId, conversation, folder });
    toasts.show({ text: `Written, unencrypted, ${marking}: ${files.join(', ')}` });
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
