/**
 * Amazon Bedrock: OpenAI's two bodies below /openai/v1, and Converse (POST model/{id}/converse-stream) with AWS's event stream. A bearer
 * key or AWS keys; the host is the profile's, whatever the region that is signed for.
 */
import { below, type Codec, type CodecProfile } from '../codec.ts';
import type { ExplainFault } from '../server-fault.ts';
import { bedrockConverse } from './bedrock-converse.ts';
import { openAiChat } from './openai-chat.ts';
import { openAiResponses } from './openai-responses.ts';

/** What AWS says in its own way. */
const explain: ExplainFault = ({ code, message }, status, { name, model }) => {
  if (code.startsWith('accessdenied')) {
    return { code: 'unauthorised', message: `${name} does not allow ${model} to the key it was given. The account may first have to be granted the model; in GovCloud its terms are accepted in the linked commercial account, then it is enabled in GovCloud.` };
  }
  if (/signature (?:expired|not yet current)|is now (?:earlier|later) than/i.test(message)) return { code: 'unauthorised', message: `${name} does not accept the time of the signature: the clock of this computer may be wrong.` };
  if (/^(?:expiredtoken|unrecognizedclient|invalidsignature|signaturedoesnotmatch|invalidclienttokenid|missingauthenticationtoken|incompletesignature)/.test(code)) {
    return { code: 'unauthorised', message: code.startsWith('expiredtoken') ? `The temporary keys of ${name} have run out.` : `${name} does not accept the key it was given, or the region that it was signed for.` };
  }
  if (/supported on this route/i.test(message)) return { code: 'rejected', message: `${name} serves ${model} with another body than the profile's: choose another face.` };
  if (/on-demand throughput|inference profile/i.test(message) && status === 400) return { code: 'rejected', message: `${name} serves ${model} through an inference profile only: give the profile's id as the model.` };
  return null;
};

/** The codec of a Bedrock endpoint. */
export function bedrock(profile: CodecProfile, face: 'openai-chat' | 'openai-responses' | 'converse'): Codec {
  const signedService = new URL(profile.baseUrl).hostname.startsWith('bedrock-mantle.') ? 'bedrock-mantle' : 'bedrock';
  if (face === 'converse') return { ...bedrockConverse(profile), signedService, explain };
  const codec = face === 'openai-chat' ? openAiChat(profile) : openAiResponses(profile);
  // The other service has the same bodies below /v1, for whoever gives that path.
  const prefix = new URL(profile.baseUrl).pathname.replace(/\/+$/, '').endsWith('/v1') ? '' : below(profile.baseUrl, '/openai', '/v1');
  return {
    ...codec, signedService, explain, facts: [],
    answer: { ...codec.answer, place: (wire) => ({ path: `${prefix}${codec.answer.place(wire).path}` }) },
    embeddings: null,
    models: codec.models === null ? null : { ...codec.models, place: { path: `${prefix}/models` } },
  };
}
