/**
 * AWS Signature Version 4 for one request whose body is at hand. Source: AWS General Reference, "Create a signed AWS API request" (canonical
 * request, string to sign, signing key, Authorization header). The path is encoded once more than it goes out, as every service but S3 wants.
 */
import { createHash, createHmac } from 'node:crypto';
import type { PreparedRequest } from '../policy/index.ts';

/** Whose request it is, and where it will be checked. */
export interface SigningOptions {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Of temporary keys; null for lasting ones. */
  readonly sessionToken: string | null;
  readonly region: string;
  readonly service: string;
  readonly nowMs: number;
}

const sha256 = (data: Uint8Array | string): string => createHash('sha256').update(data).digest('hex');
const hmac = (key: Uint8Array | string, text: string): Buffer => createHmac('sha256', key).update(text).digest();
/** RFC 3986: only unreserved characters stay. */
const encode = (text: string): string => encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);

/** The headers that sign the request: x-amz-date, x-amz-security-token for temporary keys, authorization. Signed are host, content-type and x-amz-*: the rest is what a proxy may change. */
export function signRequest({ method, url, headers, body }: PreparedRequest, { accessKeyId, secretAccessKey, sessionToken, region, service, nowMs }: SigningOptions): Record<string, string> {
  const { host, pathname, searchParams } = new URL(url);
  const stamp = new Date(nowMs).toISOString().replace(/[-:]|\.\d+/g, '');
  const date = stamp.slice(0, 8);
  const added: Record<string, string> = { 'x-amz-date': stamp, ...(sessionToken === null ? {} : { 'x-amz-security-token': sessionToken }) };
  const signed = Object.entries({ ...headers, ...added, host })
    .map(([name, value]) => [name.toLowerCase(), value.trim().replace(/ +/g, ' ')] as const)
    .filter(([name]) => name === 'host' || name === 'content-type' || name.startsWith('x-amz-'))
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  const names = signed.map(([name]) => name).join(';');
  const query = [...searchParams].map(([name, value]) => `${encode(name)}=${encode(value)}`).toSorted().join('&');
  const request = [method, pathname.split('/').map(encode).join('/'), query, ...signed.map(([name, value]) => `${name}:${value}`), '', names, sha256(body)].join('\n');
  const scope = `${date}/${region}/${service}/aws4_request`;
  const key = [date, region, service, 'aws4_request'].reduce((made: Uint8Array | string, part) => hmac(made, part), `AWS4${secretAccessKey}`);
  const signature = hmac(key, ['AWS4-HMAC-SHA256', stamp, scope, sha256(request)].join('\n')).toString('hex');
  return { ...added, authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=${names}, Signature=${signature}` };
}
