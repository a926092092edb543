/** OpenAI's chat completions (POST chat/completions, GET models, POST embeddings), as OpenAI and the local servers speak it. */
import * as z from 'zod';
import type { AnswerMeaning } from '../answer-reader.ts';
import { outputLimit, roleMessages, systemText, type AskedRequest, type Codec, type CodecProfile } from '../codec.ts';
import { usualWire, type Wire } from '../wire.ts';
import { count, size, text } from './lenient.ts';
import { openAiEmbeddings, openAiModels, openAiTool } from './openai-shared.ts';

const contentParts = z.array(z.object({ text }).catch({ text: null })).transform((parts) => parts.map((part) => part.text ?? '').join(''));
const calls = z.array(z.object({ function: z.object({ name: text }).nullish().catch(null) }).catch({ function: null })).nullish().catch(null);
const said = z.object({ content: z.union([z.string(), contentParts]).nullish().catch(null), reasoning: text, reasoning_content: text, refusal: text, tool_calls: calls }).optional().catch(undefined);
const chunk = z.object({
  choices: z.array(z.object({ index: z.number().catch(0), delta: said, message: said, finish_reason: text })).optional().catch(undefined),
  usage: z.object({ prompt_tokens: count, completion_tokens: count }).nullish().catch(null),
});

/** How chunks and whole completions are read. */
export const chatMeaning: AnswerMeaning = {
  carries: (event) => event === null || event === 'message',
  isAnswer: (body) => 'choices' in body,
  read: (value, _event, sink) => {
    const parsed = chunk.safeParse(value);
    if (!parsed.success) return;
    if (parsed.data.usage) sink.usage({ promptTokens: parsed.data.usage.prompt_tokens, completionTokens: parsed.data.usage.completion_tokens });
    const choice = parsed.data.choices?.find(({ index }) => index === 0);
    if (choice === undefined) return;
    const part = choice.delta ?? choice.message;
    sink.reasoning((part?.reasoning_content || part?.reasoning) ?? ''); // some servers send the same under both names
    sink.text(`${part?.content ?? ''}${part?.refusal ?? ''}`);
    for (const call of part?.tool_calls ?? []) if (call.function?.name) sink.tool(call.function.name);
    if (choice.finish_reason) sink.finish(choice.finish_reason);
  },
};

/** The JSON body of a chat completion. `model` null leaves the name out, where the path has it. */
export function encodeChat(request: AskedRequest, model: string | null, profile: CodecProfile, wire: Wire): unknown {
  const { messages, temperature, schema, tool } = request;
  const system = systemText(request, wire);
  const limit = outputLimit(request, profile);
  return {
    ...(model === null ? {} : { model }),
    messages: roleMessages(system, messages),
    stream: wire.stream,
    ...(wire.stream && wire.usage ? { stream_options: { include_usage: true } } : {}),
    ...(limit === undefined ? {} : { [wire.limitField]: limit }),
    ...(temperature === undefined || !wire.temperature ? {} : { temperature }),
    ...(schema === undefined || wire.structure === 'none' ? {} : { response_format: wire.structure === 'schema' ? { type: 'json_schema', json_schema: { name: 'answer', strict: true, schema } } : { type: 'json_object' } }),
    ...(tool === undefined ? {} : { tools: [openAiTool(tool)] }),
  };
}

/** The codec of an openai-chat endpoint. */
export function openAiChat(profile: CodecProfile): Codec {
  const { model } = profile;
  return {
    framing: 'server-sent-events', accept: 'text/event-stream, application/json', keyHeader: null, signedService: null, wire: usualWire, hasJsonMode: true,
    answer: { place: () => ({ path: '/chat/completions' }), encode: (request, wire) => encodeChat(request, model, profile, wire), meaning: chatMeaning },
    embeddings: openAiEmbeddings('/embeddings', model),
    models: openAiModels('/models', model),
    facts: localServerFacts(profile),
  };
}

/** What llama.cpp's and vLLM's servers say at their root; asked only where the base URL shows that the server has the whole host. */
function localServerFacts({ baseUrl }: CodecProfile): Codec['facts'] {
  if (!/^\/(?:v1\/?)?$/.test(new URL(baseUrl).pathname)) return [];
  const props = z.object({ build_info: text, default_generation_settings: z.object({ n_ctx: size }).catch({}) }).partial();
  const version = z.object({ version: z.string() });
  return [
    { place: { path: '/props' }, atRoot: true, read: (value) => {
      const { data } = props.safeParse(value);
      const contextTokens = data?.default_generation_settings?.n_ctx;
      return { ...(contextTokens === undefined ? {} : { contextTokens }), ...(data?.build_info ? { version: data.build_info } : {}) };
    } },
    { place: { path: '/version' }, atRoot: true, read: (value) => {
      const { data } = version.safeParse(value);
      return data === undefined ? {} : { version: data.version };
    } },
  ];
}
