/** Against the values that AWS publishes: the example of its General Reference, and its test suite of signatures. */
import { describe, expect, test } from 'vitest';
import { signRequest } from '../../../main/models/sigv4.ts';

const keys = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY', sessionToken: null, nowMs: Date.UTC(2015, 7, 30, 12, 36, 0) };
const token = 'AQoDYXdzEPT//////////wEXAMPLEtc764bNrC9SAPBSM22wDOk4x4HIZ8j4FZTwdQWLWsKWHGBuFqwAeMicRXmxfpSPfIeoIYRqTflfKD8YUuwthAx7mSEI/qkPpKPi/kMcGdQrmGdeehM4IC1NtBmUpp2wUE8phUZampKsburEDy0KPkyQDYwT7WZ0wq5VSXDvp75YU9HFvlRd8Tx6q6fE8YQcHNVXAkiY9q6d+xo0rKwT38xVqr7ZD0u0iPPkUL64lIZbqBAz+scqKmlzm8FDrypNC9Yjc8fPOLn9FX9KSYvKTr4rvx3iSIlTJabIQwj2ICCR/oLxBA==';
const form = { 'content-type': 'application/x-www-form-urlencoded' };

interface Vector {
  readonly name: string;
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly service?: string;
  readonly region?: string;
  readonly sessionToken?: string;
  readonly signed: string;
  readonly signature: string;
}
const at = 'https://example.amazonaws.com/';
const vectors: readonly Vector[] = [
  { name: 'the General Reference’s ListUsers', method: 'GET', url: 'https://iam.amazonaws.com/?Action=ListUsers&Version=2010-05-08', headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' }, service: 'iam', signed: 'content-type;host;x-amz-date', signature: '5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7' },
  { name: 'get-vanilla', method: 'GET', url: at, signed: 'host;x-amz-date', signature: '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31' },
  { name: 'get-vanilla-query-order-key-case', method: 'GET', url: `${at}?Param2=value2&Param1=value1`, signed: 'host;x-amz-date', signature: 'b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500' },
  { name: 'post-vanilla', method: 'POST', url: at, signed: 'host;x-amz-date', signature: '5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b' },
  { name: 'post-x-www-form-urlencoded', method: 'POST', url: at, headers: form, body: 'Param1=value1', signed: 'content-type;host;x-amz-date', signature: 'ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a' },
  { name: 'post-sts-header-before', method: 'POST', url: at, sessionToken: token, signed: 'host;x-amz-date;x-amz-security-token', signature: '85d96828115b5dc0cfc3bd16ad9e210dd772bbebba041836c64533a82be05ead' },
  // Made with AWS's own signer for JavaScript: an encoded path is encoded once more before it is signed.
  { name: 'an encoded model id', method: 'POST', url: 'https://bedrock-runtime-fips.us-gov-west-1.amazonaws.com/model/us.anthropic.claude-3%3A0/converse-stream', headers: { 'content-type': 'application/json' }, body: '{"messages":[]}', service: 'bedrock', region: 'us-gov-west-1', signed: 'content-type;host;x-amz-date', signature: '1d738f9176bb46a147257051059da4e9d0ce142f417dd3b410673beb87802f42' },
];

describe('a request is signed as AWS publishes it', () => {
  test.each(vectors)('$name', ({ method, url, headers = {}, body = '', service = 'service', region = 'us-east-1', sessionToken = null, signed, signature }) => {
    const made = signRequest({ method, url, headers, body: Buffer.from(body) }, { ...keys, sessionToken, service, region });
    expect(made).toEqual({
      'x-amz-date': '20150830T123600Z',
      ...(sessionToken === null ? {} : { 'x-amz-security-token': sessionToken }),
      authorization: `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/${region}/${service}/aws4_request, SignedHeaders=${signed}, Signature=${signature}`,
    });
  });
});

test('a signature covers the body, the path and the query, and not what a proxy may change', () => {
  const signature = (url: string, body: string, headers: Readonly<Record<string, string>> = {}): string | undefined => signRequest({ method: 'POST', url, headers, body: Buffer.from(body) }, { ...keys, region: 'us-east-1', service: 'bedrock' }).authorization;
  const one = signature(at, 'a');
  expect(new Set([one, signature(at, 'b'), signature(`${at}x`, 'a'), signature(`${at}?x=1`, 'a')]).size).toBe(4);
  expect(signature(at, 'a', { 'user-agent': 'x', 'accept-encoding': 'gzip', connection: 'close' })).toBe(one);
});
