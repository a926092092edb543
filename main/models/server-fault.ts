import { AppError } from '../base/errors.ts';
import { isRecord } from '../base/is-record.ts';

/** What a server said went wrong, as read from its JSON. Matched against patterns, and never shown: servers repeat the prompt in it. */
export interface ServerFault {
  readonly message: string;
  /** Its code or type, lower case; empty when none. */
  readonly code: string;
  /** A number between 400 and 599 found in the body. */
  readonly status: number | null;
  /** Tokens that fit, where it said so. */
  readonly contextTokens: number | null;
}

type FaultCode = 'unauthorised' | 'not-a-model' | 'rate-limited' | 'context-too-long' | 'rejected' | 'server-failed' | 'timed-out';

/** What only one dialect says, put into a code and a sentence of ours; null leaves it to what all share. `status` null: it came inside a stream. */
export type ExplainFault = (fault: ServerFault, status: number | null, target: Pick<FaultTarget, 'name' | 'model'>) => { readonly code: FaultCode; readonly message: string } | null;

/** The endpoint as faults name it. */
export interface FaultTarget {
  readonly name: string;
  readonly model: string;
  readonly explain?: ExplainFault | undefined;
}

/** Wordings of "the prompt is too long" (OpenAI, vLLM, SGLang, llama.cpp, Ollama, TGI, LM Studio, Mistral, Anthropic, Bedrock, Gemini, Groq). The first group, if any, is what fits. */
const overflowWords: readonly RegExp[] = [
  /maximum context length (?:is|of) (\d+)/i,
  /exceeds? the available context size(?: \((\d+))?/i,
  /prompt is too long(?:: \d+ tokens > (\d+))?/i,
  /too many input tokens/i,
  /prompt contains \d+ tokens.*model with (\d+) maximum/i,
  /input is too long for requested model/i,
  /too large to process.*(?:physical )?batch size/i,
  /max_new_tokens.{0,5} must be <= (\d+)/i,
  /context length of only (\d+)/i,
  /exceed context limit: \d+ \+ \d+ > (\d+)/i,
  /must have less than (\d+) tokens/i,
  /exceeds the maximum number of tokens allowed \(?(\d+)/i,
  /longer than the model's context length \((\d+)/i,
  /number of input tokens exceeds/i,
  /request too large for\b/i,
  /(?:exceed|greater|longer|larger)\w*(?: than)?(?: [\w']+){0,4} context (?:length|window|size|limit)/i,
  /context (?:length|window|size|limit)(?: \w+){0,3} exceed/i,
  /reduce the length of (?:the|your) (?:messages|prompt|input)/i,
];
const overflowCodes = new Set(['context_length_exceeded', 'exceed_context_size_error', 'context_window_exceeded', 'request_too_large']);
const quotaWords = /quota|billing|spend(?:ing)?[ _]limit|credit balance|payment/i;
/** A rate is told in the same words by some, with a time after which to come again. */
const rateWords = /(?:retry|try again|wait)\b.{0,40}\b(?:after|in|before)\b|rate limit|per (?:second|minute|hour)/is;
const filterWords = /^(?:content_?filter(?:ed)?|responsibleaipolicyviolation|content_policy_violation)$/;
const modelWords = /model_not_found|\bmodel\b.{0,200}(?:not found|does(?: not|n't) exist|not exist|isn't supported on this route)|unknown model|no such model/is;
/** More of a message is not matched: patterns stay cheap on whatever a server sends. */
const longestMessage = 4000;

const firstText = (...values: readonly unknown[]): string => values.find((value): value is string => typeof value === 'string' && value !== '') ?? '';
const firstNumber = (...values: readonly unknown[]): number | null => values.map((value) => (typeof value === 'string' ? Number(value) : value)).find((value): value is number => typeof value === 'number' && Number.isSafeInteger(value)) ?? null;

/** Reads a body or a frame leniently: `{error:{…}}`, `{error:"…"}`, flat `{message, code}`, `{detail}`, AWS's `{message}` with `__type`, or bare text. `header` is x-amzn-errortype. */
export function readServerFault(text: string, header: string | null = null): ServerFault {
  let value: unknown = text;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error; // bare text is a fault too
  }
  return faultOf(value, header);
}

/** As readServerFault, of a value that has been parsed. */
export function faultOf(given: unknown, header: string | null = null): ServerFault {
  const value: unknown = Array.isArray(given) ? given[0] : given; // Google's gateways put the one error into a list
  if (!isRecord(value)) return { message: typeof value === 'string' ? value.slice(0, longestMessage) : '', code: plainCode(header ?? ''), status: null, contextTokens: null };
  const error = isRecord(value.error) ? value.error : {};
  const details: readonly unknown[] = Array.isArray(value.detail) ? value.detail : [];
  const message = firstText(error.message, value.error, value.message, value.Message, ...details.map((detail) => (isRecord(detail) ? detail.msg : detail)), value.detail).slice(0, longestMessage);
  const precise = isRecord(error.details) ? error.details.error_code : undefined;
  const code = plainCode(firstText(precise, error.code, error.type, value.code, header, value.type, value.__type));
  const status = firstNumber(error.code, error.status, value.code, value.status);
  return { message, code, status: status !== null && status >= 400 && status <= 599 ? status : null, contextTokens: firstNumber(error.n_ctx, value.n_ctx) };
}

/** AWS writes `namespace#Code` and `Code:http://…`. */
function plainCode(code: string): string {
  return code.slice(0, longestMessage).toLowerCase().replace(/^.*#/, '').replace(/:.*$/s, '');
}

/** The fault in a stream's frame or a whole answer, or null when it is not one. */
export function faultInFrame(value: unknown): ServerFault | null {
  if (!isRecord(value)) return null;
  const isFault = Boolean(value.error) || value.object === 'error' || value.type === 'error' || (!Array.isArray(value.choices) && ('detail' in value || typeof value.message === 'string' || typeof value.Message === 'string'));
  return isFault ? faultOf(value, null) : null;
}

/** True when waiting will not help: a quota or a bill, not a rate. */
export function isQuota(fault: ServerFault): boolean {
  return quotaWords.test(fault.code) || (quotaWords.test(fault.message) && !rateWords.test(fault.message));
}

/** True when a content filter stopped the request or the answer: an end of its own, not a failure. */
export function isFiltered(fault: ServerFault): boolean {
  return filterWords.test(fault.code);
}

/** Puts a fault into one of the endpoint.* codes, with a sentence of ours. `status` null: it came inside a stream. */
export function classifyFault(target: FaultTarget, status: number | null, fault: ServerFault, retryAfterMs: number | null = null): AppError {
  const effective = status !== null && status >= 400 ? status : fault.status;
  const made = (code: FaultCode, message: string, more: Readonly<Record<string, unknown>> = {}): AppError =>
    new AppError(`endpoint.${code}`, message, { data: { endpoint: target.name, status: effective, ...more } });

  const overflow = overflowWords.map((words) => words.exec(fault.message)).find((found) => found !== null) ?? null;
  if (overflow !== null || overflowCodes.has(fault.code) || effective === 413) {
    const contextTokens = fault.contextTokens ?? firstNumber(overflow?.[1]);
    return made('context-too-long', contextTokens === null ? `This is more text than ${target.name} takes at once.` : `This is more text than ${target.name} takes at once: its limit is ${contextTokens} tokens.`, { contextTokens });
  }
  const explained = target.explain?.(fault, effective, target) ?? null;
  if (explained !== null) return made(explained.code, explained.message);
  if (modelWords.test(fault.code) || ((effective === 400 || effective === 404 || effective === null) && modelWords.test(fault.message))) return made('rejected', `${target.name} does not serve the model ${target.model} at its address.`);
  if (effective === 401 || effective === 403 || fault.code === 'invalid_api_key' || /^(?:authentication|permission)_error$/.test(fault.code)) {
    return made('unauthorised', effective === 403 ? `${target.name} does not allow this to the key it was given (403). The account may first have to be granted the model.` : `${target.name} does not accept the key it was given.`);
  }
  if (effective === 404 || effective === 405) return made('not-a-model', `${target.name} has no chat service at its address (${effective}). The base URL often ends in /v1.`);
  if (effective === 429 || /rate_?limit|throttling|too_?many_?requests/.test(fault.code)) {
    if (isQuota(fault)) return made('rate-limited', `${target.name} says that the account's quota is used up. Waiting will not help.`, { retryAfterMs: null, isQuota: true });
    return made('rate-limited', retryAfterMs === null ? `${target.name} has too many requests just now.` : `${target.name} has too many requests just now and asks to wait ${Math.ceil(retryAfterMs / 1000)} s.`, { retryAfterMs });
  }
  if (effective === 408 || effective === 504) return made('timed-out', `${target.name} gave up waiting for its model (${effective}).`);
  if (effective !== null && effective < 500) return made('rejected', `${target.name} rejected the request (${effective}).`);
  if (effective === null && /invalid_request|bad_?request|validation/.test(fault.code)) return made('rejected', `${target.name} rejected the request.`);
  return made('server-failed', effective === null ? `${target.name} reported a failure while it answered.` : `${target.name} failed (${effective}).`);
}
