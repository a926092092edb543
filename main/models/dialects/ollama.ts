/**
 * Ollama's own API (POST api/chat as lines of JSON, GET api/tags, POST api/embed). Unlike its OpenAI-shaped one it can be told not to
 * drop the beginning of a prompt that does not fit: `truncate` and `shift` are false, so that an overflow is refused or cut, and seen.
 */
import * as z from 'zod';
import type { AnswerMeaning } from '../answer-reader.ts';
import { below, outputLimit, roleMessages, systemText, type AskedRequest, type Codec, type CodecProfile } from '../codec.ts';
import { usualWire, type Wire } from '../wire.ts';
import { count, size, text } from './lenient.ts';
import { openAiTool, plainNames } from './openai-shared.ts';

const line = z.object({
  message: z.object({ content: text, thinking: text, tool_calls: z.array(z.object({ function: z.object({ name: text }).nullish().catch(null) }).catch({ function: null })).nullish().catch(null) }).nullish().catch(null),
  done: z.boolean().nullish().catch(null), done_reason: text, prompt_eval_count: count, eval_count: count, remote_host: text,
});

/** How lines and whole answers are read. The older servers give no reason with the last line. */
const chatMeaning: AnswerMeaning = {
  carries: () => true,
  isAnswer: (body) => 'message' in body || 'done' in body,
  read: (value, _event, sink) => {
    const found = line.parse(value);
    if (found.remote_host) return sink.fail({ message: '', code: remoteCode, status: null, contextTokens: null });
    sink.reasoning(found.message?.thinking ?? '');
    sink.text(found.message?.content ?? '');
    for (const call of found.message?.tool_calls ?? []) if (call.function?.name) sink.tool(call.function.name);
    if (found.done !== true) return;
    if (found.prompt_eval_count !== null || found.eval_count !== null) sink.usage({ promptTokens: found.prompt_eval_count, completionTokens: found.eval_count });
    sink.finish(found.done_reason || 'stop');
    sink.done();
  },
};

function encodeChat(request: AskedRequest, profile: CodecProfile, wire: Wire): unknown {
  const { messages, temperature, schema, tool } = request;
  const system = systemText(request, wire);
  const limit = outputLimit(request, profile);
  const options = {
    ...(profile.contextTokens === null ? {} : { num_ctx: profile.contextTokens }),
    ...(limit === undefined ? {} : { num_predict: limit }),
    ...(temperature === undefined || !wire.temperature ? {} : { temperature }),
  };
  return {
    model: profile.model,
    messages: roleMessages(system, messages),
    stream: wire.stream,
    truncate: false,
    shift: false,
    ...(Object.keys(options).length === 0 ? {} : { options }),
    ...(schema === undefined || wire.structure === 'none' ? {} : { format: wire.structure === 'schema' ? schema : 'json' }),
    ...(tool === undefined ? {} : { tools: [openAiTool(tool)] }),
  };
}

const remoteCode = 'redoubt_remote_model';
const notHere = (name: string): string => `The model of ${name} is not run there: Ollama would hand everything on to its cloud.`;

/** The codec of an Ollama endpoint. It refuses a model that Ollama runs in its cloud. */
export function ollama(name: string, profile: CodecProfile): Codec {
  const { model } = profile;
  const prefix = below(profile.baseUrl, '/api');
  const isOwn = (found: string | null | undefined): boolean => found === model || found === `${model}:latest`;
  return {
    framing: 'ndjson', accept: 'application/x-ndjson, application/json', keyHeader: null, signedService: null, wire: usualWire, hasJsonMode: true,
    answer: { place: () => ({ path: `${prefix}/chat` }), encode: (request, wire) => encodeChat(request, profile, wire), meaning: chatMeaning },
    embeddings: {
      place: { path: `${prefix}/embed` },
      encode: (texts) => ({ model, input: texts, truncate: false }),
      read: (value) => z.object({ embeddings: z.array(z.array(z.number())) }).safeParse(value).data?.embeddings ?? null,
    },
    models: {
      place: { path: `${prefix}/tags` },
      read: (value) => {
        const { data } = z.object({ models: z.array(z.object({ name: z.string().optional() })) }).safeParse(value);
        return data === undefined ? null : { ids: plainNames(data.models.map((found) => found.name)), contextTokens: null };
      },
    },
    facts: [
      { place: { path: `${prefix}/show` }, body: { model }, isFirst: true, read: (value) => {
        const { data: found } = z.object({ remote_host: text, model_info: z.record(z.string(), z.unknown()).nullish().catch(null) }).safeParse(value);
        if (found?.remote_host) return { refusal: notHere(name) };
        const [, trained] = Object.entries(found?.model_info ?? {}).find(([key]) => key.endsWith('.context_length')) ?? [];
        const most = size.parse(trained);
        return most === undefined ? {} : { contextTokens: Math.min(most, profile.contextTokens ?? most) };
      } },
      // Once it has answered it is loaded, and the server says with how much room: less than the model could take, as a rule.
      { place: { path: `${prefix}/ps` }, read: (value) => {
        const { data } = z.object({ models: z.array(z.object({ name: text, model: text, context_length: size })) }).safeParse(value);
        const contextTokens = data?.models.find((found) => isOwn(found.name) || isOwn(found.model))?.context_length;
        return contextTokens === undefined ? {} : { contextTokens };
      } },
      { place: { path: `${prefix}/version` }, read: (value) => {
        const { data } = z.object({ version: z.string() }).safeParse(value);
        return data === undefined ? {} : { version: `Ollama ${data.version}` };
      } },
    ],
    // What the server itself says of a model of another name is asked in a test, and seen in every answer.
    refusal: /[-:]cloud$/i.test(model) ? notHere(name) : undefined,
    explain: ({ code }, _status, target) => (code === remoteCode ? { code: 'rejected', message: notHere(target.name) } : null),
  };
}
