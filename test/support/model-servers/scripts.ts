/** One scripted server for each way that a model is spoken to: what its stream, its whole answer and its refusals look like. */
import type { EndpointProfile, EndpointSecrets } from '../../../main/store/index.ts';
import { bearer, keyCanary } from './asking.ts';
import { event, exception } from './event-stream.ts';
import { answers, frames, type Respond } from './model-server.ts';

/** How an answer may end by the model's own word. */
export type Ending = 'complete' | 'cut' | 'filtered';

/** What a dialect's server says. */
export interface Script {
  readonly name: string;
  readonly profile: Partial<EndpointProfile>;
  readonly secrets: EndpointSecrets;
  /** Of the base URL. */
  readonly basePath: string;
  /** Where questions go, below the host. */
  readonly askedPath: string;
  readonly contentType: string;
  readonly begin: Uint8Array;
  readonly text: (words: string) => Uint8Array;
  readonly reasoning: (words: string) => Uint8Array;
  readonly end: (ending: Ending) => Uint8Array;
  /** What may follow the end: usage, a closing mark. */
  readonly after: Uint8Array;
  /** A call of a tool, with the end that goes with it. */
  readonly call: (name: string) => Uint8Array;
  /** A fault inside the stream that repeats words. */
  readonly fault: (words: string) => Uint8Array;
  readonly whole: (text: string, ending: Ending) => unknown;
  readonly wholeCall: (name: string) => unknown;
  /** The body of a refusal that repeats words, as this kind of server writes it. */
  readonly refusal: (words: string, type: string) => unknown;
  /** Null where there is no list. */
  readonly lists: { readonly path: string; readonly body: (models: readonly string[]) => unknown } | null;
  /** Null where no vectors are made. */
  readonly embeds: { readonly path: string; readonly body: (vectors: readonly (readonly number[])[]) => unknown } | null;
  /** Tokens of a request, by the names of the dialect's usage. */
  readonly counts: { readonly promptTokens: number; readonly completionTokens: number };
}

const utf8 = (text: string): Uint8Array => Buffer.from(text);
const nothing = utf8('');
const counts = { promptTokens: 3, completionTokens: 2 };
const named = (type: string, value: object = {}): Uint8Array => utf8(`event: ${type}\n${frames({ type, ...value })}`);
const join = (...parts: readonly Uint8Array[]): Uint8Array => Buffer.concat(parts);
const openAiRefusal = (words: string, type: string): unknown => ({ error: { message: words, type, param: null, code: null } });
const openAiList = (models: readonly string[]): unknown => ({ object: 'list', data: models.map((id) => ({ id, object: 'model' })) });
const openAiVectors = (vectors: readonly (readonly number[])[]): unknown => ({ object: 'list', data: vectors.map((embedding, index) => ({ object: 'embedding', index, embedding })).toReversed() });

const chatReasons = { complete: 'stop', cut: 'length', filtered: 'content_filter' };
const chatFrame = (delta: object, reason: string | null): Uint8Array => utf8(frames({ object: 'chat.completion.chunk', choices: [{ index: 0, delta, finish_reason: reason }] }));
const chatUsage = { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 };
const chatCall = (name: string): unknown => [{ index: 0, id: 'call_1', type: 'function', function: { name, arguments: '{}' } }];
const chatWhole = (message: object, reason: string): unknown => ({ object: 'chat.completion', choices: [{ index: 0, message: { role: 'assistant', ...message }, finish_reason: reason }], usage: chatUsage });

const openAiChat: Script = {
  name: 'openai-chat', profile: { dialect: 'openai-chat' }, secrets: bearer(keyCanary), basePath: '/v1', askedPath: '/v1/chat/completions', contentType: 'text/event-stream; charset=utf-8', counts,
  begin: chatFrame({ role: 'assistant', content: '' }, null),
  text: (content) => chatFrame({ content }, null),
  reasoning: (reasoning) => chatFrame({ reasoning }, null),
  end: (ending) => chatFrame({}, chatReasons[ending]),
  after: utf8(frames({ choices: [], usage: chatUsage }, '[DONE]')),
  call: (name) => join(chatFrame({ tool_calls: chatCall(name) }, null), chatFrame({}, 'tool_calls')),
  fault: (words) => utf8(frames({ error: { message: words, code: 500 } })),
  whole: (content, ending) => chatWhole({ content }, chatReasons[ending]),
  wholeCall: (name) => chatWhole({ content: null, tool_calls: chatCall(name) }, 'tool_calls'),
  refusal: openAiRefusal,
  lists: { path: '/v1/models', body: openAiList },
  embeds: { path: '/v1/embeddings', body: openAiVectors },
};

const responsesUsage = { input_tokens: 3, output_tokens: 2, total_tokens: 5 };
const responsesOf = (output: unknown, ending: Ending): object => ({
  object: 'response', status: ending === 'complete' ? 'completed' : 'incomplete', error: null, output, usage: responsesUsage,
  incomplete_details: ending === 'complete' ? null : { reason: ending === 'cut' ? 'max_output_tokens' : 'content_filter' },
});
const responsesMessage = (text: string): unknown => [{ type: 'reasoning', id: 'rs_1', summary: [], encrypted_content: 'b3BhcXVl' }, { type: 'message', role: 'assistant', content: [{ type: 'output_text', text, annotations: [] }] }];
const responsesCall = (name: string): object => ({ type: 'function_call', call_id: 'c1', name, arguments: '{}' });

const openAiResponses: Script = {
  ...openAiChat, name: 'openai-responses', profile: { dialect: 'openai-responses' }, askedPath: '/v1/responses',
  begin: join(named('response.created', { response: { status: 'in_progress', output: [] } }), named('response.in_progress', { response: { status: 'in_progress' } }), named('response.output_item.added', { output_index: 0, item: { type: 'message', content: [] } }), named('response.content_part.added', { part: { type: 'output_text', text: '' } })),
  text: (delta) => named('response.output_text.delta', { item_id: 'm', output_index: 0, content_index: 0, delta }),
  reasoning: (delta) => join(named('response.reasoning_summary_part.added', { part: { type: 'summary_text', text: '' } }), named('response.reasoning_summary_text.delta', { delta }), named('response.reasoning_summary_part.done')),
  end: (ending) => named(ending === 'complete' ? 'response.completed' : 'response.incomplete', { response: responsesOf([], ending) }),
  after: nothing,
  call: (name) => join(named('response.output_item.added', { item: responsesCall(name) }), named('response.function_call_arguments.delta', { delta: '{}' }), named('response.function_call_arguments.done', { arguments: '{}' }), named('response.output_item.done', { item: responsesCall(name) }), named('response.completed', { response: responsesOf([responsesCall(name)], 'complete') })),
  fault: (words) => named('response.failed', { response: { status: 'failed', error: { code: 'server_error', message: words } } }),
  whole: (text, ending) => responsesOf(responsesMessage(text), ending),
  wholeCall: (name) => responsesOf([responsesCall(name)], 'complete'),
};

const messagesReasons = { complete: 'end_turn', cut: 'max_tokens', filtered: 'refusal' };
const messagesOf = (content: unknown, reason: string): unknown => ({ type: 'message', role: 'assistant', model: 'small-1', content, stop_reason: reason, usage: { input_tokens: 3, output_tokens: 2 } });
const blockDelta = (delta: object): Uint8Array => named('content_block_delta', { index: 0, delta });
const messageDelta = (reason: string): Uint8Array => join(named('content_block_stop', { index: 0 }), named('message_delta', { delta: { stop_reason: reason, stop_sequence: null }, usage: { output_tokens: 2 } }));

const anthropicMessages: Script = {
  name: 'anthropic-messages', profile: { dialect: 'anthropic-messages' }, secrets: { auth: { kind: 'api-key', key: keyCanary }, clientCertificate: null }, basePath: '', askedPath: '/v1/messages', contentType: 'text/event-stream', counts,
  begin: join(named('message_start', { message: { type: 'message', role: 'assistant', content: [], stop_reason: null, usage: { input_tokens: 3, output_tokens: 1 } } }), named('content_block_start', { index: 0, content_block: { type: 'text', text: '' } }), named('ping')),
  text: (text) => blockDelta({ type: 'text_delta', text }),
  reasoning: (thinking) => join(blockDelta({ type: 'thinking_delta', thinking }), blockDelta({ type: 'signature_delta', signature: 'c2ln' })),
  end: (ending) => messageDelta(messagesReasons[ending]),
  after: named('message_stop'),
  call: (name) => join(named('content_block_start', { index: 1, content_block: { type: 'tool_use', id: 't1', name, input: {} } }), blockDelta({ type: 'input_json_delta', partial_json: '{}' }), messageDelta('tool_use'), named('message_stop')),
  fault: (words) => named('error', { error: { type: 'overloaded_error', message: words } }),
  whole: (text, ending) => messagesOf([{ type: 'text', text }], messagesReasons[ending]),
  wholeCall: (name) => messagesOf([{ type: 'tool_use', id: 't1', name, input: {} }], 'tool_use'),
  refusal: (words, type) => ({ type: 'error', error: { type, message: words }, request_id: 'req_1' }),
  lists: { path: '/v1/models?limit=1000', body: openAiList },
  embeds: null,
};

const ollamaLine = (message: object, more: object = { done: false }): Uint8Array => utf8(`${JSON.stringify({ model: 'small-1', created_at: '2026-01-02T03:04:05Z', message: { role: 'assistant', ...message }, ...more })}\n`);
const ollamaEnds = { complete: { done: true, done_reason: 'stop' }, cut: { done: true, done_reason: 'length' }, filtered: { done: true, done_reason: 'content_filter' } };
const ollamaCounts = { prompt_eval_count: 3, eval_count: 2 };
const ollamaCall = (name: string): object => ({ content: '', tool_calls: [{ function: { name, arguments: {} } }] });

const ollama: Script = {
  name: 'ollama', profile: { dialect: 'ollama' }, secrets: bearer(keyCanary), basePath: '', askedPath: '/api/chat', contentType: 'application/x-ndjson', counts,
  begin: nothing,
  text: (content) => ollamaLine({ content }),
  reasoning: (thinking) => ollamaLine({ content: '', thinking }),
  end: (ending) => ollamaLine({ content: '' }, { ...ollamaEnds[ending], ...ollamaCounts }),
  after: nothing,
  call: (name) => join(ollamaLine(ollamaCall(name)), ollamaLine({ content: '' }, { ...ollamaEnds.complete, ...ollamaCounts })),
  fault: (words) => utf8(`${JSON.stringify({ error: words })}\n`),
  whole: (content, ending) => ({ model: 'small-1', message: { role: 'assistant', content }, ...ollamaEnds[ending], ...ollamaCounts }),
  wholeCall: (name) => ({ model: 'small-1', message: { role: 'assistant', ...ollamaCall(name) }, ...ollamaEnds.complete }),
  refusal: (words) => ({ error: words }),
  lists: { path: '/api/tags', body: (models) => ({ models: models.map((name) => ({ name, model: name })) }) },
  embeds: { path: '/api/embed', body: (embeddings) => ({ model: 'small-1', embeddings }) },
};

const converseReasons = { complete: 'end_turn', cut: 'max_tokens', filtered: 'guardrail_intervened' };
const converseUsage = { inputTokens: 3, outputTokens: 2, totalTokens: 5 };
const converseOf = (content: unknown, stopReason: string): unknown => ({ output: { message: { role: 'assistant', content } }, stopReason, usage: converseUsage, metrics: { latencyMs: 9 } });
const awsKeys: EndpointSecrets = { auth: { kind: 'sigv4', accessKeyId: 'AKIDEXAMPLE', secretAccessKey: keyCanary, sessionToken: null }, clientCertificate: null };
const awsModel = 'us.anthropic.claude-3:0';

const bedrockConverse: Script = {
  name: 'bedrock, Converse', profile: { dialect: 'bedrock', face: 'converse', signingRegion: 'us-gov-west-1', model: awsModel }, secrets: awsKeys, basePath: '', askedPath: '/model/us.anthropic.claude-3%3A0/converse-stream', contentType: 'application/vnd.amazon.eventstream', counts,
  begin: event('messageStart', { role: 'assistant', p: 'abc' }),
  text: (text) => event('contentBlockDelta', { contentBlockIndex: 0, delta: { text }, p: 'abcdef' }),
  reasoning: (text) => event('contentBlockDelta', { contentBlockIndex: 0, delta: { reasoningContent: { text } } }),
  end: (ending) => join(event('contentBlockStop', { contentBlockIndex: 0 }), event('messageStop', { stopReason: converseReasons[ending] })),
  after: event('metadata', { usage: converseUsage, metrics: { latencyMs: 9 } }),
  call: (name) => join(event('contentBlockStart', { contentBlockIndex: 1, start: { toolUse: { toolUseId: 't1', name } } }), event('contentBlockDelta', { delta: { toolUse: { input: '{}' } } }), event('messageStop', { stopReason: 'tool_use' })),
  fault: (words) => exception('modelStreamErrorException', words),
  whole: (text, ending) => converseOf([{ text }], converseReasons[ending]),
  wholeCall: (name) => converseOf([{ toolUse: { toolUseId: 't1', name, input: {} } }], 'tool_use'),
  refusal: (words, type) => ({ __type: type, message: words }),
  lists: null,
  embeds: null,
};

const awsRefusal = (words: string, type: string): unknown => ({ Message: words, __type: `com.amazon.coral.service#${type}` });

/** Every way. */
export const scripts: readonly Script[] = [
  openAiChat,
  openAiResponses,
  { ...openAiChat, name: 'azure, v1', profile: { dialect: 'azure' }, secrets: { auth: { kind: 'api-key', key: keyCanary }, clientCertificate: null }, basePath: '', askedPath: '/openai/v1/chat/completions', lists: { path: '/openai/v1/models', body: openAiList }, embeds: { path: '/openai/v1/embeddings', body: openAiVectors } },
  {
    ...openAiChat, name: 'azure, older paths', profile: { dialect: 'azure', apiVersion: '2024-10-21' }, secrets: { auth: { kind: 'api-key', key: keyCanary }, clientCertificate: null }, basePath: '', askedPath: '/openai/deployments/small-1/chat/completions?api-version=2024-10-21',
    lists: { path: '/openai/models?api-version=2024-10-21', body: openAiList }, embeds: { path: '/openai/deployments/small-1/embeddings?api-version=2024-10-21', body: openAiVectors },
  },
  { ...openAiResponses, name: 'azure, responses', profile: { dialect: 'azure', face: 'openai-responses' }, basePath: '/openai/v1', askedPath: '/openai/v1/responses', lists: { path: '/openai/v1/models', body: openAiList }, embeds: { path: '/openai/v1/embeddings', body: openAiVectors } },
  { ...openAiChat, name: 'bedrock, chat', profile: { dialect: 'bedrock', face: 'openai-chat', signingRegion: 'us-west-2' }, secrets: awsKeys, basePath: '', askedPath: '/openai/v1/chat/completions', lists: { path: '/openai/v1/models', body: openAiList }, embeds: null, refusal: awsRefusal },
  { ...openAiResponses, name: 'bedrock, responses', profile: { dialect: 'bedrock', face: 'openai-responses' }, basePath: '/openai/v1', askedPath: '/openai/v1/responses', lists: { path: '/openai/v1/models', body: openAiList }, embeds: null, refusal: awsRefusal },
  bedrockConverse,
  { ...bedrockConverse, name: 'bedrock, Converse with a bearer key', secrets: bearer(keyCanary), profile: { dialect: 'bedrock', face: 'converse', model: awsModel } },
  anthropicMessages,
  ollama,
];

/** A whole stream of two pieces of text that ends so. */
export function streamOf(script: Script, ending: Ending = 'complete'): Uint8Array[] {
  return [script.begin, script.text('It is '), script.text('due.'), script.end(ending), script.after];
}

/** Answers with the pieces as the script's stream, each written apart. */
export function streamed({ contentType }: Script, ...pieces: readonly Uint8Array[]): Respond {
  return (response) => {
    response.writeHead(200, { 'content-type': contentType });
    const next = ([piece, ...rest]: readonly Uint8Array[]): void => {
      if (piece === undefined) return void response.end();
      response.write(piece, () => setImmediate(() => next(rest)));
    };
    next(pieces.filter((piece) => piece.length > 0));
  };
}

/** A server of the dialect that answers questions so, and lists and embeds where the dialect does. */
export function serving(script: Script, question: Respond, more: { readonly models?: readonly string[]; readonly vectors?: readonly (readonly number[])[] } = {}): Respond {
  return (response, seen, nth) => {
    if (seen.path === script.askedPath) question(response, seen, nth);
    else if (seen.path === script.lists?.path) answers(200, script.lists.body(more.models ?? []))(response, seen, nth);
    else if (seen.path === script.embeds?.path && more.vectors !== undefined) answers(200, script.embeds.body(more.vectors))(response, seen, nth);
    else answers(404, { detail: 'Not Found' })(response, seen, nth);
  };
}
