import type { ChatHistoryItem, ChatWrapper, GbnfJsonSchema, LlamaContextSequence, LlamaGrammarEvaluationState, LlamaModel, Token } from 'node-llama-cpp';
import type { LlamaRuntime } from './llama.ts';
import type { AnswerOrder, LoadOrder } from './model-protocol.ts';
import { Refusal, type ServedModel } from './served-model.ts';
import { createStopFilter } from './stop-filter.ts';
import { createTextDecoder } from './token-text.ts';

/** Tokens read at once: a stop takes effect between two batches. */
const batchTokens = 256;
/** An answer has at least this room, or what it is asked for where that is less; without it the question counts as too long. */
const leastAnswerTokens = 64;

/** Loads a model that answers, in the chat form that its file gives. */
export async function openChat(runtime: LlamaRuntime, order: LoadOrder): Promise<ServedModel> {
  const { llama, library } = runtime;
  const model = await llama.loadModel({ modelPath: order.file, gpuLayers: 0, useMmap: true, checkTensors: order.checksTensors, ignoreMemorySafetyChecks: true });
  const context = await model.createContext({ contextSize: order.contextTokens, batchSize: Math.min(order.contextTokens, batchTokens), sequences: 1, threads: order.threads, ignoreMemorySafetyChecks: true });
  const wrapper = library.resolveChatWrapper(model);
  const sequence = context.getSequence();
  const { contextTokens } = order;
  return {
    contextTokens,
    server: runtime.server,
    count: (texts) => texts.map((text) => model.tokenize(text).length),
    embed: () => Promise.reject(new Refusal('internal')),
    answer: async (asked, send, signal) => {
      const { tokens, stopTokens, stopTexts } = promptOf(model, wrapper, asked);
      const promptTokens = tokens.length;
      if (promptTokens + Math.min(asked.maxTokens ?? leastAnswerTokens, leastAnswerTokens) > contextTokens) throw new Refusal('overflow', contextTokens);
      const grammar = asked.schema === null ? null : await grammarOf(runtime, model, asked.schema);
      const limit = Math.min(asked.maxTokens ?? contextTokens, contextTokens - promptTokens);
      const rest = await readPrompt(sequence, tokens, signal);
      if (rest === null) return { state: 'cancelled', promptTokens, completionTokens: 0 };
      return { promptTokens, ...await write(model, sequence, rest, { limit, temperature: asked.temperature ?? 0, grammar: grammar?.state ?? null, stopTokens, stopTexts: [...stopTexts, ...(grammar?.stopTexts ?? [])] }, send, signal) };
    },
  };
}

interface Prompt {
  readonly tokens: Token[];
  readonly stopTokens: ReadonlySet<Token>;
  readonly stopTexts: readonly string[];
}

/** The conversation in the model's own form. What people and documents say stays text in it: only the form itself makes special tokens. */
function promptOf(model: LlamaModel, wrapper: ChatWrapper, { system, messages }: AnswerOrder): Prompt {
  const chatHistory: ChatHistoryItem[] = [
    ...(system === '' ? [] : [{ type: 'system' as const, text: system }]),
    ...messages.map(({ role, text }): ChatHistoryItem => (role === 'user' ? { type: 'user', text } : { type: 'model', response: [text] })),
    { type: 'model', response: [] },
  ];
  const { contextText, stopGenerationTriggers } = wrapper.generateContextState({ chatHistory });
  return {
    tokens: contextText.tokenize(model.tokenizer),
    stopTokens: new Set(stopGenerationTriggers.map((trigger) => trigger.tokenize(model.tokenizer)).flatMap((trigger) => (trigger.length === 1 ? trigger : []))),
    stopTexts: textsOf(stopGenerationTriggers.map(({ values }) => values)),
  };
}

/** Those triggers that are plain text. */
function textsOf(triggers: readonly (readonly unknown[])[]): string[] {
  return triggers.flatMap((values) => (values.length > 0 && values.every((value) => typeof value === 'string' && value !== '') ? [values.join('')] : []));
}

/** What holds the model to a schema, and the empty lines with which such a grammar has it say that it has ended. */
async function grammarOf({ llama, library }: LlamaRuntime, model: LlamaModel, schema: Readonly<Record<string, unknown>>): Promise<{ readonly state: LlamaGrammarEvaluationState; readonly stopTexts: readonly string[] }> {
  try {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what it cannot make a grammar of it throws at
    const grammar = await llama.createGrammarForJsonSchema(schema as { readonly const: null } & GbnfJsonSchema);
    return { state: new library.LlamaGrammarEvaluationState({ model, grammar }), stopTexts: textsOf(grammar.stopGenerationTriggers.map((trigger) => (typeof trigger === 'string' ? [trigger] : library.isLlamaText(trigger) ? trigger.values : trigger))) };
  } catch {
    throw new Refusal('schema');
  }
}

/** Reads the prompt but for its end, keeping what the last one had in common with it. Answers the tokens left to begin with; null when stopped. */
async function readPrompt(sequence: LlamaContextSequence, tokens: readonly Token[], signal: AbortSignal): Promise<Token[] | null> {
  await sequence.adaptStateToTokens(tokens.slice(0, -1), false);
  for (let at = sequence.nextTokenIndex; at < tokens.length - 1; at += batchTokens) {
    if (signal.aborted) return null;
    await sequence.evaluateWithoutGeneratingNewTokens(tokens.slice(at, Math.min(at + batchTokens, tokens.length - 1)));
  }
  return signal.aborted ? null : tokens.slice(-1);
}

interface Writing {
  readonly limit: number;
  readonly temperature: number;
  readonly grammar: LlamaGrammarEvaluationState | null;
  readonly stopTokens: ReadonlySet<Token>;
  readonly stopTexts: readonly string[];
}

/** Lets the model write until it ends, is stopped or has written its limit. The next token is made only when the last was taken. */
async function write(model: LlamaModel, sequence: LlamaContextSequence, from: Token[], writing: Writing, send: (text: string) => Promise<void>, signal: AbortSignal): Promise<{ readonly state: 'complete' | 'cut' | 'cancelled'; readonly completionTokens: number }> {
  const decoder = createTextDecoder<Token>((tokens, before) => model.detokenize([...tokens], false, [...before]));
  const filter = createStopFilter(writing.stopTexts);
  let completionTokens = 0;
  let state: 'complete' | 'cut' | 'cancelled' = 'complete';
  const pass = async (text: string): Promise<void> => {
    const ready = filter.push(text);
    if (ready !== '') await send(ready);
  };
  for await (const token of sequence.evaluate(from, { temperature: writing.temperature, ...(writing.grammar === null ? {} : { grammarEvaluationState: writing.grammar }) })) {
    if (signal.aborted) {
      state = 'cancelled';
      break;
    }
    if (model.isEogToken(token) || writing.stopTokens.has(token)) break;
    completionTokens += 1;
    await pass(decoder.push(token));
    if (filter.isStopped()) break;
    if (completionTokens >= writing.limit) {
      state = 'cut';
      break;
    }
  }
  if (signal.aborted) return { state: 'cancelled', completionTokens };
  await pass(decoder.end());
  const rest = filter.end();
  if (rest !== '') await send(rest);
  return { state, completionTokens };
}
