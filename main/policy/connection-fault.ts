/** What keeps a connection from standing, by name, and the sentence for each. */
import type { ConnectionFault } from '../../preload/contract/domains/endpoints.ts';

/** A connection that was given up by this side, or by what stands between. `status` is what a proxy answered. */
export class ConnectionRefused extends Error {
  readonly fault: ConnectionFault;
  readonly status: number | null;

  constructor(fault: ConnectionFault, status: number | null = null) {
    super(fault);
    this.name = 'ConnectionRefused';
    this.fault = fault;
    this.status = status;
  }
}

/** OpenSSL's verify results and alerts (RFC 8446, section 6.2), as Node spells them. */
const faultByReason: readonly (readonly [RegExp, ConnectionFault])[] = [
  [/^DEPTH_ZERO_SELF_SIGNED_CERT$/, 'self-signed'],
  [/^(?:SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_GET_ISSUER_CERT(?:_LOCALLY)?|UNABLE_TO_VERIFY_LEAF_SIGNATURE|CERT_UNTRUSTED|INVALID_CA)$/, 'unknown-issuer'],
  [/^CERT_HAS_EXPIRED$/, 'expired'],
  [/^CERT_NOT_YET_VALID$/, 'not-yet-valid'],
  [/^(?:ERR_TLS_CERT_ALTNAME_INVALID|HOSTNAME_MISMATCH)$/, 'wrong-host'],
  [/ALERT_CERTIFICATE_REQUIRED$/, 'client-certificate-required'],
  [/ALERT_(?:UNKNOWN_CA|BAD_CERTIFICATE|UNSUPPORTED_CERTIFICATE|CERTIFICATE_(?:REVOKED|EXPIRED|UNKNOWN)|ACCESS_DENIED)$/, 'client-certificate-refused'],
  [/ALERT_PROTOCOL_VERSION$|UNSUPPORTED_PROTOCOL$|WRONG_SSL_VERSION$/, 'old-tls'],
  [/WRONG_VERSION_NUMBER$|HTTP_REQUEST$|PACKET_LENGTH_TOO_LONG$/, 'not-tls'],
  [/CERT|SIGNATURE|ALTNAME|ISSUER|CRL/, 'bad-certificate'],
  [/^ERR_(?:TLS|SSL)|^EPROTO$/, 'no-tls'],
];

/** The fault that an error of a connection is, by its code; null for what is not about trust, TLS or the proxy. */
export function connectionFaultOf(error: unknown, reason: string): ConnectionFault | null {
  if (error instanceof ConnectionRefused) return error.fault;
  return faultByReason.find(([pattern]) => pattern.test(reason))?.[1] ?? null;
}

const sentences: Readonly<Record<ConnectionFault, (name: string, status: number | null) => string>> = {
  'self-signed': (name) => `No secure connection to ${name}: its certificate is signed by itself and is not among those that are trusted.`,
  'unknown-issuer': (name) => `No secure connection to ${name}: its certificate comes from an issuer that is not trusted.`,
  expired: (name) => `No secure connection to ${name}: its certificate has expired.`,
  'not-yet-valid': (name) => `No secure connection to ${name}: its certificate is not valid yet by this computer's clock.`,
  'wrong-host': (name) => `No secure connection to ${name}: its certificate is for another host name than the address has.`,
  'bad-certificate': (name) => `No secure connection to ${name}: its certificate is not accepted.`,
  'client-certificate-required': (name) => `${name} wants a client certificate, and the profile has none.`,
  'client-certificate-refused': (name) => `${name} does not accept the client certificate of the profile.`,
  'old-tls': (name) => `No secure connection to ${name}: it speaks only TLS older than 1.2.`,
  'not-tls': (name) => `What answers at the address of ${name} does not speak TLS. Its port may be one for plain http.`,
  'no-tls': (name) => `No secure connection to ${name}: the two sides did not agree on how to make one.`,
  'closed-early': (name) => `The connection to ${name} was closed while it was being made secure.`,
  'proxy-unreachable': (name) => `The proxy on the way to ${name} was not reached.`,
  'proxy-sign-in': (name) => `The proxy on the way to ${name} wants a sign-in (407). None is given to a proxy.`,
  'proxy-refused': (name, status) => `The proxy on the way to ${name} does not open a way to its address${status === null ? '' : ` (${status})`}.`,
  'proxy-failed': (name, status) => `The proxy on the way to ${name} could not reach it${status === null ? '' : ` (${status})`}.`,
  'not-a-proxy': (name) => `What answers at the proxy's address on the way to ${name} is not a proxy that tunnels.`,
};

/** The fault as a sentence that says what happened. */
export function describeConnectionFault(fault: ConnectionFault, name: string, status: number | null): string {
  return sentences[fault](name, status);
}

const passing: ReadonlySet<ConnectionFault> = new Set(['closed-early', 'proxy-unreachable', 'proxy-failed']);

/** True when trying again changes nothing. */
export const isLastingFault = (fault: ConnectionFault): boolean => !passing.has(fault);
