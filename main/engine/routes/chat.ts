import { AppError } from '../../base/errors.ts';
import { askCase, checkText, listShownConversations, previewQuestion, readTurns, renameConversation, type AskTools } from '../../chat/index.ts';
import type { CaseId, EndpointId } from '../../../preload/contract/domains/basics.ts';
import { toMarking } from '../../policy/index.ts';
import { listEndpoints, readEndpoint, type EndpointRow } from '../../store/index.ts';
import type { Handlers } from '../server.ts';
import type { EngineContext } from '../sessions.ts';

/** Handlers of conversations. */
export function chatHandlers(context: EngineContext): Pick<Handlers, 'chat.conversations' | 'chat.turns' | 'chat.preview' | 'chat.ask' | 'chat.check-text' | 'chat.rename'> {
  const { events, network } = context;
  const toolsOf = (id: CaseId): AskTools => {
    const { store, reader } = context.session(id);
    return { store, reader, network, endpoints: () => listEndpoints(context.vault().read), onChange: () => events.emit('chat', id) };
  };
  const mustRead = (ref: EndpointId): EndpointRow => {
    const endpoint = readEndpoint(context.vault().read, ref);
    if (endpoint === null) throw new AppError('endpoint.unknown', 'There is no such endpoint.', { data: { endpoint: ref } });
    return endpoint;
  };
  return {
    'chat.conversations': ({ case: id }) => ({ conversations: listShownConversations(context.session(id).store) }),
    'chat.turns': ({ case: id, conversation }) => readTurns(context.session(id).store, conversation),
    'chat.preview': ({ case: id, endpoint, questionMarking, ...asked }, { signal }) =>
      previewQuestion(toolsOf(id), { ...asked, endpoint: mustRead(endpoint), questionMarking: questionMarking === null ? null : toMarking(questionMarking) }, signal),
    'chat.ask': ({ case: id, endpoint, questionMarking, ...asked }, { progress, signal }) => {
      context.writable(id);
      return askCase(toolsOf(id), { ...asked, endpoint: endpoint === null ? null : mustRead(endpoint), questionMarking: questionMarking === null ? null : toMarking(questionMarking) }, progress, signal);
    },
    'chat.check-text': ({ case: id, ...asked }, { progress, signal }) => {
      const { store, reader } = context.session(id);
      return checkText(store, reader, asked, { signal, onProgress: (done, total) => progress({ done, total }) });
    },
    'chat.rename': ({ case: id, conversation, title }) => {
      const info = renameConversation(context.writable(id).store, conversation, title);
      events.emit('chat', id);
      return info;
    },
  };
}
