import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError, bug } from '../../base/errors.ts';
import { acceptAnswer, askCase, checkText, editAnswer, exportConversation, listShownConversations, listTables, planQuestion, previewQuestion, proposeTablePlan, readItems, readTurns, renameConversation, reviewOf, searchConversations, type AskTools } from '../../chat/index.ts';
import type { CaseId, EndpointId, TurnId } from '../../../preload/contract/domains/basics.ts';
import type { AnswerReview } from '../../../preload/contract/domains/chat.ts';
import { toMarking } from '../../policy/index.ts';
import { listEndpoints, readEndpoint, readSending, readTurn, type EndpointRow } from '../../store/index.ts';
import { outside, ownerOnly, refuseVault } from '../outside.ts';
import { recordedExport } from '../recorded-export.ts';
import type { Handlers } from '../server.ts';
import type { EngineContext } from '../sessions.ts';

/** Writes a text under a name that is not taken yet; answers the name. */
function writeFresh(folder: string, name: string, extension: string, text: string): string {
  for (let copy = 1; ; copy += 1) {
    const file = `${name}${copy === 1 ? '' : ` ${copy}`}.${extension}`;
    try {
      writeFileSync(join(folder, file), text, ownerOnly);
      return file;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
  }
}

/** Handlers of conversations. */
export function chatHandlers(context: EngineContext): Pick<Handlers, 'chat.conversations' | 'chat.search' | 'chat.export' | 'chat.turns' | 'chat.plan' | 'chat.tables' | 'chat.propose-table-plan' | 'chat.items' | 'chat.preview' | 'chat.ask' | 'chat.sending' | 'chat.check-text' | 'chat.edit-answer' | 'chat.accept-answer' | 'chat.rename'> {
  const { events, network, personalData } = context;
  const toolsOf = (id: CaseId): AskTools => {
    const { store, reader, searcher, counter, bulk } = context.session(id);
    return { store, reader, searcher, counter, bulk, network, personalData, endpoints: () => listEndpoints(context.vault().read), onChange: () => events.emit('chat', id) };
  };
  const mustRead = (ref: EndpointId): EndpointRow => {
    const endpoint = readEndpoint(context.vault().read, ref);
    if (endpoint === null) throw new AppError('endpoint.unknown', 'There is no such endpoint.', { data: { endpoint: ref } });
    return endpoint;
  };
  /** Where an answer stands after a person's word on it, told to whoever shows it. */
  const reviewed = (id: CaseId, turn: TurnId): AnswerReview => {
    events.emit('chat', id);
    return reviewOf(context.session(id).store, turn) ?? bug('an answer was looked through and is gone');
  };
  return {
    'chat.conversations': async ({ case: id }) => ({ conversations: await listShownConversations(context.session(id).store) }),
    'chat.search': ({ case: id, words }) => ({ conversations: searchConversations(context.session(id).store, words) }),
    'chat.export': async ({ case: id, conversation, folder }) => {
      const { store } = context.session(id);
      refuseVault(folder, context.vaultFolder);
      const { marking, turns, files } = await exportConversation(store, conversation);
      return recordedExport(store, 'conversation', async () => {
        const names: string[] = [];
        for (const { extension, text } of files) names.push(await outside(() => writeFresh(folder, `conversation-${conversation}`, extension, text)));
        return { files: names, marking };
      }, () => ({ turns }));
    },
    'chat.turns': ({ case: id, conversation }) => readTurns(context.session(id).store, conversation),
    'chat.plan': ({ case: id, endpoint, questionMarking, ...asked }, { signal }) =>
      planQuestion(toolsOf(id), { ...asked, endpoint: endpoint === null ? null : mustRead(endpoint), questionMarking: questionMarking === null ? null : toMarking(questionMarking) }, signal),
    'chat.tables': async ({ case: id, scope }, { signal }) => ({ tables: (await listTables(context.session(id), scope, signal)).map((table) => ({ ...table, columns: [...table.columns] })) }),
    'chat.propose-table-plan': ({ case: id, endpoint, questionMarking, ...asked }, { signal }) => {
      context.writable(id); // its record goes into the trail
      return proposeTablePlan(toolsOf(id), { ...asked, endpoint: mustRead(endpoint), questionMarking: questionMarking === null ? null : toMarking(questionMarking) }, signal);
    },
    'chat.items': ({ case: id, turn, offset, limit }) => readItems(context.session(id).store, turn, offset, limit),
    'chat.preview': ({ case: id, endpoint, questionMarking, ...asked }, { signal }) =>
      previewQuestion(toolsOf(id), { ...asked, endpoint: mustRead(endpoint), questionMarking: questionMarking === null ? null : toMarking(questionMarking) }, signal),
    'chat.ask': ({ case: id, endpoint, questionMarking, ...asked }, { progress, signal }) => {
      context.writable(id);
      return askCase(toolsOf(id), { ...asked, endpoint: endpoint === null ? null : mustRead(endpoint), questionMarking: questionMarking === null ? null : toMarking(questionMarking) }, progress, signal);
    },
    'chat.sending': ({ case: id, turn }) => {
      const { store } = context.session(id);
      if (readTurn(store.read, turn) === null) throw new AppError('case.unknown-turn', 'There is no such question in this case.', { data: { turn } });
      return { sending: readSending(store.read, turn) };
    },
    'chat.check-text': ({ case: id, ...asked }, { progress, signal }) => {
      const { store, reader } = context.session(id);
      return checkText(store, reader, asked, { signal, onProgress: (done, total) => progress({ done, total }) });
    },
    'chat.edit-answer': async ({ case: id, ...asked }, { signal }) => {
      await editAnswer(context.writable(id), asked, signal);
      return reviewed(id, asked.turn);
    },
    'chat.accept-answer': ({ case: id, ...asked }) => {
      acceptAnswer(context.writable(id).store, asked);
      return reviewed(id, asked.turn);
    },
    'chat.rename': async ({ case: id, conversation, title }) => {
      const info = await renameConversation(context.writable(id).store, conversation, title);
      events.emit('chat', id);
      return info;
    },
  };
}
