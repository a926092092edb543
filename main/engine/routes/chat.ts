import { AppError } from '../../base/errors.ts';
import { askCase, listShownConversations, readTurns, renameConversation } from '../../chat/index.ts';
import { readEndpoint } from '../../store/index.ts';
import type { Handlers } from '../server.ts';
import type { EngineContext } from '../sessions.ts';

/** Handlers of conversations. */
export function chatHandlers(context: EngineContext): Pick<Handlers, 'chat.conversations' | 'chat.turns' | 'chat.ask' | 'chat.rename'> {
  const { events, network } = context;
  return {
    'chat.conversations': ({ case: id }) => ({ conversations: listShownConversations(context.session(id).store) }),
    'chat.turns': ({ case: id, conversation }) => readTurns(context.session(id).store, conversation),
    'chat.ask': ({ case: id, conversation, question, endpoint: ref }, { progress, signal }) => {
      const { store, reader } = context.writable(id);
      const endpoint = ref === null ? null : readEndpoint(context.vault().read, ref);
      if (ref !== null && endpoint === null) throw new AppError('endpoint.unknown', 'There is no such endpoint.', { data: { endpoint: ref } });
      return askCase({ store, reader, network, onChange: () => events.emit('chat', id) }, { conversation, question, endpoint }, progress, signal);
    },
    'chat.rename': ({ case: id, conversation, title }) => {
      const info = renameConversation(context.writable(id).store, conversation, title);
      events.emit('chat', id);
      return info;
    },
  };
}
