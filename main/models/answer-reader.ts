import * as z from 'zod';
import { AppError } from '../base/errors.ts';
import type { EndState, ModelEnd, ModelEvent, ModelUsage } from './model-client.ts';
import { classifyFault, faultInFrame, readServerFault, type FaultTarget } from './server-fault.ts';
import { createThinkFilter } from './think-blocks.ts';

// Lenient on purpose: a field of an unexpected shape counts as absent, so that an extension of some server does not lose an answer.
const text = z.string().nullish().catch(null);
const contentParts = z.array(z.object({ text }).catch({ text: null })).transform((parts) => parts.map((part) => part.text ?? '').join(''));
const said = z.object({ content: z.union([z.string(), contentParts]).nullish().catch(null), reasoning: text, reasoning_content: text, refusal: text }).optional().catch(undefined);
const count = z.number().int().nonnegative().nullish().catch(null);
const chunk = z.object({
  choices: z.array(z.object({ index: z.number().catch(0), delta: said, message: said, finish_reason: text })).optional().catch(undefined),
  usage: z.object({ prompt_tokens: count, completion_tokens: count }).nullish().catch(null),
});

/** Finish reasons that are not the model's own end. What is not listed is `complete`. */
const statesByReason: Readonly<Record<string, EndState>> = {
  length: 'cut', max_tokens: 'cut', model_length: 'cut',
  content_filter: 'filtered', content_filtered: 'filtered', safety: 'filtered', guardrail_intervened: 'filtered',
  abort: 'truncated', aborted: 'truncated', insufficient_system_resource: 'truncated',
  error: 'error',
};

/** Turns what an openai-chat server sends, frame by frame or whole, into events. Pure: it reads nothing and waits for nothing. */
export interface AnswerReader {
  /** The data of one frame, or a whole JSON answer. `event` is the frame's name, null without one. */
  readonly frame: (data: string, event?: string | null) => ModelEvent[];
  /** Records what went wrong; the first fault stands. */
  readonly fail: (fault: AppError) => void;
  /** True when nothing more is worth reading. */
  readonly isOver: () => boolean;
  /** The last events, the one end among them as the last. `broken`: the connection's fault, null when it ended in order. */
  readonly end: (broken: AppError | null) => ModelEvent[];
}

/** A reader for one answer. */
export function createAnswerReader(target: FaultTarget): AnswerReader {
  const think = createThinkFilter();
  let reason: string | null = null;
  let usage: ModelUsage | null = null;
  let fault: AppError | null = null;
  /** A frame that was not JSON: a fault if anything follows it, the cut end of the stream if nothing does. */
  let hasBadFrame = false;
  let isDone = false;

  const fail = (found: AppError): void => {
    fault ??= found;
  };
  const notAnAnswer = (): AppError => new AppError('endpoint.not-a-model', `${target.name} sent something that is not a chat answer.`, { data: { endpoint: target.name } });
  const events = (answer: string, reasoning: string): ModelEvent[] => {
    const out: ModelEvent[] = [];
    if (reasoning !== '') out.push({ kind: 'reasoning', text: reasoning });
    if (answer !== '') out.push({ kind: 'text', text: answer });
    return out;
  };
  const end = (broken: AppError | null): ModelEnd => {
    // A connection that breaks after the model said that it had finished has lost nothing of the answer.
    const state = fault !== null ? 'error' : reason === null ? 'truncated' : (statesByReason[reason] ?? 'complete');
    const shown = fault ?? (state === 'error' ? new AppError('endpoint.server-failed', `${target.name} reported a failure while it answered.`, { data: { endpoint: target.name } }) : reason === null ? broken : null);
    return { kind: 'end', state, fault: shown === null ? null : { code: shown.code, message: shown.message, data: shown.data }, usage };
  };
  return {
    fail,
    isOver: () => isDone || fault !== null,
    frame: (data, event = null) => {
      const body = data.trim();
      if (isDone || fault !== null || body === '') return [];
      if (body === '[DONE]') {
        if (hasBadFrame) fail(notAnAnswer());
        isDone = true;
        return [];
      }
      if (event === 'error') {
        fail(classifyFault(target, null, readServerFault(body)));
        return [];
      }
      const value = parseJson(body);
      if (hasBadFrame) {
        fail(notAnAnswer());
        return [];
      }
      if (value === undefined) {
        hasBadFrame = event === null || event === 'message'; // frames of other names are other business, such as pings
        return [];
      }
      const found = faultInFrame(value);
      if (found !== null) {
        fail(classifyFault(target, null, found));
        return [];
      }
      const parsed = chunk.safeParse(value);
      if (!parsed.success) return [];
      if (parsed.data.usage) usage = { promptTokens: parsed.data.usage.prompt_tokens ?? null, completionTokens: parsed.data.usage.completion_tokens ?? null };
      const choice = parsed.data.choices?.find(({ index }) => index === 0);
      if (choice === undefined) return [];
      const part = choice.delta ?? choice.message;
      const sorted = think.push(`${part?.content ?? ''}${part?.refusal ?? ''}`);
      // Some servers send the same reasoning under both names.
      const reasoning = (part?.reasoning_content || part?.reasoning) ?? '';
      if (choice.finish_reason) reason = choice.finish_reason.toLowerCase();
      return events(sorted.text, reasoning + sorted.reasoning);
    },
    end: (broken) => {
      const rest = think.end();
      return [...events(rest.text, rest.reasoning), end(broken)];
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
