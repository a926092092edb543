import type { EndpointAuth } from '../../preload/contract/domains/endpoints.ts';
import { AppError } from '../base/errors.ts';
import type { Clock } from '../base/clock.ts';
import type { Cleared, Egress, EgressResponse, EgressTarget, RequestPlace } from '../policy/index.ts';
import type { AnswerReader } from './answer-reader.ts';
import { authorisationOf } from './authorise.ts';
import type { Codec, CodecPlace } from './codec.ts';
import type { ModelEvent } from './model-client.ts';
import { answerKind, notAModel, readErrorText, readJson, readStream, readWhole } from './read-answer.ts';
import { retryAfterMs } from './retry.ts';
import { classifyFault, readServerFault, type FaultTarget, type ServerFault } from './server-fault.ts';

/** One endpoint, its dialect, and what may be used to reach it. */
export interface ExchangeOptions {
  readonly target: EgressTarget;
  readonly model: string;
  readonly codec: Codec;
  readonly auth: EndpointAuth;
  readonly signingRegion: string | null;
  readonly egress: Egress;
  readonly clock: Clock;
}

/** What a refusal says. */
export interface Refusal {
  readonly status: number;
  readonly said: ServerFault;
  readonly fault: AppError;
  /** The pause it asks for; null when it asks for none. */
  readonly askedMs: number | null;
}

/** Single requests of one endpoint, without a second try. */
export interface Exchange {
  readonly codec: Codec;
  readonly named: FaultTarget;
  readonly post: <T>(place: CodecPlace, content: Cleared<T>, encode: (payload: T) => unknown, signal: AbortSignal) => Promise<EgressResponse>;
  /** `atRoot`: the path stands at the root of the host. */
  readonly get: (place: CodecPlace, atRoot: boolean, signal: AbortSignal) => Promise<EgressResponse>;
  /** Reads an unsuccessful response. */
  readonly refusal: (response: EgressResponse, signal: AbortSignal) => Promise<Refusal>;
  /** Reads a successful response to a question. Throws endpoint.not-a-model for what cannot be an answer. */
  readonly listen: (response: EgressResponse, reader: AnswerReader, signal: AbortSignal) => AsyncGenerator<ModelEvent, void, undefined>;
  /** Reads a response that is to be JSON. Throws what a refusal says, endpoint.not-a-model, or what the connection does. */
  readonly json: (response: EgressResponse, signal: AbortSignal) => Promise<unknown>;
}

/** True for a response that is no refusal. */
export function isSuccess({ status }: EgressResponse): boolean {
  return status >= 200 && status < 300;
}

/** Requests to one endpoint. Opens nothing until one is made. */
export function createExchange({ target, model, codec, auth, signingRegion, egress, clock }: ExchangeOptions): Exchange {
  const named: FaultTarget = { name: target.name, model, explain: codec.explain };
  const limitMs = target.headersTimeoutMs;
  const placed = ({ path, query = {}, headers }: CodecPlace, accept: string): RequestPlace => {
    if (codec.refusal !== undefined) throw new AppError('endpoint.bad-profile', codec.refusal, { data: { endpoint: target.name } });
    const { headers: key, ...signing } = authorisationOf(auth, codec, signingRegion, target.name, clock);
    return { path, query, headers: { ...headers, ...key, accept }, ...signing };
  };
  const refusal: Exchange['refusal'] = async (response, signal) => {
    const said = readServerFault(await readErrorText(response, named, limitMs, signal), response.header('x-amzn-errortype'));
    const askedMs = retryAfterMs(response.header, clock.nowMs());
    return { status: response.status, said, fault: classifyFault(named, response.status, said, askedMs), askedMs };
  };
  return {
    codec,
    named,
    refusal,
    post: async (place, content, encode, signal) => {
      const { headers, ...rest } = placed(place, codec.accept);
      return egress.fetch(target, { ...rest, method: 'POST', headers: { ...headers, 'content-type': 'application/json' }, content, encode: (payload) => JSON.stringify(encode(payload)) }, signal);
    },
    get: async (place, atRoot, signal) => egress.fetch(atRoot ? { ...target, baseUrl: new URL(target.baseUrl).origin } : target, { ...placed(place, 'application/json'), method: 'GET' }, signal),
    listen: (response, reader, signal) => {
      const kind = answerKind(response, codec);
      if (kind === null) {
        response.discard();
        throw notAModel(named);
      }
      return (kind === 'stream' ? readStream : readWhole)(response, { target: named, codec, reader, wordTimeoutMs: limitMs }, signal);
    },
    json: async (response, signal) => {
      if (!isSuccess(response)) throw (await refusal(response, signal)).fault;
      return readJson(response, named, limitMs);
    },
  };
}
