import { describe, expect, test } from 'vitest';
import { bedrock } from '../../../main/models/dialects/bedrock.ts';
import { classifyFault, faultInFrame, isQuota, readServerFault } from '../../../main/models/server-fault.ts';
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
    { body: { error: 'the input length exceeds the context length' }, fits: null },
    { body: { error: '`inputs` must have less than 4096 tokens. Given: 5000' }, fits: 4096 },
    { body: { error: { message: "The input (9001 tokens) is longer than the model's context length (8192 tokens)." } }, fits: 8192 },
    { body: { type: 'error', error: { type: 'invalid_request_error', message: 'input length and `max_tokens` exceed context limit: 190000 + 20000 > 200000, decrease input length' } }, fits: 200_000 },
    { body: [{ error: { code: 400, message: 'The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).' } }], fits: 1_048_576 },
    { body: { error: { message: 'Request too large for model `x` on tokens per minute (TPM): Limit 6000, Requested 9000, please reduce your message size and try again.' } }, fits: null },
    { body: { message: 'The model returned the following errors: Input Tokens Exceeded: Number of input tokens exceeds maximum length.' }, fits: null },
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

test('AWS’s codes are read without their namespace and address', () => {
  expect(classify(null, { __type: 'com.amazon.coral.service#ThrottlingException' }).code).toBe('endpoint.rate-limited');
  expect(classifyFault(target, null, readServerFault('{}', 'ValidationException:http://internal/')).code).toBe('endpoint.rejected');
});

test('a rate whose sentence speaks of a quota is no spent quota', () => {
  const azure = { error: { code: '429', message: 'Requests have exceeded the token rate limit of your pricing tier. Please retry after 26 seconds. See https://example.org/quotaincrease to increase it.' } };
  expect(isQuota(readServerFault(JSON.stringify(azure)))).toBe(false);
  expect(isQuota(readServerFault(JSON.stringify({ type: 'error', error: { type: 'rate_limit_error', message: 'no', details: { error_code: 'enforced_spend_limit_reached' } } })))).toBe(true);
});

describe('what only Bedrock says', () => {
  const bedrockTarget = { ...target, explain: bedrock({ model: 'small-1', baseUrl: 'https://bedrock-runtime-fips.us-gov-west-1.amazonaws.com', apiVersion: null, contextTokens: null, maxOutputTokens: null }, 'converse').explain };
  const told = (status: number, code: string, message: string) => classifyFault(bedrockTarget, status, readServerFault(JSON.stringify({ message }), code));
  test.each([
    [403, 'AccessDeniedException', 'You do not have access to the model with the specified model ID.', 'endpoint.unauthorised', 'GovCloud'],
    [403, 'ExpiredTokenException', 'The security token included in the request is expired', 'endpoint.unauthorised', 'have run out'],
    [403, 'InvalidSignatureException', 'Signature expired: 20260102T030405Z is now earlier than 20260102T040405Z', 'endpoint.unauthorised', 'clock'],
    [403, 'UnrecognizedClientException', 'The security token included in the request is invalid.', 'endpoint.unauthorised', 'region'],
    [400, 'ValidationException', 'Invocation of model ID x with on-demand throughput isn’t supported. Retry with an inference profile.', 'endpoint.rejected', 'inference profile'],
    [400, 'ValidationException', 'The model `x` isn’t supported on this route', 'endpoint.rejected', 'small-1'],
    [429, 'ThrottlingException', 'Too many tokens, please wait before trying again.', 'endpoint.rate-limited', 'too many requests'],
    [424, 'ModelErrorException', 'no', 'endpoint.rejected', '424'],
  ])('%i %s: %s', (status, code, message, expected, says) => {
    const fault = told(status, code, message);
    expect(fault.code).toBe(expected);
    expect(fault.message).toContain(says);
  });
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
