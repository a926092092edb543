import { AppError, bug, isAppError } from '../base/errors.ts';
import type { Cleared, EgressResponse } from '../policy/index.ts';
import { createAnswerReader } from './answer-reader.ts';
import type { CodecPlace } from './codec.ts';
import { checkVectors, embeddingsOf } from './embeddings.ts';
import { createExchange, isSuccess, type ExchangeOptions } from './exchange.ts';
import type { ModelClient, ModelRequest } from './model-client.ts';
import { probeEndpoint } from './probe.ts';
import { isRetriedStatus, pauseBeforeRetry, type Sleep } from './retry.ts';
import { isFiltered, isQuota } from './server-fault.ts';
import { adaptWire, type LearnedWire } from './wire.ts';

/** One endpoint, and how its client waits. */
export interface HttpClientOptions extends ExchangeOptions {
  /** How long each step of a test may take as a whole. */
  readonly probeTimeoutMs: number;
  readonly wire: LearnedWire;
  readonly sleep: Sleep;
  /** [0, 1). */
  readonly random: () => number;
  readonly retries: number;
}

/** The client of an endpoint that is reached over HTTP, whatever its dialect. Opens nothing until it is asked. */
export function createHttpClient(options: HttpClientOptions): ModelClient {
  const { target, codec, wire, sleep, random, retries } = options;
  const exchange = createExchange(options);
  const { named } = exchange;

  const accept = ({ target: cleared }: Cleared<unknown>, signal: AbortSignal): void => {
    if (cleared !== target.name) bug('a request is asked of the endpoint it was cleared for');
    signal.throwIfAborted();
  };
  /**
   * A successful response, after the retries that are due; null when a content filter did not let the request through. Nothing has been
   * shown yet, so another try repeats nothing.
   */
  const ask = async <T>(content: Cleared<T>, place: () => CodecPlace, encode: (payload: T) => unknown, asked: Pick<ModelRequest, 'schema' | 'temperature'>, signal: AbortSignal): Promise<EgressResponse | null> => {
    for (let retry = 0; ;) {
      let fault: AppError;
      let askedMs: number | null = null;
      try {
        const response = await exchange.post(place(), content, encode, signal);
        if (isSuccess(response)) return response;
        const refusal = await exchange.refusal(response, signal);
        ({ fault, askedMs } = refusal);
        if (isFiltered(refusal.said)) return null;
        const isOverflow = isAppError(fault, 'endpoint.context-too-long'); // its sentence may name fields too
        const adapted = isOverflow ? null : adaptWire(wire.get(), asked, response.status, refusal.said);
        if (adapted !== null) {
          wire.set(adapted);
          continue;
        }
        if (!isRetriedStatus(response.status) || isOverflow || isQuota(refusal.said)) throw fault;
      } catch (error) {
        if (!isAppError(error, 'endpoint.unreachable') || error.data.lasting === true) throw error;
        fault = error;
      }
      const pauseMs = retry >= retries ? null : pauseBeforeRetry(retry, askedMs, random);
      if (pauseMs === null) throw fault;
      await sleep(pauseMs, signal);
      retry += 1;
    }
  };

  return {
    answer: async function* (request, signal) {
      accept(request, signal);
      try {
        const response = await ask(request, () => codec.answer.place(wire.get()), (payload) => codec.answer.encode(payload, wire.get()), request.payload, signal);
        if (response === null) yield { kind: 'end', state: 'filtered', fault: null, usage: null };
        else yield* exchange.listen(response, createAnswerReader(named, codec.answer.meaning), signal);
      } catch (error) {
        signal.throwIfAborted();
        if (!isAppError(error)) throw error;
        yield { kind: 'end', state: 'error', fault: { code: error.code, message: error.message, data: error.data }, usage: null };
      }
    },
    embed: async (request, signal) => {
      accept(request, signal);
      const { place, encode, read } = embeddingsOf(codec, named);
      if (request.payload.texts.length === 0) return [];
      const response = await ask(request, () => place, ({ texts }) => encode(texts), {}, signal);
      if (response === null) throw new AppError('endpoint.rejected', `The content filter of ${target.name} did not let these texts through.`, { data: { endpoint: target.name } });
      return checkVectors(read(await exchange.json(response, signal)), request.payload.texts.length, named);
    },
    count: async (request, signal) => {
      accept(request, signal);
      return null; // no server of these dialects counts what is not asked
    },
    probe: async (request, signal, onStep) => {
      accept(request, signal);
      return probeEndpoint({ ...options, request, signal, onStep });
    },
  };
}
