/**
 * Whom a secure connection believes and what it shows of itself: certificates to trust, a client certificate with its key. What is
 * wrong with either is told when it is given, by the field that is to be put right, and never by anything that stands in it.
 */
import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';
import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls';
import type { ClientCertificate } from '../../preload/contract/domains/endpoints.ts';
import { AppError } from '../base/errors.ts';

/** `ca` null trusts what the runtime brings, and on macOS and Windows what the system does. */
export interface Trust {
  readonly ca: string | null;
  readonly clientCertificate: ClientCertificate | null;
}

/** What a handshake is made with. `anchors` are all that its chain may rest on, where the context believes more than it should; null where it does not. */
export interface OpenedTrust {
  readonly context: SecureContext;
  readonly anchors: readonly X509Certificate[] | null;
}

const certificateBlocks = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;
const holdsKey = /-----BEGIN [A-Z ]*PRIVATE KEY-----/;
const mostCertificates = 500;

function refuse(field: string, message: string): never {
  throw new AppError('endpoint.bad-profile', message, { data: { field } });
}

/** The certificates of a PEM text, in its order. Throws endpoint.bad-profile with the field. */
function readCertificates(pem: string, field: string): X509Certificate[] {
  const blocks = pem.match(certificateBlocks) ?? [];
  if (blocks.length === 0) refuse(field, 'This is not a certificate: it needs a text between BEGIN CERTIFICATE and END CERTIFICATE (PEM).');
  if (blocks.length > mostCertificates) refuse(field, `These are ${blocks.length} certificates; at most ${mostCertificates} are taken.`);
  return blocks.map((block, index) => {
    try {
      return new X509Certificate(block);
    } catch {
      return refuse(field, blocks.length === 1 ? 'This certificate is damaged.' : `Certificate ${index + 1} of ${blocks.length} is damaged.`);
    }
  });
}

/** Certificates to trust, as they are kept: nothing but certificates. Throws endpoint.bad-profile for field `ca`. */
export function checkAuthorities(pem: string): string {
  if (holdsKey.test(pem)) refuse('ca', 'This holds a private key. Certificates to trust are shown to whoever opens the profile: give the certificates alone.');
  return readCertificates(pem, 'ca').map((certificate) => certificate.toString()).join('');
}

const reasonOf = (error: unknown): string => (error instanceof Error ? `${'code' in error ? String(error.code) : ''} ${error.message}` : '');

function readKey(pem: string, passphrase: string | null): KeyObject {
  try {
    return createPrivateKey({ key: pem, ...(passphrase === null ? {} : { passphrase }) });
  } catch (error) {
    const reason = reasonOf(error);
    if (!/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(pem)) return refuse('clientCertificate', 'The private key is missing: it needs a text between BEGIN PRIVATE KEY and END PRIVATE KEY (PEM).');
    if (passphrase === null && /INTERRUPTED_OR_CANCELLED|passphrase|password/i.test(reason)) return refuse('clientCertificate.passphrase', 'The private key is encrypted: give its passphrase.');
    // One wrong passphrase in some 250 seems to open the key and gives noise, which is then no key: what OpenSSL says of it cannot be relied on.
    if (passphrase !== null && /ENCRYPTED/.test(pem)) return refuse('clientCertificate.passphrase', 'The passphrase does not open the private key.');
    return refuse('clientCertificate', 'The private key cannot be read: it is damaged or of a kind that is not known here.');
  }
}

type Shown = { readonly cert: string; readonly key: string } | { readonly pfx: Buffer; readonly passphrase: string };

/** A client certificate as a handshake takes it. Throws endpoint.bad-profile for `clientCertificate` or `clientCertificate.passphrase`. */
function showOf(given: ClientCertificate): Shown {
  if (given.kind === 'pem') {
    const chain = readCertificates(given.certificate, 'clientCertificate');
    const key = readKey(given.key, given.passphrase);
    if (chain[0]?.checkPrivateKey(key) !== true) refuse('clientCertificate', 'The private key does not belong to the certificate. In a file with several certificates, its own comes first.');
    return { cert: chain.map((certificate) => certificate.toString()).join(''), key: key.export({ type: 'pkcs8', format: 'pem' }).toString() };
  }
  const shown = { pfx: Buffer.from(given.file), passphrase: given.passphrase ?? '' };
  try {
    createSecureContext({ ca: [], ...shown });
  } catch (error) {
    const reason = reasonOf(error);
    if (/mac verify|password|bad.?decrypt/i.test(reason)) return refuse('clientCertificate.passphrase', given.passphrase === null ? 'The PKCS#12 file is encrypted: give its passphrase.' : 'The passphrase does not open the PKCS#12 file.');
    if (/unsupported/i.test(reason)) return refuse('clientCertificate', 'This PKCS#12 file is encrypted in an old way (RC2 or the like) that is not opened any more. Export it again with AES, or give certificate and key as PEM.');
    return refuse('clientCertificate', 'This is not a PKCS#12 file, or it is damaged.');
  }
  return shown;
}

let usual: readonly X509Certificate[] | null = null;

/** Said by name, because the default would take NODE_EXTRA_CA_CERTS and more from the environment. */
function usualAuthorities(): readonly X509Certificate[] {
  usual ??= [...getCACertificates('bundled'), ...(process.platform === 'linux' ? [] : getCACertificates('system'))].map((pem) => new X509Certificate(pem));
  return usual;
}

/** Makes ready what a handshake needs. Throws endpoint.bad-profile with `field`: ca, clientCertificate or clientCertificate.passphrase. */
export function openTrust({ ca, clientCertificate }: Trust): OpenedTrust {
  const authorities = ca === null ? usualAuthorities() : readCertificates(ca, 'ca');
  const context = createSecureContext({ ca: authorities.map((certificate) => certificate.toString()), minVersion: 'TLSv1.2', ...(clientCertificate === null ? {} : showOf(clientCertificate)) });
  return { context, anchors: clientCertificate?.kind === 'pkcs12' ? authorities : null };
}
