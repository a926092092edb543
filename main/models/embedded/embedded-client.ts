import { AppError, bug, isAppError } from '../../base/errors.ts';
import type { EndpointProfile, ModelRow } from '../../store/index.ts';
import type { ModelClient, ModelEvent, ModelRequest } from '../model-client.ts';
import { colourSchema, isColour } from '../probe.ts';
import { createThinkFilter, type Sorted } from '../think-blocks.ts';
import type { AnswerOrder } from './model-protocol.ts';
import type { ModelRuntime, ModelUse } from './model-runtime.ts';
import type { Urgency } from './turns.ts';

/** An endpoint that runs a model file of the vault. */
export interface EmbeddedOptions {
  readonly endpoint: { readonly name: string; readonly profile: Pick<EndpointProfile, 'model' | 'contextTokens' | 'maxOutputTokens' | 'timeouts'> };
  /** The registered model of a name, or null. */
  readonly find: (name: string) => ModelRow | null;
  readonly runtime: ModelRuntime;
  /** Whether a person waits for answers, which is usual. */
  readonly urgency?: Urgency;
}

/** Texts that the model turns into vectors before another may have the turn. */
const textsAtOnce = 8;

/** The client of an embedded endpoint. Starts nothing until it is asked; what it is asked goes to a process of ours, and to no network. */
export function createEmbedded({ endpoint: { name, profile }, find, runtime, urgency = 'interactive' }: EmbeddedOptions): ModelClient {
  const { timeouts: { headersMs, idleMs } } = profile;
  const patience = { firstMs: headersMs, nextMs: idleMs };
  const chosen = (kind: ModelRow['kind'] | null): ModelUse => {
    const model = find(profile.model);
    if (model === null) throw new AppError('endpoint.bad-profile', `${name} names a model that the vault does not have. Add its file, or choose another.`, { data: { endpoint: name } });
    if (kind !== null && model.kind !== kind) throw new AppError('endpoint.rejected', kind === 'chat' ? `${name} makes vectors and answers no questions.` : `${name} answers questions and makes no vectors.`, { data: { endpoint: name } });
    return { model, wantedTokens: profile.contextTokens };
  };
  const orderOf = ({ system, messages, maxTokens, temperature, schema }: ModelRequest): AnswerOrder => ({ system, messages, maxTokens: maxTokens ?? profile.maxOutputTokens, temperature: temperature ?? null, schema: schema ?? null });
  const mine = (target: string): void => {
    if (target !== name) bug('a request is asked of the endpoint it was cleared for');
  };
  const events = ({ text, reasoning }: Sorted): ModelEvent[] => [...(reasoning === '' ? [] : [{ kind: 'reasoning' as const, text: reasoning }]), ...(text === '' ? [] : [{ kind: 'text' as const, text }])];
  /** The whole text of a short answer. */
  const ask = async (order: AnswerOrder, signal: AbortSignal): Promise<string> => {
    let text = '';
    for await (const event of runtime.answer(chosen('chat'), order, patience, 'interactive', signal)) if (event.kind === 'text') text += event.text;
    return text;
  };

  return {
    answer: async function* (request, signal) {
      mine(request.target);
      const think = createThinkFilter();
      try {
        for await (const event of runtime.answer(chosen('chat'), orderOf(request.payload), patience, urgency, signal)) {
          if (event.kind === 'text') yield* events(think.push(event.text));
          else {
            yield* events(think.end());
            yield { kind: 'end', state: event.state, fault: null, usage: { promptTokens: event.promptTokens, completionTokens: event.completionTokens } };
          }
        }
      } catch (error) {
        signal.throwIfAborted();
        if (!isAppError(error)) throw error;
        yield* events(think.end());
        yield { kind: 'end', state: 'error', fault: { code: error.code, message: error.message, data: error.data }, usage: null };
      }
    },
    count: async (request, signal) => {
      mine(request.target);
      signal.throwIfAborted();
      try {
        return await runtime.count(chosen(null), request.payload.texts, signal);
      } catch (error) {
        signal.throwIfAborted();
        if (isAppError(error)) return null; // whoever asks next hears why
        throw error;
      }
    },
    embed: async (request, signal) => {
      mine(request.target);
      signal.throwIfAborted();
      const { texts } = request.payload;
      const embedding = chosen('embedding');
      const vectors: Float32Array[] = [];
      for (let at = 0; at < texts.length; at += textsAtOnce) {
        // One text is a person's question; many are work that nobody watches.
        vectors.push(...await runtime.embed(embedding, texts.slice(at, at + textsAtOnce), patience, texts.length === 1 ? 'interactive' : 'background', signal));
      }
      return vectors;
    },
    probe: async (request, signal, onStep) => {
      mine(request.target);
      signal.throwIfAborted();
      const { payload } = request;
      const use = chosen(null);
      onStep('the model');
      const { contextTokens, server } = await runtime.load(use, signal);
      const found = { models: [], contextTokens, server, tools: null, stream: null, jsonSchema: null, embeddingDimensions: null };
      if (use.model.kind === 'embedding') {
        onStep('vectors');
        const [vector] = await runtime.embed(use, [payload.sentence], patience, 'interactive', signal);
        return { ...found, embeddingDimensions: vector?.length ?? null };
      }
      const question = (text: string): AnswerOrder => ({ system: '', messages: [{ role: 'user', text }], maxTokens: 64, temperature: null, schema: null });
      onStep('an answer');
      await ask(question(payload.greeting), signal);
      onStep('an answer of a given shape');
      const shaped = await ask({ ...question(payload.colour), schema: colourSchema }, signal);
      return { ...found, stream: true, tools: false, jsonSchema: isColour(shaped) ? 'schema' : 'none' };
    },
  };
}
