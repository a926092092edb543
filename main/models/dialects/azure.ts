/**
 * Azure OpenAI, commercial and government: OpenAI's bodies behind a deployment's name. v1 paths (/openai/v1/…, the deployment as `model`) or,
 * with an api-version, the older ones (/openai/deployments/{deployment}/…).
 */
import { below, type Codec, type CodecPlace, type CodecProfile } from '../codec.ts';
import { usualWire } from '../wire.ts';
import { chatMeaning, encodeChat } from './openai-chat.ts';
import { encodeResponses, responsesMeaning } from './openai-responses.ts';
import { openAiEmbeddings, openAiModels } from './openai-shared.ts';
import { pathSegment } from './path-segment.ts';

/** The codec of an Azure endpoint. */
export function azure(profile: CodecProfile, face: 'openai-chat' | 'openai-responses'): Codec {
  const { model, apiVersion, baseUrl } = profile;
  const isOlder = apiVersion !== null;
  const prefix = isOlder ? below(baseUrl, '/openai') : below(baseUrl, '/openai', '/v1');
  const query = isOlder ? { 'api-version': apiVersion } : undefined;
  const deployment = isOlder ? `${prefix}/deployments/${pathSegment(model)}` : prefix;
  const place = (path: string): CodecPlace => ({ path, ...(query === undefined ? {} : { query }) });
  const isChat = face === 'openai-chat';
  return {
    framing: 'server-sent-events', accept: 'text/event-stream, application/json', keyHeader: 'api-key', signedService: null, wire: usualWire, hasJsonMode: true,
    answer: {
      place: () => place(isChat ? `${deployment}/chat/completions` : `${prefix}/responses`),
      encode: (request, wire) => (isChat ? encodeChat(request, isOlder ? null : model, profile, wire) : encodeResponses(request, model, profile, wire)),
      meaning: isChat ? chatMeaning : responsesMeaning,
    },
    embeddings: openAiEmbeddings(`${deployment}/embeddings`, isOlder ? null : model, query),
    models: openAiModels(`${prefix}/models`, model, query),
    facts: [],
    explain: ({ code }, _status, { name, model: deployed }) => (code === 'deploymentnotfound' ? { code: 'rejected', message: `${name} has no deployment ${deployed}.` } : null),
  };
}
