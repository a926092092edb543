import { AppError } from '../base/errors.ts';
import { isRecord } from '../base/is-record.ts';
import type { EndState, ModelEnd, ModelEvent, ModelUsage } from './model-client.ts';
import { classifyFault, faultInFrame, isFiltered, readServerFault, type FaultTarget, type ServerFault } from './server-fault.ts';
import { createThinkFilter } from './think-blocks.ts';

/** Where a dialect puts what it finds in a frame. */
export interface AnswerSink {
  readonly text: (text: string) => void;
  readonly reasoning: (text: string) => void;
  /** Why the model stopped, in the server's word. */
  readonly finish: (reason: string) => void;
  readonly usage: (usage: ModelUsage) => void;
  /** A function that the model wants called. */
  readonly tool: (name: string) => void;
  readonly fail: (fault: ServerFault) => void;
  /** Whether any text came so far, thinking aside. */
  readonly hasText: () => boolean;
  /** Nothing that follows belongs to the answer. */
  readonly done: () => void;
}

/** How a dialect's frames are to be understood. */
export interface AnswerMeaning {
  /** Whether a frame of this name has to be JSON; others are other business, such as pings. */
  readonly carries: (event: string | null) => boolean;
  /** Whether a whole JSON body is an answer (or a fault) of this dialect. */
  readonly isAnswer: (body: Readonly<Record<string, unknown>>) => boolean;
  /** Reads one frame, or a whole answer: a dialect's two forms are told apart by what is in them. */
  readonly read: (value: Readonly<Record<string, unknown>>, event: string | null, sink: AnswerSink) => void;
}

/** Finish reasons in every dialect. What is not listed may be anything, and is not called complete. */
const reasonsByState: Readonly<Record<EndState, readonly string[]>> = {
  complete: ['stop', 'end_turn', 'completed', 'complete', 'stop_sequence', 'eos', 'eos_token', 'stop_token', 'end', 'done', 'finished'],
  cut: ['length', 'max_tokens', 'max_output_tokens', 'max_length', 'model_length', 'model_context_window_exceeded'],
  filtered: ['content_filter', 'content_filtered', 'safety', 'recitation', 'guardrail_intervened', 'refusal'],
  truncated: ['abort', 'aborted', 'cancelled', 'incomplete', 'pause_turn', 'insufficient_system_resource', 'load', 'unload'],
  error: ['error', 'failed', 'malformed_model_output'],
};
const toolReasons = ['tool_calls', 'tool_use', 'function_call', 'malformed_tool_use'];
const statesByReason: ReadonlyMap<string, EndState> = new Map([...toolReasons.map((reason) => [reason, 'error'] as const), ...(['complete', 'cut', 'filtered', 'truncated', 'error'] as const).flatMap((state) => reasonsByState[state].map((reason) => [reason, state] as const))]);

/** Turns what a server sends, frame by frame or whole, into events. Pure: it reads nothing and waits for nothing. */
export interface AnswerReader {
  /** The data of one frame, or a whole JSON answer. `event` is the frame's name, `code` an error's code that stood outside the data. */
  readonly frame: (data: string, event?: string | null, code?: string | null) => ModelEvent[];
  /** Records what went wrong; the first fault stands. */
  readonly fail: (fault: AppError) => void;
  /** True when nothing more is worth reading. */
  readonly isOver: () => boolean;
  /** Names of the functions that the model wanted called. */
  readonly tools: () => readonly string[];
  /** The last events, the one end among them as the last. `broken`: the connection's fault, null when it ended in order. */
  readonly end: (broken: AppError | null) => ModelEvent[];
}

/** For a response that holds no answer. */
export function notAnAnswer({ name }: FaultTarget): AppError {
  return new AppError('endpoint.not-a-model', `${name} sent something that is not a chat answer.`, { data: { endpoint: name } });
}

/** A reader for one answer. */
export function createAnswerReader(target: FaultTarget, meaning: AnswerMeaning): AnswerReader {
  const think = createThinkFilter();
  const tools: string[] = [];
  let ready: ModelEvent[] = [];
  let reason: string | null = null;
  let usage: ModelUsage | null = null;
  let fault: AppError | null = null;
  /** A frame that was not JSON: a fault if anything follows it, the cut end of the stream if nothing does. */
  let hasBadFrame = false;
  let isDone = false;
  let hasText = false;

  const fail = (found: AppError): void => {
    fault ??= found;
  };
  const state = (why: string): EndState => statesByReason.get(why) ?? 'truncated';
  const give = (text: string, reasoning: string): void => {
    if (reasoning !== '') ready.push({ kind: 'reasoning', text: reasoning });
    if (text === '') return;
    hasText = true;
    ready.push({ kind: 'text', text });
  };
  const serverFault = (found: ServerFault): void => {
    if (isFiltered(found)) {
      sink.finish('content_filter');
      sink.done();
    } else fail(classifyFault(target, null, found));
  };
  const sink: AnswerSink = {
    fail: serverFault,
    hasText: () => hasText,
    text: (text) => {
      if (reason !== null && /\S/.test(text) && state(reason) === 'complete') reason = null; // it had not finished after all: only what follows the last word ends it
      const sorted = think.push(text);
      give(sorted.text, sorted.reasoning);
    },
    reasoning: (text) => give('', text),
    finish: (word) => {
      const found = word.toLowerCase();
      if (reason === null || state(reason) === 'complete') reason = found; // a second end cannot mend a bad one
    },
    usage: (counted) => {
      usage = { promptTokens: counted.promptTokens ?? usage?.promptTokens ?? null, completionTokens: counted.completionTokens ?? usage?.completionTokens ?? null };
    },
    tool: (name) => void tools.push(name),
    done: () => {
      isDone = true;
    },
  };
  const read = (data: string, event: string | null, code: string | null): void => {
    const body = data.trim();
    if (body === '') return;
    if (body === '[DONE]') {
      if (hasBadFrame) fail(notAnAnswer(target));
      isDone = true;
      return;
    }
    if (event === 'error') return serverFault(readServerFault(body, code));
    const value = parseJson(body);
    if (hasBadFrame) return fail(notAnAnswer(target));
    if (value === undefined) {
      hasBadFrame = meaning.carries(event);
      return;
    }
    const found = faultInFrame(value);
    if (found !== null) return serverFault(found);
    if (isRecord(value)) meaning.read(value, event, sink);
  };
  const end = (broken: AppError | null): ModelEnd => {
    const made = (message: string): AppError => new AppError('endpoint.server-failed', message, { data: { endpoint: target.name } });
    // A connection that breaks after the model said that it had finished has lost nothing of the answer.
    const isCall = reason !== null && (toolReasons.includes(reason) || (tools.length > 0 && state(reason) === 'complete'));
    const ended = fault !== null || isCall ? 'error' : reason === null ? 'truncated' : state(reason);
    const said = ended !== 'error' ? null : isCall ? made(`The model of ${target.name} wanted to call a tool, which it was not given, instead of finishing its answer.`) : made(`${target.name} reported a failure while it answered.`);
    const shown = fault ?? said ?? (reason === null ? broken : null);
    return { kind: 'end', state: ended, fault: shown === null ? null : { code: shown.code, message: shown.message, data: shown.data }, usage };
  };
  const take = (): ModelEvent[] => {
    const taken = ready;
    ready = [];
    return taken;
  };
  return {
    fail,
    isOver: () => isDone || fault !== null,
    tools: () => tools,
    frame: (data, event = null, code = null) => {
      if (!isDone && fault === null) read(data, event, code);
      return take();
    },
    end: (broken) => {
      const rest = think.end();
      give(rest.text, rest.reasoning);
      return [...take(), end(broken)];
    },
  };
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined; // the caller decides what a frame that is not JSON means
    throw error;
  }
}
