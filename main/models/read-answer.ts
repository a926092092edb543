import { AppError, isAppError } from '../base/errors.ts';
import { isRecord } from '../base/is-record.ts';
import type { EgressResponse } from '../policy/index.ts';
import { notAnAnswer, type AnswerReader } from './answer-reader.ts';
import type { Codec } from './codec.ts';
import { contentTypeByFraming, createFraming } from './framing/framing.ts';
import type { ModelEvent } from './model-client.ts';
import type { FaultTarget } from './server-fault.ts';

/** How much of an error's body is read to classify it. */
const errorBodyBytes = 64 * 1024;

/** What the body is, by its content type; null for what no server of the dialect sends. */
export function answerKind(response: EgressResponse, { framing }: Pick<Codec, 'framing'>): 'stream' | 'whole' | null {
  const type = (response.header('content-type') ?? '').toLowerCase();
  const encoding = response.header('content-encoding');
  if (encoding !== null && encoding.toLowerCase() !== 'identity') return null; // none was asked for, so none is unpacked
  if (type.startsWith(contentTypeByFraming[framing])) return 'stream';
  return /^application\/(?:[\w.-]+\+)?json\b/.test(type) ? 'whole' : null;
}

/** For a response that `answerKind` does not know: a consent page, a proxy's notice, another program. */
export function notAModel(target: FaultTarget): AppError {
  return new AppError('endpoint.not-a-model', `What answers at the address of ${target.name} is not a model server. It may be a sign-in or consent page of the network.`, { data: { endpoint: target.name } });
}

/** How one answer is read. */
export interface Reading {
  readonly target: FaultTarget;
  readonly codec: Codec;
  readonly reader: AnswerReader;
  /** The longest without a word: bytes that never become one, and pings, are no answer. */
  readonly wordTimeoutMs: number;
}

/** Reads a stream: events as they come, then exactly one end. Throws only the signal's reason. */
export async function* readStream(response: EgressResponse, { target, codec, reader, wordTimeoutMs }: Reading, signal: AbortSignal): AsyncGenerator<ModelEvent, void, undefined> {
  const framing = createFraming(codec.framing, target);
  const pace = createPace(target, wordTimeoutMs);
  const events = (frames: ReturnType<typeof framing.feed>): ModelEvent[] => frames.flatMap(({ event, data, code }) => reader.frame(data, event, code));
  let rest: ModelEvent[] = [];
  let broken: AppError | null = null;
  try {
    for await (const bytes of response.body) {
      const ready = events(framing.feed(bytes));
      for (const event of ready) {
        yield event;
        signal.throwIfAborted();
      }
      const fault = framing.fault();
      if (fault !== null) reader.fail(fault);
      if (ready.length > 0) pace.restart(); // after them, for whoever reads may take its time
      if (reader.isOver()) break;
      pace.check();
    }
    if (!reader.isOver()) rest = events(framing.end());
  } catch (error) {
    signal.throwIfAborted();
    if (!isAppError(error)) throw error;
    if (isAppError(error, 'endpoint.server-failed')) reader.fail(error);
    broken = error;
  }
  yield* rest;
  yield* reader.end(broken);
}

/** Reads a whole JSON answer as if it had been a stream of one frame. Throws only the signal's reason. */
export async function* readWhole(response: EgressResponse, { target, codec, reader, wordTimeoutMs }: Reading, signal: AbortSignal): AsyncGenerator<ModelEvent, void, undefined> {
  let broken: AppError | null = null;
  try {
    const body = await readText(response, target, wordTimeoutMs);
    if (!isAnswer(body, codec)) reader.fail(notAModel(target));
    yield* reader.frame(body);
  } catch (error) {
    signal.throwIfAborted();
    if (!isAppError(error)) throw error;
    if (isAppError(error, 'endpoint.server-failed')) reader.fail(error);
    broken = error;
  }
  yield* reader.end(broken);
}

/** A body as text. Throws endpoint.timed-out when it takes longer than `limitMs` as a whole, else what the body throws. */
export async function readText(response: EgressResponse, target: FaultTarget, limitMs: number): Promise<string> {
  const pace = createPace(target, limitMs);
  const pieces: Uint8Array[] = [];
  for await (const bytes of response.body) {
    pieces.push(bytes);
    pace.check();
  }
  return new TextDecoder().decode(Buffer.concat(pieces));
}

/** A JSON body. Throws endpoint.not-a-model for anything else, or as readText does. */
export async function readJson(response: EgressResponse, target: FaultTarget, limitMs: number): Promise<unknown> {
  if (answerKind(response, { framing: 'server-sent-events' }) !== 'whole') {
    response.discard();
    throw notAModel(target);
  }
  const body = await readText(response, target, limitMs);
  try {
    return JSON.parse(body);
  } catch (error) {
    if (error instanceof SyntaxError) throw notAnAnswer(target);
    throw error;
  }
}

/** As much of an error's body as classifying takes; empty when it is compressed or cannot be read, for the status speaks already. Throws only the signal's reason. */
export async function readErrorText(response: EgressResponse, target: FaultTarget, limitMs: number, signal: AbortSignal): Promise<string> {
  if (response.header('content-encoding') !== null) {
    response.discard();
    return '';
  }
  const pace = createPace(target, limitMs);
  const pieces: Uint8Array[] = [];
  let sizeBytes = 0;
  try {
    for await (const bytes of response.body) {
      pieces.push(bytes);
      sizeBytes += bytes.byteLength;
      if (sizeBytes >= errorBodyBytes) break;
      pace.check();
    }
  } catch (error) {
    signal.throwIfAborted();
    if (!isAppError(error)) throw error;
  }
  return new TextDecoder().decode(Buffer.concat(pieces)).slice(0, errorBodyBytes);
}

/** A server that sends a byte now and then is never idle: `check`, called whenever something came, throws when what is waited for did not come in time. */
function createPace(target: FaultTarget, limitMs: number): { readonly restart: () => void; readonly check: () => void } {
  let since = performance.now();
  return {
    restart: () => {
      since = performance.now();
    },
    check: () => {
      if (performance.now() - since > limitMs) throw new AppError('endpoint.timed-out', `${target.name} kept sending, and said nothing in time.`, { data: { endpoint: target.name } });
    },
  };
}

/** True for an answer or a fault of the dialect, and for JSON that was cut off: that is the connection's matter. */
function isAnswer(body: string, { answer: { meaning } }: Codec): boolean {
  try {
    const value: unknown = JSON.parse(body);
    return isRecord(value) && (meaning.isAnswer(value) || ['error', 'detail', 'message', 'Message'].some((key) => key in value));
  } catch (error) {
    if (error instanceof SyntaxError) return body.trimStart().startsWith('{');
    throw error;
  }
}
