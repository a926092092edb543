import * as z from 'zod';
import { AppError, bug, isAppError } from '../base/errors.ts';
import type { Clock } from '../base/clock.ts';
import type { Cleared, Egress, EgressResponse, EgressTarget } from '../policy/index.ts';
import { adaptWire, encodeChatRequest, usualWire, type ChatWire } from './chat-request.ts';
import type { ModelClient, ModelRequest } from './model-client.ts';
import { answerKind, notAModel, readErrorText, readStream, readText, readWhole } from './read-answer.ts';
import { isRetriedStatus, pauseBeforeRetry, retryAfterMs, type Sleep } from './retry.ts';
import { classifyFault, isQuota, readServerFault } from './server-fault.ts';

/** One endpoint that speaks OpenAI's chat completions, and what the client may use to reach it. */
export interface OpenAiChatOptions {
  readonly target: EgressTarget;
  readonly model: string;
  /** Bearer key; null sends no Authorization header. */
  readonly secret: string | null;
  /** For the model list, which needs no long wait. */
  readonly probeTimeoutMs: number;
  readonly egress: Egress;
  readonly clock: Clock;
  readonly sleep: Sleep;
  /** [0, 1). */
  readonly random: () => number;
}

const listed = z.object({ id: z.string().optional(), name: z.string().optional() }).transform(({ id, name }) => id ?? name);
const modelList = z.union([z.object({ data: z.array(listed) }).transform(({ data }) => data), z.object({ models: z.array(listed) }).transform(({ models }) => models)]);

/** The client of an openai-chat endpoint (POST chat/completions, GET models). Opens nothing until it is asked. */
export function createOpenAiChat(options: OpenAiChatOptions): ModelClient {
  const { target, model, secret, egress, clock, sleep, random } = options;
  const named = { name: target.name, model };
  let wire = usualWire;

  const headers = (): Record<string, string> => {
    if (secret === null) return {};
    if (!/^[\x21-\x7e]+$/.test(secret)) throw new AppError('endpoint.unauthorised', `The key of ${target.name} holds a blank or a character that no key has.`, { data: { endpoint: target.name } });
    return { authorization: `Bearer ${secret}` };
  };
  const post = (request: Cleared<ModelRequest>, as: ChatWire, signal: AbortSignal): Promise<EgressResponse> =>
    egress.fetch(target, {
      method: 'POST',
      path: '/chat/completions',
      headers: { ...headers(), accept: 'text/event-stream, application/json', 'content-type': 'application/json' },
      content: request,
      encode: (payload) => encodeChatRequest(payload, model, as),
    }, signal);

  /** A successful response, after the retries that are due. Nothing has been shown yet, so another try repeats nothing. */
  const ask = async (request: Cleared<ModelRequest>, signal: AbortSignal): Promise<EgressResponse> => {
    for (let retry = 0; ;) {
      let fault: AppError;
      let askedMs: number | null = null;
      try {
        const response = await post(request, wire, signal);
        if (response.status >= 200 && response.status < 300) return response;
        const said = readServerFault(await readErrorText(response, signal), response.header('x-amzn-errortype'));
        const adapted = adaptWire(wire, response.status, said);
        if (adapted !== null) {
          wire = adapted;
          continue;
        }
        askedMs = retryAfterMs(response.header, clock.nowMs());
        fault = classifyFault(named, response.status, said, askedMs);
        if (!isRetriedStatus(response.status) || isAppError(fault, 'endpoint.context-too-long') || isQuota(said)) throw fault;
      } catch (error) {
        if (!isAppError(error, 'endpoint.unreachable') || error.data.lasting === true) throw error;
        fault = error;
      }
      const pauseMs = pauseBeforeRetry(retry, askedMs, random);
      if (pauseMs === null) throw fault;
      await sleep(pauseMs, signal);
      retry += 1;
    }
  };

  return {
    answer: async function* (request, signal) {
      if (request.target !== target.name) bug('a request is asked of the endpoint it was cleared for');
      try {
        const response = await ask(request, signal);
        const kind = answerKind(response);
        if (kind === null) {
          response.discard();
          throw notAModel(named);
        }
        yield* kind === 'stream' ? readStream(response, named, signal) : readWhole(response, named, signal);
      } catch (error) {
        signal.throwIfAborted();
        if (!isAppError(error)) throw error;
        yield { kind: 'end', state: 'error', fault: { code: error.code, message: error.message, data: error.data }, usage: null };
      }
    },
    probe: async (signal) => {
      const response = await egress.fetch({ ...target, headersTimeoutMs: options.probeTimeoutMs, idleTimeoutMs: options.probeTimeoutMs }, { method: 'GET', path: '/models', headers: { ...headers(), accept: 'application/json' } }, signal);
      if (response.status < 200 || response.status >= 300) {
        const said = readServerFault(await readErrorText(response, signal), response.header('x-amzn-errortype'));
        throw classifyFault(named, response.status, said, retryAfterMs(response.header, clock.nowMs()));
      }
      if (answerKind(response) !== 'whole') {
        response.discard();
        throw notAModel(named);
      }
      const models = readModelList(await readText(response.body));
      if (models === null) throw notAModel(named);
      return { models };
    },
  };
}

/** The ids in the list, once each and at most 1,000; null when it is none. */
function readModelList(body: string): string[] | null {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
  const parsed = modelList.safeParse(value);
  if (!parsed.success) return null;
  return [...new Set(parsed.data.filter((id): id is string => id !== undefined && id !== '' && id.length <= 300))].slice(0, 1000);
}
