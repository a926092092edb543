import { describe, expect, test } from 'vitest';
import { classifyFault, faultInFrame, readServerFault } from '../../../main/models/server-fault.ts';
import { promptCanary, shown } from '../../support/model-servers/asking.ts';

const target = { name: 'Harbour model', model: 'small-1' };
const classify = (status: number | null, body: unknown) => classifyFault(target, status, readServerFault(typeof body === 'string' ? body : JSON.stringify(body)));

describe('an overlong prompt is told in every wording', () => {
  const cases: readonly { readonly body: unknown; readonly fits: number | null }[] = [
    { body: { error: { message: "This model's maximum context length is 8192 tokens. However, your messages resulted in 9001 tokens.", code: 'context_length_exceeded' } }, fits: 8192 },
    { body: { object: 'error', message: 'maximum context length is 4096', code: 400 }, fits: 4096 },
    { body: { error: { code: 400, type: 'exceed_context_size_error', message: 'too big', n_prompt_tokens: 9000, n_ctx: 2048 } }, fits: 2048 },
    { body: { error: 'the request exceeds the available context size (4096 tokens), try increasing it' }, fits: 4096 },
    { body: { error: 'the request exceeds the available context size. try increasing it' }, fits: null },
    { body: { type: 'error', error: { type: 'invalid_request_error', message: 'prompt is too long: 210000 tokens > 200000 maximum' } }, fits: 200_000 },
    { body: { message: 'Input is too long for requested model.', __type: 'ValidationException' }, fits: null },
    { body: { detail: 'Too many input tokens' }, fits: null },
    { body: { error: { message: 'Prompt contains 40000 tokens and 0 draft tokens, too large for model with 32768 maximum context length' } }, fits: 32_768 },
    { body: { error: '`inputs` tokens + `max_new_tokens` must be <= 4096. Given: 5000' }, fits: 4096 },
    { body: 'Trying to keep the first 5000 tokens. However, the model is loaded with context length of only 4096 tokens', fits: 4096 },
    { body: { error: { message: 'This request exceeds the context window' } }, fits: null },
  ];
  test.each(cases)('$body', ({ body, fits }) => {
    expect(classify(400, body)).toMatchObject({ code: 'endpoint.context-too-long', data: { contextTokens: fits } });
  });

  test('but not in a refusal about something else', () => {
    expect(classify(400, { error: { message: 'temperature must be at most 2' } }).code).toBe('endpoint.rejected');
    expect(classify(400, { error: { message: "max_tokens is not supported with this model's settings" } }).code).toBe('endpoint.rejected');
  });
});

test('a fault inside a stream is judged by the status or the code that it carries', () => {
  expect(classify(null, { error: { code: 401 } }).code).toBe('endpoint.unauthorised');
  expect(classify(null, { error: { code: '429' } }).code).toBe('endpoint.rate-limited');
  expect(classify(null, { error: { type: 'rate_limit_error' } }).code).toBe('endpoint.rate-limited');
  expect(classify(null, { error: { type: 'invalid_request_error', message: 'no' } }).code).toBe('endpoint.rejected');
  expect(classify(null, { error: { type: 'overloaded_error' } }).code).toBe('endpoint.server-failed');
});

test('AWS names its error in a header', () => {
  expect(classifyFault(target, 400, readServerFault('{}', 'ThrottlingException:http://internal/')).code).toBe('endpoint.rate-limited');
});

test('a spent quota is told apart from a rate', () => {
  expect(classify(429, { error: { message: 'x', code: 'insufficient_quota' } }).message).toContain('quota');
  expect(classify(429, { error: { message: 'x' } }).message).not.toContain('quota');
});

test('no word of the server stands in the error', () => {
  for (const status of [400, 401, 403, 404, 408, 413, 418, 429, 500, 503, null]) {
    for (const body of [{ error: { message: promptCanary, code: promptCanary, type: promptCanary } }, { detail: [{ msg: promptCanary }] }, { message: promptCanary, __type: promptCanary }, promptCanary, { error: { message: `model ${promptCanary} not found` } }]) {
      expect(shown(classify(status, body))).not.toContain(promptCanary);
    }
  }
});

test('a frame with choices and a null error is no fault', () => {
  expect(faultInFrame({ choices: [], error: null, message: 'x' })).toBeNull();
  expect(faultInFrame({ usage: {} })).toBeNull();
  expect(faultInFrame({ choices: [], error: { message: 'x' } })).not.toBeNull();
});
