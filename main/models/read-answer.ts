import { createParser } from 'eventsource-parser';
import { AppError, isAppError } from '../base/errors.ts';
import type { EgressResponse } from '../policy/index.ts';
import { createAnswerReader } from './answer-reader.ts';
import type { ModelEvent } from './model-client.ts';
import { classifyFault, readServerFault, type FaultTarget } from './server-fault.ts';

/** The longest frame of a stream, in characters. */
const longestFrame = 4 * 1024 * 1024;
/** How much of an error's body is read to classify it. */
const errorBodyBytes = 64 * 1024;

/** What the body is, by its content type; null for what no model server sends. */
export function answerKind(response: EgressResponse): 'stream' | 'whole' | null {
  const type = (response.header('content-type') ?? '').toLowerCase();
  const encoding = response.header('content-encoding');
  if (encoding !== null && encoding.toLowerCase() !== 'identity') return null; // none was asked for, so none is unpacked
  if (type.startsWith('text/event-stream')) return 'stream';
  return /^application\/(?:[\w.-]+\+)?json\b/.test(type) ? 'whole' : null;
}

/** For a response that `answerKind` does not know: a consent page, a proxy's notice, another program. */
export function notAModel(target: FaultTarget): AppError {
  return new AppError('endpoint.not-a-model', `What answers at the address of ${target.name} is not a model server. It may be a sign-in or consent page of the network.`, { data: { endpoint: target.name } });
}

/** Reads a stream of server-sent events (WHATWG HTML, 9.2.6): events as they come, then exactly one end. Throws only the signal's reason. */
export async function* readStream(response: EgressResponse, target: FaultTarget, signal: AbortSignal): AsyncGenerator<ModelEvent, void, undefined> {
  const reader = createAnswerReader(target);
  const decoder = new TextDecoder();
  let ready: ModelEvent[] = [];
  let broken: AppError | null = null;
  const parser = createParser({
    maxBufferSize: longestFrame,
    onEvent: ({ event, data }) => ready.push(...reader.frame(data, event)),
    onError: ({ type, field, value }) => {
      if (type === 'max-buffer-size-exceeded') reader.fail(new AppError('endpoint.not-a-model', `${target.name} sent a piece of an answer that is too long to be one.`, { data: { endpoint: target.name } }));
      // llama.cpp has sent its faults as a field named error.
      else if (field === 'error') reader.fail(classifyFault(target, null, readServerFault(value ?? '')));
    },
  });
  try {
    for await (const bytes of response.body) {
      parser.feed(decoder.decode(bytes, { stream: true }));
      yield* ready;
      ready = [];
      signal.throwIfAborted();
      if (reader.isOver()) break;
    }
    // Some servers end without the blank line that completes the last event. What a decoder still holds is half a character.
    if (!reader.isOver()) parser.feed('\n\n');
  } catch (error) {
    signal.throwIfAborted();
    if (!isAppError(error)) throw error;
    if (isAppError(error, 'endpoint.server-failed')) reader.fail(error);
    broken = error;
  }
  yield* ready;
  yield* reader.end(broken);
}

/** Reads a whole JSON answer as if it had been a stream of one frame. Throws only the signal's reason. */
export async function* readWhole(response: EgressResponse, target: FaultTarget, signal: AbortSignal): AsyncGenerator<ModelEvent, void, undefined> {
  const reader = createAnswerReader(target);
  let broken: AppError | null = null;
  try {
    const body = await readText(response.body);
    if (!isChatAnswer(body)) reader.fail(notAModel(target));
    yield* reader.frame(body);
  } catch (error) {
    signal.throwIfAborted();
    if (!isAppError(error)) throw error;
    if (isAppError(error, 'endpoint.server-failed')) reader.fail(error);
    broken = error;
  }
  yield* reader.end(broken);
}

/** A body as text. */
export async function readText(body: AsyncIterable<Uint8Array>): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const bytes of body) pieces.push(bytes);
  return new TextDecoder().decode(Buffer.concat(pieces));
}

/** As much of an error's body as classifying takes; empty when it is compressed or cannot be read, for the status speaks already. Throws only the signal's reason. */
export async function readErrorText(response: EgressResponse, signal: AbortSignal): Promise<string> {
  if (response.header('content-encoding') !== null) {
    response.discard();
    return '';
  }
  const pieces: Uint8Array[] = [];
  let sizeBytes = 0;
  try {
    for await (const bytes of response.body) {
      pieces.push(bytes);
      sizeBytes += bytes.byteLength;
      if (sizeBytes >= errorBodyBytes) break;
    }
  } catch (error) {
    signal.throwIfAborted();
    if (!isAppError(error)) throw error;
  }
  return new TextDecoder().decode(Buffer.concat(pieces)).slice(0, errorBodyBytes);
}

/** True for JSON with choices or a fault in it, and for JSON that was cut off: that is the connection's matter. */
function isChatAnswer(body: string): boolean {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null && ['choices', 'error', 'detail', 'message', 'Message'].some((key) => key in value);
  } catch (error) {
    if (error instanceof SyntaxError) return body.trimStart().startsWith('{');
    throw error;
  }
}
