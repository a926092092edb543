/**
 * How a connection is made: TCP, a tunnel through the proxy (RFC 9110, section 9.3.6) where the profile names one, TLS from 1.2. One
 * deadline covers all of it. Nothing of a request is written before the server's certificate has been accepted and, where the
 * server asks for one of ours, before it has had its say. No proxy and no trust is taken from the environment.
 */
import type { X509Certificate } from 'node:crypto';
import { request } from 'node:http';
import { connect as connectSocket, isIP, type NetConnectOpts, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { setImmediate } from 'node:timers/promises';
import { callbackify } from 'node:util';
import { Agent } from 'undici';
import { ConnectionRefused } from './connection-fault.ts';
import { isLoopback } from './loopback.ts';
import { openTrust, type OpenedTrust, type Trust } from './trust.ts';

/** How an agent's connections are made. */
export interface ConnectionOptions extends Trust {
  /** http://host:port; null connects directly. This computer itself is never reached through it. */
  readonly proxy: string | null;
  readonly connectTimeoutMs: number;
}

/** How long a TLS 1.3 server that asked for our certificate may be silent about it: it judges it only after the handshake (RFC 8446, 4.4.2). */
const verdictMs = 500;

/** More steps than any chain has. */
const longestChain = 12;

/** An agent that reports each TCP connection once it stands. Throws endpoint.bad-profile. */
export function openAgent(options: ConnectionOptions, onSocket: () => void): Agent {
  let trust: OpenedTrust | null = null;
  const dial = async (to: { readonly hostname: string; readonly port: number; readonly isSecure: boolean }): Promise<Socket> => {
    const deadline = AbortSignal.timeout(options.connectTimeoutMs);
    const proxy = options.proxy === null || isLoopback(to.hostname) ? null : new URL(options.proxy);
    if (to.isSecure) trust ??= openTrust(options);
    const socket = proxy === null ? await openSocket(to.hostname, to.port, deadline) : await openSocket(proxy.hostname, Number(proxy.port || 80), deadline).catch((error: unknown) => {
      throw deadline.aborted ? error : new ConnectionRefused('proxy-unreachable');
    });
    onSocket();
    try {
      if (proxy !== null) await openTunnel(socket, `${to.hostname}:${to.port}`, deadline);
      if (!to.isSecure || trust === null) return socket;
      return await secure(socket, to.hostname, trust, options.clientCertificate !== null, deadline);
    } catch (error) {
      socket.destroy();
      throw error;
    }
  };
  const dialled = callbackify(dial);
  return new Agent({
    connect: ({ hostname, port, protocol }, done) => {
      const isSecure = protocol === 'https:';
      dialled({ hostname, port: Number(port || (isSecure ? 443 : 80)), isSecure }, (error: Error | null, socket) => (error === null ? done(null, socket) : done(error, null)));
    },
  });
}

/** Settles with the first of what `arrange` listens for; the listeners are gone afterwards. Rejects with the deadline's reason. */
async function awaited<T>(deadline: AbortSignal, arrange: (resolve: (value: T) => void, reject: (error: Error) => void) => () => void): Promise<T> {
  deadline.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const late = (): void => reject(deadline.reason instanceof Error ? deadline.reason : new Error('late'));
  deadline.addEventListener('abort', late, { once: true });
  const drop = arrange(resolve, reject);
  try {
    return await promise;
  } finally {
    deadline.removeEventListener('abort', late);
    drop();
  }
}

const bare = (hostname: string): string => hostname.replace(/^\[|\]$/g, '');

/** The name localhost is not looked up: a resolver could say that it is elsewhere, and plain HTTP is allowed to it (RFC 6761, 6.3). */
const lookUpLocal: NonNullable<Extract<NetConnectOpts, { lookup?: unknown }>['lookup']> = (_name, { all }, found) => (all === true ? found(null, [{ address: '127.0.0.1', family: 4 }, { address: '::1', family: 6 }]) : found(null, '127.0.0.1', 4));

async function openSocket(hostname: string, port: number, deadline: AbortSignal): Promise<Socket> {
  const socket = connectSocket({ host: bare(hostname), port, noDelay: true, keepAlive: true, keepAliveInitialDelay: 60_000, ...(hostname === 'localhost' ? { lookup: lookUpLocal } : {}) });
  socket.on('error', () => undefined); // between two who listen, an error must not end the process
  try {
    return await awaited<Socket>(deadline, (resolve, reject) => {
      const stands = (): void => resolve(socket);
      socket.once('connect', stands).once('error', reject);
      return () => void socket.off('connect', stands).off('error', reject);
    });
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

/** Asks the proxy for a way to `authority`. Nothing else is told to it. Throws ConnectionRefused. */
async function openTunnel(socket: Socket, authority: string, deadline: AbortSignal): Promise<void> {
  const { status, isTalking } = await awaited<{ readonly status: number; readonly isTalking: boolean }>(deadline, (resolve, reject) => {
    const asking = request({ method: 'CONNECT', path: authority, headers: { host: authority, connection: 'keep-alive' }, createConnection: () => socket, setHost: false });
    asking.once('connect', ({ statusCode = 0 }, _socket, head) => resolve({ status: statusCode, isTalking: head.length > 0 }));
    asking.on('error', (error) => reject(new ConnectionRefused('code' in error && String(error.code).startsWith('HPE_') ? 'not-a-proxy' : 'proxy-failed')));
    asking.end();
    return () => undefined;
  });
  if (status >= 200 && status < 300 && !isTalking) return; // a TLS server waits to be spoken to
  if (status === 407) throw new ConnectionRefused('proxy-sign-in', status);
  throw new ConnectionRefused(status >= 500 ? 'proxy-failed' : status >= 400 ? 'proxy-refused' : 'not-a-proxy', status);
}

async function secure(plain: Socket, hostname: string, { context, anchors }: OpenedTrust, hasCertificate: boolean, deadline: AbortSignal): Promise<TLSSocket> {
  const host = bare(hostname);
  // Said aloud, because NODE_TLS_REJECT_UNAUTHORIZED would otherwise decide.
  const socket = connectTls({ socket: plain, host, secureContext: context, rejectUnauthorized: true, minVersion: 'TLSv1.2', ALPNProtocols: ['http/1.1'], ...(isIP(host) === 0 ? { servername: host } : {}) });
  let broken: Error | null = null;
  socket.on('error', (error) => { broken ??= error; });
  let isVerdictIn = false;
  const seeVerdict = (): void => { isVerdictIn = true; };
  socket.once('session', seeVerdict);
  let wasAsked = hasCertificate;
  // The signature algorithms of a CertificateRequest are the sign that it came (RFC 5246, 7.4.4; RFC 8446, 4.3.2). They can be read only while the handshake lives: at the moments when it has new keys.
  const seeRequest = (): void => { wasAsked ||= (socket.getSharedSigalgs() ?? []).length > 0; };
  socket.on('keylog', seeRequest);
  const named = (error: Error): Error => {
    const reason = 'code' in error ? String(error.code) : '';
    const isAboutOurs = /ALERT_HANDSHAKE_FAILURE$|^ECONNRESET$|^EPIPE$/.test(reason) && wasAsked;
    if (isAboutOurs || (error instanceof ConnectionRefused && error.fault === 'closed-early' && wasAsked)) return new ConnectionRefused(hasCertificate ? 'client-certificate-refused' : 'client-certificate-required');
    return reason === 'ECONNRESET' || reason === 'EPIPE' ? new ConnectionRefused('closed-early') : error;
  };
  const until = (event: 'secureConnect' | 'session'): Promise<void> => awaited(deadline, (resolve, reject) => {
    const fail = (error: Error): void => reject(named(error));
    const closed = (): void => fail(new ConnectionRefused('closed-early'));
    const stands = (): void => resolve();
    const grace = event === 'session' ? setTimeout(stands, verdictMs) : undefined;
    socket.once(event, stands).once('error', fail).once('close', closed).once('end', closed);
    return () => {
      clearTimeout(grace);
      socket.off(event, stands).off('error', fail).off('close', closed).off('end', closed);
    };
  });
  try {
    await until('secureConnect');
    seeRequest();
    if (anchors !== null && !restsOn(socket.getPeerX509Certificate(), anchors)) throw new ConnectionRefused('unknown-issuer');
    if (socket.getProtocol() === 'TLSv1.3' && wasAsked && !isVerdictIn) await until('session');
    // A session ticket is told from inside OpenSSL's reading, where nothing can be written.
    await setImmediate();
    if (socket.destroyed) throw named(broken ?? new ConnectionRefused('closed-early'));
    return socket;
  } catch (error) {
    socket.destroy();
    throw error;
  } finally {
    socket.off('session', seeVerdict).off('keylog', seeRequest);
  }
}

/**
 * True when the chain leads to one of the anchors, each step signed by the next. A PKCS#12 file brings its own issuers into the
 * handshake's trust, where they cannot be kept out: they are ours to show, not to believe.
 */
function restsOn(leaf: X509Certificate | undefined, anchors: readonly X509Certificate[]): boolean {
  let at = leaf;
  for (let steps = 0; at !== undefined && steps < longestChain; steps += 1) {
    const here = at;
    if (anchors.some((anchor) => anchor.fingerprint256 === here.fingerprint256 || (here.checkIssued(anchor) && here.verify(anchor.publicKey)))) return true;
    const above = here.issuerCertificate;
    at = above !== undefined && here.verify(above.publicKey) ? above : undefined;
  }
  return false;
}
