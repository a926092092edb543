import { createHash } from 'node:crypto';
import type { Agent } from 'undici';
import type { ConnectionFault } from '../../preload/contract/domains/endpoints.ts';
import { AppError, bug } from '../base/errors.ts';
import type { Marking } from '../../preload/contract/domains/basics.ts';
import type { Clock } from '../base/clock.ts';
import type { ConnectionOptions } from './connect.ts';
import { ConnectionRefused, connectionFaultOf, describeConnectionFault, isLastingFault } from './connection-fault.ts';
import type { Cleared } from './guard.ts';
import { isLoopback } from './loopback.ts';

/** Where a request may go: the scheme, host and port of one endpoint's base URL, how it is reached, and how long it may take. Without a word about trust, proxy and time to connect, it is the usual ones. */
export interface EgressTarget extends Partial<ConnectionOptions> {
  /** The endpoint's name, as the guard cleared for it and as errors call it. */
  readonly name: string;
  readonly baseUrl: string;
  /** From the request sent to the last response header: a long prompt is read before the first word. */
  readonly headersTimeoutMs: number;
  /** Between two pieces of the body. */
  readonly idleTimeoutMs: number;
  readonly maxResponseBytes: number;
}

/** A request as it will be sent, for whoever signs it. */
export interface PreparedRequest {
  readonly method: 'GET' | 'POST';
  /** With the path and query exactly as they go out. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** Where below the target's base URL a request goes, and what goes with it besides the content. */
export interface RequestPlace {
  /** Begins with a slash, percent-encoded, no segment `.` or `..`. */
  readonly path: string;
  /** Plain values: they are encoded here. */
  readonly query?: Readonly<Record<string, string>>;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** Further headers, made last, of the request as it goes out: a signature. */
  readonly authorise?: (prepared: PreparedRequest) => Readonly<Record<string, string>>;
}

/** A request below the target's base URL. What a POST carries is made from a cleared payload and from nothing else. */
export type EgressRequest<T> = RequestPlace & ({ readonly method: 'GET' } | { readonly method: 'POST'; readonly content: Cleared<T>; readonly encode: (payload: T) => string });

/** What came back: any status but a redirect. */
export interface EgressResponse {
  readonly status: number;
  /** A header by its lower-case name; null when absent. */
  readonly header: (name: string) => string | null;
  /** The body, once. Leaving the loop closes the connection. Throws endpoint.timed-out, endpoint.unreachable or endpoint.server-failed, or the signal's reason. */
  readonly body: AsyncIterable<Uint8Array>;
  /** Closes the connection of a response that will not be read. */
  readonly discard: () => void;
}

/** What was opened since the egress was made. */
export interface EgressCounters {
  /** Connections that were really established, refused ones left out. */
  readonly sockets: number;
  readonly requests: number;
  /** When counting began, milliseconds since 1970. */
  readonly since: number;
}

/** A request that went out, for the trail. `body` is not kept: only its size and hash are. */
export interface SentRequest {
  readonly target: string;
  readonly method: 'GET' | 'POST';
  readonly host: string;
  readonly path: string;
  readonly body: Uint8Array;
  /** The roll-up of what was cleared; null for a request without content. */
  readonly rollUp: Marking | null;
  /** Null when no answer began. */
  readonly status: number | null;
  readonly tookMs: number;
}

/** The one door to the network. */
export interface Egress {
  /** Throws endpoint.bad-url, endpoint.bad-profile, endpoint.unreachable, endpoint.timed-out, endpoint.redirected, endpoint.not-a-model, or the signal's reason. */
  readonly fetch: <T>(target: EgressTarget, request: EgressRequest<T>, signal: AbortSignal) => Promise<EgressResponse>;
  readonly counters: () => EgressCounters;
  /** Ends every connection. */
  readonly close: () => Promise<void>;
}

/** The base URL, if a request may go there. Throws endpoint.bad-url with a sentence that repeats nothing of it. */
export function parseTargetUrl(text: string): URL {
  const refuse = (message: string): never => {
    throw new AppError('endpoint.bad-url', message);
  };
  const url = URL.parse(text) ?? refuse('This is not a web address. It looks like https://host/v1.');
  if (url.protocol !== 'https:' && url.protocol !== 'http:') refuse('The address must begin with https://, or with http:// for a server on this computer.');
  if (url.username !== '' || url.password !== '') refuse('The address holds a user name or a password. Give the key in its own field, where it is kept in the vault.');
  if (url.search !== '' || url.hash !== '' || /[?#]/.test(text)) refuse('The address must end with its path: nothing after ? or #.');
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) refuse('Unencrypted http:// is allowed to this computer only (localhost, 127.0.0.1, [::1]). Use https://.');
  return url;
}

/**
 * Makes the one audited way out; opening nothing and loading no network code until the first request. No redirect is followed, no
 * proxy or trust setting of the environment is read, and only the headers named here and by the caller are sent. Bodies are not
 * decompressed: none is asked for compressed.
 */
export function createEgress(options: { readonly clock: Clock; readonly onSent?: (sent: SentRequest) => void }): Egress {
  const { clock, onSent } = options;
  const since = clock.nowMs();
  let sockets = 0;
  let requests = 0;
  const agentsByConnection = new Map<string, Agent>();
  const agentFor = async (target: EgressTarget): Promise<Agent> => {
    const connection = connectionOf(target);
    const key = keyOf(connection);
    // Undici and TLS are loaded here, so that a program without endpoints never has them.
    const { openAgent } = await import('./connect.ts');
    const known = agentsByConnection.get(key);
    if (known !== undefined) return known;
    const opened = openAgent(connection, () => (sockets += 1));
    agentsByConnection.set(key, opened);
    return opened;
  };
  return {
    fetch: async (target, request, signal) => {
      signal.throwIfAborted();
      const url = parseTargetUrl(target.baseUrl);
      if (!isPlainPath(request.path)) bug('a request path is made of plain names, percent-encoded');
      if (request.method === 'POST' && request.content.target !== target.name) bug('a payload goes to the target it was cleared for');
      const agent = await agentFor(target);
      signal.throwIfAborted();
      const path = `${url.pathname.replace(/\/+$/, '')}${request.path}${printQuery(request.query)}`;
      const body = request.method === 'POST' ? Buffer.from(request.encode(request.content.payload)) : null;
      const headers = { 'user-agent': 'Redoubt', 'accept-encoding': 'identity', ...request.headers };
      const signed = request.authorise?.({ method: request.method, url: `${url.origin}${path}`, headers, body: body ?? Buffer.alloc(0) });
      requests += 1;
      const beganMs = clock.nowMs();
      const told = (status: number | null): void => onSent?.({ target: target.name, method: request.method, host: url.host, path, body: body ?? Buffer.alloc(0), rollUp: request.method === 'POST' ? request.content.rollUp : null, status, tookMs: clock.nowMs() - beganMs });
      const sent = await agent.request({
        origin: url.origin,
        path,
        method: request.method,
        headers: { ...headers, ...signed },
        body,
        signal,
        headersTimeout: target.headersTimeoutMs,
        bodyTimeout: target.idleTimeoutMs,
      }).catch((error: unknown) => {
        told(null);
        signal.throwIfAborted();
        throw failure(target, error, 'opening');
      });
      const { statusCode: status, headers: received, body: arriving } = sent;
      arriving.on('error', () => undefined); // whoever reads the body gets the error; one that nobody reads must not end the process
      try {
        told(status);
      } catch (error) {
        arriving.destroy(); // what cannot be recorded is not read
        throw error;
      }
      if (status >= 300 && status < 400) {
        arriving.destroy();
        throw new AppError('endpoint.redirected', `${target.name} answered with a redirect to another address. No redirect is followed: nothing was sent there.`, { data: { endpoint: target.name, status } });
      }
      return {
        status,
        header: (name) => {
          const value = received[name];
          return (Array.isArray(value) ? value[0] : value) ?? null;
        },
        body: readBody(target, arriving, signal),
        discard: () => void arriving.destroy(),
      };
    },
    counters: () => ({ sockets, requests, since }),
    close: async () => {
      const agents = [...agentsByConnection.values()];
      agentsByConnection.clear();
      await Promise.all(agents.map((agent) => agent.destroy()));
    },
  };
}

/** How the target's connections are made. */
function connectionOf({ ca = null, clientCertificate = null, proxy = null, connectTimeoutMs = 10_000 }: EgressTarget): ConnectionOptions {
  return { ca, clientCertificate, proxy, connectTimeoutMs };
}

/** The same for every target whose connections are made alike. */
function keyOf(connection: ConnectionOptions): string {
  const printed = JSON.stringify(connection, (_name, value: unknown) => (value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value));
  return createHash('sha256').update(printed).digest('base64');
}

/** True for a path of names in unreserved characters, a few more that a path may hold, and percent-encoded ones (RFC 3986, 3.3), without one that climbs. */
function isPlainPath(path: string): boolean {
  return /^(?:\/(?:[\w.~:@$!*'()-]|%[0-9A-F]{2})+)+$/.test(path) && !path.split('/').some((segment) => /^(?:\.|%2E){1,2}$/.test(segment));
}

function printQuery(query: Readonly<Record<string, string>> = {}): string {
  const text = Object.entries(query).map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&');
  return text === '' ? '' : `?${text}`;
}

async function* readBody(target: EgressTarget, body: AsyncIterable<Uint8Array> & { readonly destroy: () => unknown }, signal: AbortSignal): AsyncGenerator<Uint8Array, void, undefined> {
  let sizeBytes = 0;
  try {
    for await (const bytes of body) {
      signal.throwIfAborted();
      sizeBytes += bytes.byteLength;
      if (sizeBytes > target.maxResponseBytes) throw new AppError('endpoint.server-failed', `${target.name} sent more than ${target.maxResponseBytes} bytes, and was cut off.`, { data: { endpoint: target.name } });
      yield bytes;
    }
  } catch (error) {
    signal.throwIfAborted();
    throw failure(target, error, 'reading');
  } finally {
    body.destroy();
  }
}

/** Says what failed. The original is left behind on purpose: a parse error of the transport carries what the server sent, which may repeat the prompt. */
function failure(target: EgressTarget, error: unknown, phase: 'opening' | 'reading'): AppError {
  if (error instanceof AppError) return error;
  const { name } = target;
  const reason = reasonOf(error);
  const made = (code: 'endpoint.unreachable' | 'endpoint.timed-out' | 'endpoint.not-a-model', message: string, more: { readonly lasting?: boolean; readonly fault?: ConnectionFault; readonly status?: number | null } = {}): AppError =>
    new AppError(code, message, { data: { endpoint: name, reason, ...more } });
  if (reason === 'UND_ERR_INVALID_ARG') return bug('a request that cannot be written as HTTP');
  if (reason === 'UND_ERR_HEADERS_TIMEOUT') return made('endpoint.timed-out', `${name} took the request and did not begin to answer in time.`);
  if (reason === 'UND_ERR_BODY_TIMEOUT') return made('endpoint.timed-out', `${name} went silent in the middle of its answer.`);
  if (phase === 'reading') return made('endpoint.unreachable', `The connection to ${name} broke before its answer ended (${reason}).`);
  if (/^(?:HPE_|HTTPParserError$)/.test(reason) || reason === 'UND_ERR_HEADERS_OVERFLOW') return made('endpoint.not-a-model', `What answers at the address of ${name} does not speak HTTP as a model server does.`);
  const fault = connectionFaultOf(error, reason);
  if (fault !== null) {
    const status = error instanceof ConnectionRefused ? error.status : null;
    return made('endpoint.unreachable', describeConnectionFault(fault, name, status), { lasting: isLastingFault(fault), fault, ...(status === null ? {} : { status }) });
  }
  if (reason === 'ECONNREFUSED') return made('endpoint.unreachable', `${name} refused the connection. Its server may not be running.`);
  if (reason === 'ENOTFOUND' || reason === 'EAI_AGAIN') return made('endpoint.unreachable', `The host name of ${name} was not found. This computer may be offline.`);
  if (reason === 'UND_ERR_CONNECT_TIMEOUT' || reason === 'TimeoutError') return made('endpoint.unreachable', `${name} did not take the connection in time.`);
  return made('endpoint.unreachable', `${name} could not be reached (${reason}).`);
}

/** The error's code, or its class where it has none; letters, digits and underscores only. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const reason = 'code' in error && typeof error.code === 'string' ? error.code : error.name;
  return /^\w{1,60}$/.test(reason) ? reason : 'Error';
}
