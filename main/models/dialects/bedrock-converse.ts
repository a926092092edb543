import * as z from 'zod';
import type { AnswerMeaning, AnswerSink } from '../answer-reader.ts';
import { outputLimit, systemText, type AskedRequest, type Codec, type CodecProfile } from '../codec.ts';
import { usualWire, type Wire } from '../wire.ts';
import { count, text } from './lenient.ts';
import { pathSegment } from './path-segment.ts';

const tool = z.object({ name: text }).nullish().catch(null);
const reasoning = z.object({ text, reasoningText: z.object({ text }).nullish().catch(null) }).nullish().catch(null);
const block = z.object({ text, reasoningContent: reasoning, toolUse: tool }).nullish().catch(null);
const usage = z.object({ inputTokens: count, outputTokens: count, cacheReadInputTokens: count, cacheWriteInputTokens: count }).nullish().catch(null);
const event = z.object({ delta: block, start: block, stopReason: text, usage, output: z.object({ message: z.object({ content: z.array(block).nullish().catch(null) }).nullish().catch(null) }).nullish().catch(null) });

function readBlock(found: z.infer<typeof block>, sink: AnswerSink): void {
  if (found?.toolUse?.name) sink.tool(found.toolUse.name);
  sink.reasoning(found?.reasoningContent?.text ?? found?.reasoningContent?.reasoningText?.text ?? '');
  sink.text(found?.text ?? '');
}

/** How events and whole answers are read: they share their fields, so that an event's name is not needed. */
const converseMeaning: AnswerMeaning = {
  carries: () => true,
  isAnswer: (body) => 'output' in body || 'stopReason' in body,
  read: (value, _event, sink) => {
    const found = event.parse(value);
    readBlock(found.start, sink);
    readBlock(found.delta, sink);
    for (const one of found.output?.message?.content ?? []) readBlock(one, sink);
    if (found.stopReason) sink.finish(found.stopReason);
    if (!found.usage) return;
    const { inputTokens, cacheReadInputTokens, cacheWriteInputTokens, outputTokens } = found.usage;
    sink.usage({ promptTokens: inputTokens === null ? null : inputTokens + (cacheReadInputTokens ?? 0) + (cacheWriteInputTokens ?? 0), completionTokens: outputTokens });
  },
};

function encodeConverse(request: AskedRequest, profile: CodecProfile, wire: Wire): unknown {
  const { messages, temperature, schema, tool: offered } = request;
  const system = systemText(request, wire);
  const limit = outputLimit(request, profile);
  const inference = { ...(limit === undefined ? {} : { maxTokens: limit }), ...(temperature === undefined || !wire.temperature ? {} : { temperature }) };
  return {
    messages: messages.map(({ role, text: said }) => ({ role, content: [{ text: said }] })),
    ...(system === '' ? {} : { system: [{ text: system }] }),
    ...(Object.keys(inference).length === 0 ? {} : { inferenceConfig: inference }),
    // The schema goes as text, in a field of its own.
    ...(schema === undefined || wire.structure !== 'schema' ? {} : { outputConfig: { textFormat: { type: 'json_schema', structure: { jsonSchema: { name: 'answer', schema: JSON.stringify(schema) } } } } }),
    ...(offered === undefined ? {} : { toolConfig: { tools: [{ toolSpec: { name: offered.name, description: offered.description, inputSchema: { json: offered.parameters } } }] } }),
  };
}

/** The Converse face of Bedrock. It lists no models and makes no vectors. */
export function bedrockConverse(profile: CodecProfile): Omit<Codec, 'signedService' | 'explain'> {
  const model = `/model/${pathSegment(profile.model)}`;
  return {
    framing: 'aws-event-stream', accept: 'application/vnd.amazon.eventstream, application/json', keyHeader: null, wire: usualWire, hasJsonMode: false,
    answer: { place: (wire) => ({ path: `${model}/${wire.stream ? 'converse-stream' : 'converse'}` }), encode: (request, wire) => encodeConverse(request, profile, wire), meaning: converseMeaning },
    embeddings: null,
    models: null,
    facts: [],
  };
}
