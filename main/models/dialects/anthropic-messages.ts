/** Anthropic's messages (POST v1/messages), streamed as named events; also spoken by vLLM, llama.cpp and others. It makes no vectors. */
import * as z from 'zod';
import type { AnswerMeaning, AnswerSink } from '../answer-reader.ts';
import { below, outputLimit, roleMessages, systemText, type AskedRequest, type Codec, type CodecProfile } from '../codec.ts';
import { usualWire, type Wire } from '../wire.ts';
import { count, text } from './lenient.ts';
import { openAiModels } from './openai-shared.ts';

const block = z.object({ type: text, text, thinking: text, name: text }).nullish().catch(null);
const usage = z.object({ input_tokens: count, cache_creation_input_tokens: count, cache_read_input_tokens: count, output_tokens: count }).nullish().catch(null);
const message = z.object({ content: z.array(block).nullish().catch(null), stop_reason: text, usage });
const event = z.object({ type: text, message: message.nullish().catch(null), content_block: block, delta: z.object({ text, thinking: text, stop_reason: text }).nullish().catch(null), usage });

/** The limit has to be said there; this is within what every model allows. */
const usualLimit = 4096;

function readBlock(found: z.infer<typeof block>, sink: AnswerSink): void {
  if (found?.type === 'tool_use' && found.name) sink.tool(found.name);
  sink.reasoning(found?.thinking ?? '');
  sink.text(found?.text ?? '');
}

function readUsage(found: z.infer<typeof usage>, sink: AnswerSink): void {
  if (!found) return;
  const prompt = [found.input_tokens, found.cache_creation_input_tokens, found.cache_read_input_tokens].filter((tokens) => tokens !== null);
  sink.usage({ promptTokens: prompt.length === 0 ? null : prompt.reduce((sum, tokens) => sum + tokens, 0), completionTokens: found.output_tokens });
}

/** How events and whole messages are read. */
const messagesMeaning: AnswerMeaning = {
  carries: (name) => name !== 'ping',
  isAnswer: (body) => body.type === 'message' || Array.isArray(body.content),
  read: (value, name, sink) => {
    const found = event.parse(value);
    switch (found.type ?? name) {
      case 'message_start':
        return readUsage(found.message?.usage, sink);
      case 'content_block_start':
        return readBlock(found.content_block, sink);
      case 'content_block_delta':
        sink.reasoning(found.delta?.thinking ?? '');
        return sink.text(found.delta?.text ?? '');
      case 'message_delta':
        readUsage(found.usage, sink);
        if (found.delta?.stop_reason) sink.finish(found.delta.stop_reason);
        return;
      case 'message_stop':
        return sink.done();
      case 'message': {
        const whole = message.parse(value);
        readUsage(whole.usage, sink);
        for (const one of whole.content ?? []) readBlock(one, sink);
        if (whole.stop_reason) sink.finish(whole.stop_reason);
        return;
      }
      default: // pings, and what is yet to come
    }
  },
};

function encodeMessages(request: AskedRequest, profile: CodecProfile, wire: Wire): unknown {
  const { messages, temperature, schema, tool } = request;
  const system = systemText(request, wire);
  return {
    model: profile.model,
    max_tokens: outputLimit(request, profile) ?? usualLimit,
    ...(system === '' ? {} : { system }),
    messages: roleMessages('', messages),
    stream: wire.stream,
    ...(temperature === undefined || !wire.temperature ? {} : { temperature }),
    ...(schema === undefined || wire.structure !== 'schema' ? {} : { output_config: { format: { type: 'json_schema', schema } } }),
    ...(tool === undefined ? {} : { tools: [{ name: tool.name, description: tool.description, input_schema: tool.parameters }] }),
  };
}

/** The codec of an anthropic-messages endpoint. */
export function anthropicMessages(profile: CodecProfile): Codec {
  const prefix = below(profile.baseUrl, '/v1');
  const headers = { 'anthropic-version': '2023-06-01' };
  const models = openAiModels(`${prefix}/models`, profile.model, { limit: '1000' });
  return {
    framing: 'server-sent-events', accept: 'text/event-stream, application/json', keyHeader: 'x-api-key', signedService: null, wire: usualWire, hasJsonMode: false,
    answer: { place: () => ({ path: `${prefix}/messages`, headers }), encode: (request, wire) => encodeMessages(request, profile, wire), meaning: messagesMeaning },
    embeddings: null,
    models: { ...models, place: { ...models.place, headers } },
    facts: [],
  };
}
