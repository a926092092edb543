/**
 * OpenAI's responses (POST responses), streamed as named events. Nothing is kept there: `store` is always false. Reasoning is not asked for
 * in its encrypted form, because nothing of ours would hand it back; where it comes all the same, it is passed over.
 */
import * as z from 'zod';
import { isRecord } from '../../base/is-record.ts';
import type { AnswerMeaning, AnswerSink } from '../answer-reader.ts';
import { outputLimit, roleMessages, systemText, type AskedRequest, type Codec, type CodecProfile } from '../codec.ts';
import { faultOf } from '../server-fault.ts';
import { usualWire, type Wire } from '../wire.ts';
import { count, text } from './lenient.ts';
import { openAiEmbeddings, openAiModels } from './openai-shared.ts';

const part = z.object({ type: text, text, refusal: text }).catch({ type: null, text: null, refusal: null });
const parts = z.array(part).nullish().catch(null);
const item = z.object({ type: text, name: text, content: parts, summary: parts }).catch({ type: null, name: null, content: null, summary: null });
const response = z.object({
  status: text,
  output: z.array(item).nullish().catch(null),
  incomplete_details: z.object({ reason: text }).nullish().catch(null),
  usage: z.object({ input_tokens: count, output_tokens: count }).nullish().catch(null),
});
const event = z.object({ type: text, delta: text, text, item: item.nullish(), response: response.nullish().catch(null) });

/** What ends the answer, and the tokens; what it holds too, when none of it came piece by piece. */
function readResponse({ status, output, incomplete_details: incomplete, usage }: z.infer<typeof response>, sink: AnswerSink): void {
  if (usage) sink.usage({ promptTokens: usage.input_tokens, completionTokens: usage.output_tokens });
  for (const { type, name, content, summary } of sink.hasText() ? [] : (output ?? [])) {
    if (type === 'function_call' && name) sink.tool(name);
    if (type === 'reasoning') sink.reasoning([...(summary ?? []), ...(content ?? [])].map((piece) => piece.text ?? '').join(''));
    if (type === 'message') sink.text((content ?? []).map((piece) => `${piece.text ?? ''}${piece.refusal ?? ''}`).join(''));
  }
  if (status === 'incomplete') sink.finish(incomplete?.reason ?? 'incomplete');
  else if (status === 'completed' || status === 'failed' || status === 'cancelled') sink.finish(status);
}

/** How events and whole responses are read. */
export const responsesMeaning: AnswerMeaning = {
  carries: (name) => name === null || name === 'message' || name.startsWith('response.'),
  isAnswer: (body) => body.object === 'response' || Array.isArray(body.output),
  read: (value, name, sink) => {
    const { type, delta, text: whole, item: added, response: told } = event.parse(value);
    switch (type ?? name) {
      case 'response.output_text.delta':
      case 'response.refusal.delta':
        return sink.text(delta ?? '');
      case 'response.output_text.done':
        return sink.hasText() ? undefined : sink.text(whole ?? '');
      case 'response.reasoning_summary_text.delta':
      case 'response.reasoning_text.delta':
        return sink.reasoning(delta ?? '');
      case 'response.output_item.added':
        if (added?.type === 'function_call' && added.name) sink.tool(added.name);
        return;
      case 'response.failed':
        if (isRecord(value.response) && value.response.error) sink.fail(faultOf(value.response));
        else sink.finish('failed');
        return;
      case 'response.completed':
      case 'response.incomplete':
        if (told) readResponse({ ...told, status: (type ?? name ?? '').slice('response.'.length) }, sink);
        else sink.finish(type === 'response.completed' ? 'completed' : 'incomplete');
        return sink.done();
      case null:
      case 'message':
        return readResponse(response.parse(value), sink); // whole, it has no type
      default: // progress that is not text
    }
  },
};

/** The JSON body of a response. */
export function encodeResponses(request: AskedRequest, model: string, profile: CodecProfile, wire: Wire): unknown {
  const { messages, temperature, schema, tool } = request;
  const system = systemText(request, wire);
  const limit = outputLimit(request, profile);
  return {
    model,
    store: false,
    ...(system === '' ? {} : { instructions: system }),
    input: roleMessages('', messages),
    stream: wire.stream,
    ...(limit === undefined ? {} : { max_output_tokens: limit }),
    ...(temperature === undefined || !wire.temperature ? {} : { temperature }),
    ...(schema === undefined || wire.structure === 'none' ? {} : { text: { format: wire.structure === 'schema' ? { type: 'json_schema', name: 'answer', strict: true, schema } : { type: 'json_object' } } }),
    ...(tool === undefined ? {} : { tools: [{ type: 'function', ...tool, strict: true }] }),
  };
}

/** The codec of an openai-responses endpoint. */
export function openAiResponses(profile: CodecProfile): Codec {
  const { model } = profile;
  return {
    framing: 'server-sent-events', accept: 'text/event-stream, application/json', keyHeader: null, signedService: null, wire: usualWire, hasJsonMode: true,
    answer: { place: () => ({ path: '/responses' }), encode: (request, wire) => encodeResponses(request, model, profile, wire), meaning: responsesMeaning },
    embeddings: openAiEmbeddings('/embeddings', model),
    models: openAiModels('/models', model),
    facts: [],
  };
}
